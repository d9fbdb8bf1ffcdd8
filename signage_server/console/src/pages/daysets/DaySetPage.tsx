import { Badge, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { daySets } from "../../api/endpoints";
import type { DaySetOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { daySetQuery } from "../../api/queries";
import { NotFound } from "../../shell/NotFound";
import { Back } from "../../ui/Back";
import { Trouble } from "../../ui/Trouble";
import { partsOf } from "../schedules/civil";
import { useToday } from "../schedules/useToday";
import { DayList } from "./DayList";
import { DaySetForm } from "./DaySetForm";
import { joined, type NamedDay, upcoming } from "./named";
import { UsedBy } from "./UsedBy";

/** One day set: a built-in one to look at, one's own to edit, a new one, perhaps as a copy. */
export default function DaySetPage({ id }: { id: string }) {
  const [query] = useSearchParams();
  const copied = query.get("copy");
  if (id !== "new") return <Loaded id={id}>{(set) => <Opened key={set.id} set={set} />}</Loaded>;
  if (copied) return <Loaded id={copied}>{(set) => <Copied set={set} />}</Loaded>;
  return <DaySetForm set={null} initial={{ name: "", days: [] }} />;
}

function Loaded({ id, children }: { id: string; children: (set: DaySetOut) => ReactNode }) {
  const set = useQuery(daySetQuery(id));
  if (set.data) return children(set.data);
  if (set.error && asProblem(set.error).status === 404) return <NotFound />;
  if (set.error) return <Trouble error={set.error} onRetry={() => void set.refetch()} />;
  return <Skeleton h={420} radius="lg" />;
}

// The server tells of built-in sets a year at a time.
const yearsCopied = 11;

function Copied({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  const today = useToday();
  const { year } = partsOf(today);
  const years = useQuery({
    queryKey: [...daySetQuery(set.id).queryKey, "years", year],
    queryFn: () =>
      Promise.all(Array.from({ length: yearsCopied }, (_, index) => daySets.get(set.id, year + index))),
  });
  if (years.error) return <Trouble error={years.error} onRetry={() => void years.refetch()} />;
  if (!years.data) return <Skeleton h={420} radius="lg" />;
  const days = upcoming(joined(...years.data.map((one) => one.days)), today);
  const last = days.at(-1)?.day;
  return (
    <DaySetForm
      set={null}
      initial={{ name: t("sets.copyOf", { name: set.name }), days }}
      note={last && t("sets.until", { year: partsOf(last).year })}
    />
  );
}

// The form keeps the state it began with, as that of a schedule does.
function Opened({ set }: { set: DaySetOut }) {
  const [opened, open] = useState(set);
  if (set.built_in) return <BuiltIn set={set} />;
  return <DaySetForm key={opened.etag} set={opened} initial={opened} onReload={open} />;
}

function BuiltIn({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  return (
    <>
      <Back href="/day-sets" label={t("sets.title")} />
      <Group gap="sm" mb={4}>
        <Title order={1}>{set.name}</Title>
        <Badge variant="light" color="gray" tt="none" size="lg" fw={500}>
          {t("sets.builtIn")}
        </Badge>
      </Group>
      <Text maw={720}>{set.note}</Text>
      <Text size="sm" c="dimmed" mb="md">
        {set.source && t("sets.source", { source: set.source })}
      </Text>
      <Button
        component={Link}
        href={`/day-sets/new?copy=${set.id}`}
        variant="default"
        leftSection={<IconCopy size={20} />}
        mb="lg"
      >
        {t("sets.copy")}
      </Button>
      <Stack gap="lg" maw={720}>
        <Paper withBorder p={{ base: "md", sm: "lg" }}>
          <DayList days={useThisAndNextYear(set.days)} />
        </Paper>
        <UsedBy set={set} />
      </Stack>
    </>
  );
}

function useThisAndNextYear(days: readonly NamedDay[]): NamedDay[] {
  const { year } = partsOf(useToday());
  return days.filter(({ day }) => partsOf(day).year === year || partsOf(day).year === year + 1);
}
