import { Paper, Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Airtime, WeekGroup } from "../../api/generated";
import { byNeed } from "./need";
import { hoursText, nameOf, percentText } from "./words";

/** How long each schedule is on air this week; whoever is beaten stands first, and who merely is not on last. */
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
            <Table.Th ta="right" visibleFrom="xs">
              {t("week.part")}
            </Table.Th>
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

interface RowProps {
  airtime: Airtime;
  weekMs: number;
  tones: ReadonlyMap<string, number>;
}

function Row({ airtime, weekMs, tones }: RowProps) {
  const { t } = useTranslation();
  const { schedule_id, role, ms, why_none, none } = airtime;
  const part = percentText(weekMs > 0 ? ms / weekMs : 0);
  const swatch = swatchOf(role, tones.get(schedule_id ?? ""));
  return (
    <Table.Tr>
      <Table.Td>
        {swatch && <span className={`week-swatch in-table ${swatch}`} aria-hidden />}
        {nameOf(airtime)}{" "}
        {role !== "fallback" && (
          <Text size="sm" c="dimmed" display={{ base: "block", xs: "inline" }}>
            {t(`role.${role}`)}
          </Text>
        )}
        {why_none && none === "beaten" && (
          <Text size="sm" c="var(--unsure)">
            <IconAlertTriangle size={16} aria-hidden className="in-line" /> {why_none}
          </Text>
        )}
        {why_none && none !== "beaten" && (
          <Text size="sm" c="dimmed">
            {why_none}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className="one-line">
        {hoursText(ms)}
        <Text size="sm" c="dimmed" hiddenFrom="xs">
          {part}
        </Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="xs">
        {part}
      </Table.Td>
    </Table.Tr>
  );
}

/** The same ground as in the calendar; none for what has no block there. */
function swatchOf(role: Airtime["role"], tone: number | undefined): string | null {
  if (role === "off" || role === "fallback") return `kind-${role}`;
  return tone === undefined ? null : `tone-${tone}`;
}
