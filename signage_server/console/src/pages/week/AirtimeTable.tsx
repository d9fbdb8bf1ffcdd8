import { Paper, Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Airtime, WeekGroup } from "../../api/generated";
import { hoursText, nameOf } from "./words";

/** How long each schedule is on air this week; those that get nothing stand first, and say why. */
export function AirtimeTable({ group, tones }: { group: WeekGroup; tones: ReadonlyMap<string, number> }) {
  const { t } = useTranslation();
  const weekMs = group.stretches.reduce(
    (sum, { start, end }) => sum + Date.parse(end) - Date.parse(start),
    0,
  );
  if (group.airtime.length === 0) return <Text c="dimmed">{t("week.airtimeEmpty")}</Text>;
  return (
    <Paper withBorder>
      <Table verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("week.schedule")}</Table.Th>
            <Table.Th ta="right">{t("week.onAir")}</Table.Th>
            <Table.Th ta="right">{t("week.part")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...group.airtime].sort(byNeed).map((airtime) => (
            <Row
              key={`${airtime.schedule_id} ${airtime.role}`}
              airtime={airtime}
              weekMs={weekMs}
              tones={tones}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

/** Whatever gets nothing comes first, then the longest. */
function byNeed(a: Airtime, b: Airtime): number {
  return Number(b.ms === 0) - Number(a.ms === 0) || b.ms - a.ms;
}

interface RowProps {
  airtime: Airtime;
  weekMs: number;
  tones: ReadonlyMap<string, number>;
}

function Row({ airtime, weekMs, tones }: RowProps) {
  const { t } = useTranslation();
  const { schedule_id, role, ms, why_none } = airtime;
  const tone = tones.get(schedule_id ?? "");
  return (
    <Table.Tr>
      <Table.Td>
        {tone !== undefined && <span className={`week-swatch in-table tone-${tone}`} aria-hidden />}
        {nameOf(airtime)}{" "}
        {role !== "fallback" && (
          <Text span size="sm" c="dimmed">
            {t(`role.${role}`)}
          </Text>
        )}
        {why_none && (
          <Text size="sm" c="var(--unsure)">
            <IconAlertTriangle size={16} aria-hidden className="in-line" /> {why_none}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className="one-line">
        {hoursText(ms)}
      </Table.Td>
      <Table.Td ta="right">{partOf(ms, weekMs)}</Table.Td>
    </Table.Tr>
  );
}

/** Per cent of the week; what is on air at all is never called 0. */
function partOf(ms: number, weekMs: number): string {
  const percent = weekMs > 0 ? ms / weekMs : 0;
  const format = new Intl.NumberFormat(i18next.language, {
    style: "percent",
    maximumFractionDigits: percent < 0.01 ? 2 : percent < 0.1 ? 1 : 0,
  });
  return format.format(percent);
}
