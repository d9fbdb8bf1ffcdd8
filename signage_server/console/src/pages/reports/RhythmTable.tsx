import { Group, Paper, Table, Text } from "@mantine/core";
import { type Icon, IconAlertTriangle, IconCheck, IconQuestionMark } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RhythmRow } from "../../api/generated";
import { dayText, lengthText, numberText } from "../../i18n/dates";
import { everyText, hoursText } from "../week/words";

export function RhythmTable({ lines }: { lines: readonly RhythmRow[] }) {
  const { t } = useTranslation();
  const kept = lines.filter((line) => line.kept === true).length;
  const missed = lines.filter((line) => line.kept === false).length;
  const counts = { kept, missed, open: lines.length - kept - missed };
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={860}>
        <Table className="report" verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
          <Table.Caption>{t("rhythm.total", counts)}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("reports.day")}</Table.Th>
              <Table.Th>{t("rhythm.kept")}</Table.Th>
              <Table.Th>{t("reports.screen")}</Table.Th>
              <Table.Th>{t("rhythm.reminder")}</Table.Th>
              <Table.Th ta="right">{t("rhythm.promised")}</Table.Th>
              <Table.Th ta="right">{t("rhythm.played")}</Table.Th>
              <Table.Th ta="right">{t("rhythm.gap")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Line key={`${line.day} ${line.screen_id} ${line.schedule_id} ${line.every_ms}`} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function Line({ line }: { line: RhythmRow }) {
  const { t } = useTranslation();
  const { longest_gap_ms, allowed_gap_ms } = line;
  return (
    <Table.Tr>
      <Table.Td className="one-line">{dayText(line.day)}</Table.Td>
      <Table.Td>
        <Kept kept={line.kept} />
        {line.silent_ms > 0 && (
          <Text size="sm" c="dimmed">
            {t("rhythm.silent", { span: hoursText(line.silent_ms) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{line.screen_name}</Table.Td>
      <Table.Td>
        {line.schedule_name}
        <Text size="sm" c="dimmed">
          {everyText(line.every_ms)}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{numberText(line.promised)}</Table.Td>
      <Table.Td ta="right">{numberText(line.played)}</Table.Td>
      <Table.Td ta="right">
        {longest_gap_ms === null ? t("rhythm.gapUnknown") : lengthText(longest_gap_ms)}
        <Text size="sm" c="dimmed" className="one-line">
          {t("rhythm.allowed", { length: lengthText(allowed_gap_ms) })}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}

const verdicts = {
  kept: { icon: IconCheck, color: "var(--good)" },
  missed: { icon: IconAlertTriangle, color: "var(--bad)" },
  open: { icon: IconQuestionMark, color: "dimmed" },
} as const satisfies Record<string, { icon: Icon; color: string }>;

function Kept({ kept }: { kept: boolean | null }) {
  const { t } = useTranslation();
  const verdict = kept === null ? "open" : kept ? "kept" : "missed";
  const { icon: Icon, color } = verdicts[verdict];
  return (
    <Group gap={6} wrap="nowrap" c={color}>
      <Icon size={20} aria-hidden />
      <Text inherit className="one-line">
        {t(`rhythm.verdict.${verdict}`)}
      </Text>
    </Group>
  );
}
