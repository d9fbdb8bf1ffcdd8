import { Button, Skeleton, Stack, Title } from "@mantine/core";
import { IconCalendarPlus, IconCalendarStar, IconFileImport, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { schedulesQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { isOver } from "./draft";
import { ScheduleCard } from "./ScheduleCard";
import { useToday } from "./useToday";

export default function SchedulesPage() {
  const { t } = useTranslation();
  const schedules = useQuery(schedulesQuery);
  const today = useToday();
  const over = schedules.data?.filter((schedule) => isOver(schedule, today)) ?? [];
  const running = schedules.data?.filter((schedule) => !over.includes(schedule)) ?? [];
  const add = (
    <Button component={Link} href="/schedules/new" leftSection={<IconPlus size={20} />}>
      {t("schedules.new")}
    </Button>
  );
  const actions = (
    <>
      <Button
        component={Link}
        href="/day-sets"
        variant="default"
        leftSection={<IconCalendarStar size={20} />}
      >
        {t("sets.title")}
      </Button>
      <Button
        component={Link}
        href="/schedules/import"
        variant="default"
        leftSection={<IconFileImport size={20} />}
      >
        {t("ics.do")}
      </Button>
      {add}
    </>
  );
  return (
    <Page title={t("schedules.title")} lead={t("schedules.lead")} actions={actions}>
      {schedules.error && <Trouble error={schedules.error} onRetry={() => void schedules.refetch()} />}
      {schedules.isPending && <Skeleton h={180} radius="lg" />}
      {schedules.data?.length === 0 && (
        <Nothing icon={IconCalendarPlus} title={t("schedules.empty")} text={t("schedules.emptyHint")}>
          {add}
        </Nothing>
      )}
      <Stack gap="md">
        {running.map((schedule) => (
          <ScheduleCard key={schedule.id} schedule={schedule} over={false} />
        ))}
      </Stack>
      {over.length > 0 && (
        <Stack gap="md" mt="xl" component="section" aria-labelledby="over">
          <Title order={2} fz="lg" id="over">
            {t("schedules.over")}
          </Title>
          {over.map((schedule) => (
            <ScheduleCard key={schedule.id} schedule={schedule} over />
          ))}
        </Stack>
      )}
    </Page>
  );
}
