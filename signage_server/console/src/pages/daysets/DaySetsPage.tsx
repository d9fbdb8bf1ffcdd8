import { Badge, Button, Card, Group, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DaySetOut } from "../../api/generated";
import { daySetsQuery } from "../../api/queries";
import { dayText } from "../../i18n/dates";
import { Back } from "../../ui/Back";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { useToday } from "../schedules/useToday";
import { upcoming } from "./named";
import { RunsOut } from "./RunsOut";

/** Sets of named days that schedules leave out, add, or keep to. */
export default function DaySetsPage() {
  const { t } = useTranslation();
  const sets = useQuery(daySetsQuery);
  return (
    <>
      <Back href="/schedules" label={t("schedules.title")} />
      <Page
        title={t("sets.title")}
        lead={t("sets.lead")}
        actions={
          <Button component={Link} href="/day-sets/new" leftSection={<IconPlus size={20} />}>
            {t("sets.new")}
          </Button>
        }
      >
        {sets.error && <Trouble error={sets.error} onRetry={() => void sets.refetch()} />}
        {sets.isPending && <Skeleton h={180} radius="lg" />}
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          {sets.data?.map((set) => (
            <SetCard key={set.id} set={set} />
          ))}
        </SimpleGrid>
      </Page>
    </>
  );
}

function SetCard({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  const [next] = upcoming(set.days, useToday());
  return (
    <Card component={Link} href={`/day-sets/${set.id}`} p={{ base: "md", sm: "lg" }} className="lifts">
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600} fz="lg" lh={1.35} style={{ overflowWrap: "anywhere" }}>
            {set.name}
          </Text>
          {set.built_in && (
            <Badge variant="light" color="gray" tt="none" size="lg" fw={500}>
              {t("sets.builtIn")}
            </Badge>
          )}
        </Group>
        <Text>
          {next
            ? t("sets.next", { day: [dayText(next.day), next.name].filter(Boolean).join(" · ") })
            : t("sets.over", { name: set.name })}
        </Text>
        <RunsOut set={set} />
        <Text size="sm" c="dimmed">
          {set.used_by.length > 0 ? t("sets.usedBy", { count: set.used_by.length }) : t("sets.unused")}
        </Text>
      </Stack>
    </Card>
  );
}
