import { Button, MultiSelect, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DaySetOut } from "../../api/generated";
import { daySetsQuery } from "../../api/queries";
import { dayText } from "../../i18n/dates";
import { DayList } from "../daysets/DayList";
import { type Run, runs, upcoming } from "../daysets/named";
import { RunsOut } from "../daysets/RunsOut";
import { useToday } from "./useToday";

interface Props {
  label: string;
  value: string[];
  onChange: (ids: string[]) => void;
  error?: ReactNode;
}

const setsMost = 20;
const peeked = 3;

/** Day sets by name, and a peek at the days that each of the chosen ones has. */
export function DaySetSelect({ label, value, onChange, error }: Props) {
  const { t } = useTranslation();
  const sets = useQuery(daySetsQuery).data ?? [];
  const chosen = value.flatMap((id) => sets.find((set) => set.id === id) ?? []);
  return (
    <Stack gap={6}>
      <MultiSelect
        label={label}
        placeholder={value.length === 0 ? t("sets.choose") : undefined}
        data={sets.map((set) => ({ value: set.id, label: set.name }))}
        nothingFoundMessage={t("sets.empty")}
        clearable
        maxValues={setsMost}
        value={value}
        onChange={onChange}
        error={error}
      />
      {chosen.map((set) => (
        <Peek key={set.id} set={set} />
      ))}
    </Stack>
  );
}

function Peek({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  const coming = upcoming(set.days, useToday());
  const named = runs(coming).slice(0, peeked).map(runText);
  const all = () => modals.open({ title: set.name, children: <DayList days={coming} />, size: "lg" });
  return (
    <div>
      <Text size="sm" c="dimmed" component="span">
        {coming.length > 0 ? t("sets.peek", { name: set.name, days: named.join(", ") }) : t("sets.over", set)}
      </Text>
      {coming.length > peeked && (
        <Button
          variant="transparent"
          size="compact-sm"
          mih={44}
          onClick={all}
          aria-label={t("sets.seeOf", { name: set.name })}
        >
          {t("sets.see", { count: coming.length })}
        </Button>
      )}
      <RunsOut set={set} />
    </div>
  );
}

function runText({ first, last, name }: Run): string {
  const days = first === last ? dayText(first) : `${dayText(first)}–${dayText(last)}`;
  return name ? `${days} (${name})` : days;
}
