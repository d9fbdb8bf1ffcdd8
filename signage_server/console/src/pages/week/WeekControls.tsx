import { ActionIcon, Button, Group, Select } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { WeekOut } from "../../api/generated";
import { screensQuery, tagsQuery, unitsQuery } from "../../api/queries";
import { dayText } from "../../i18n/dates";
import { DayField } from "../../ui/DayField";
import { addDays } from "./days";
import { keyOf, type What, whatOf } from "./what";

interface Props {
  what: What | null;
  week: WeekOut | undefined;
  onChange: (change: { what?: What; day?: string | null }) => void;
}

/** Whose week, and which. */
export function WeekControls({ what, week, onChange }: Props) {
  const { t } = useTranslation();
  const choices = useChoices();
  const monday = week?.days[0];
  const turn = (days: number) => monday && onChange({ day: addDays(monday, days) });
  return (
    <Group className="no-print" mb="lg" gap="sm" align="flex-end">
      <Select
        label={t("week.what")}
        w={{ base: "100%", xs: 320 }}
        data={choices}
        searchable
        allowDeselect={false}
        maxDropdownHeight={360}
        value={what && keyOf(what)}
        onChange={(key) => key && onChange({ what: whatOf(key) })}
      />
      <Group gap={4} wrap="nowrap" align="flex-end" w={{ base: "100%", xs: "auto" }}>
        <ActionIcon variant="default" aria-label={t("week.before")} onClick={() => turn(-7)} disabled={!week}>
          <IconChevronLeft size={22} />
        </ActionIcon>
        <DayField
          label={t("week.of")}
          w={{ base: "auto", xs: 176 }}
          flex={1}
          value={monday ?? null}
          onChange={(day) => day && onChange({ day })}
        />
        <ActionIcon variant="default" aria-label={t("week.after")} onClick={() => turn(7)} disabled={!week}>
          <IconChevronRight size={22} />
        </ActionIcon>
      </Group>
      <Button variant="default" onClick={() => onChange({ day: null })}>
        {t("week.this")}
      </Button>
      <Button
        variant="default"
        ms={{ sm: "auto" }}
        leftSection={<IconPrinter size={20} />}
        onClick={() => window.print()}
      >
        {t("week.print")}
      </Button>
    </Group>
  );
}

function useChoices() {
  const { t } = useTranslation();
  const units = useQuery(unitsQuery).data ?? [];
  const screens = useQuery(screensQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  const one = (kind: What["kind"], ref: string, label: string) => ({ value: keyOf({ kind, ref }), label });
  return [
    { group: t("week.units"), items: units.map(({ id, name }) => one("unit", id, name)) },
    { group: t("week.tags"), items: tags.map(({ tag }) => one("tag", tag, tag)) },
    { group: t("week.screens"), items: screens.map(({ id, name }) => one("screen", id, name)) },
  ].filter(({ items }) => items.length > 0);
}

/** The name of what is looked at, for paper. */
export function useWhatName(what: What | null): string {
  const units = useQuery(unitsQuery).data ?? [];
  const screens = useQuery(screensQuery).data ?? [];
  if (!what || what.kind === "tag") return what?.ref ?? "";
  return [...units, ...screens].find(({ id }) => id === what.ref)?.name ?? "";
}

/** `23/11/2026 – 29/11/2026` */
export function daysText(days: readonly string[]): string {
  const [first, last] = [days[0], days.at(-1)];
  return first && last ? `${dayText(first)} – ${dayText(last)}` : "";
}
