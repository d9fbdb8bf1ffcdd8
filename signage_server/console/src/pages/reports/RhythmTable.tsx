import { Group, Paper, Stack, Table, Text } from "@mantine/core";
import { type Icon, IconAlertTriangle, IconCheck, IconQuestionMark } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RhythmRow } from "../../api/generated";
import { dayText, numberText } from "../../i18n/dates";
import { everyText, hoursText, secondsText } from "../week/words";

/** A line for each reminder, day and screen; on a phone a card. */
export function RhythmTable({ lines }: { lines: readonly RhythmRow[] }) {
  const { t } = useTranslation();
  const kept = lines.filter((line) => line.kept === true).length;
  const missed = lines.filter((line) => line.kept === false).length;
  const counts = { kept, missed, open: lines.length - kept - missed };
  const total = t("rhythm.total", counts);
  return (
    <>
      <Paper withBorder visibleFrom="md">
        <Table className="report" verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
          <Table.Caption>{total}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("reports.day")}</Table.Th>
              <Table.Th>{t("rhythm.kept")}</Table.Th>
              <Table.Th>{t("reports.screen")}</Table.Th>
              <Table.Th>{t("rhythm.reminder")}</Table.Th>
              <Table.Th ta="right">{t("rhythm.promised")}</Table.Th>
              <Table.Th ta="right">{t("rhythm.played")}</Table.Th>
              <Table.Th>{t("rhythm.gap")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Line key={keyOf(line)} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Stack hiddenFrom="md" gap="sm">
        <Text>{total}</Text>
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: "none" }}>
          {lines.map((line) => (
            <Card key={keyOf(line)} line={line} />
          ))}
        </Stack>
      </Stack>
      <Text size="sm" c="dimmed" mt="md" maw={760}>
        {t("rhythm.gapHint")}
      </Text>
    </>
  );
}

const keyOf = ({ day, screen_id, schedule_id, every_ms }: RhythmRow) =>
  `${day} ${screen_id} ${schedule_id} ${every_ms}`;

function Line({ line }: { line: RhythmRow }) {
  return (
    <Table.Tr>
      <Table.Td className="one-line">{dayText(line.day)}</Table.Td>
      <Table.Td>
        <Kept line={line} />
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
      <Table.Td>
        <Gap line={line} />
      </Table.Td>
    </Table.Tr>
  );
}

function Card({ line }: { line: RhythmRow }) {
  const { t } = useTranslation();
  return (
    <Paper component="li" withBorder p="md">
      <Kept line={line} />
      <Text fw={600} mt="xs">
        {line.schedule_name}
      </Text>
      <Text size="sm" c="dimmed">
        {[everyText(line.every_ms), line.screen_name, dayText(line.day)].join(" · ")}
      </Text>
      <Text mt="xs">
        {t("rhythm.promised")} {numberText(line.promised)} · {t("rhythm.played")} {numberText(line.played)}
      </Text>
      <Text>{t("rhythm.gap")}:</Text>
      <Gap line={line} />
    </Paper>
  );
}

function Gap({ line: { longest_gap_ms, allowed_gap_ms } }: { line: RhythmRow }) {
  const { t } = useTranslation();
  return (
    <>
      {longest_gap_ms === null ? t("rhythm.gapUnknown") : secondsText(longest_gap_ms)}
      <Text size="sm" c="dimmed">
        {t("rhythm.allowed", { length: secondsText(allowed_gap_ms) })}
      </Text>
    </>
  );
}

const verdicts = {
  kept: { icon: IconCheck, color: "var(--good)" },
  missed: { icon: IconAlertTriangle, color: "var(--bad)" },
  open: { icon: IconQuestionMark, color: "dimmed" },
} as const satisfies Record<string, { icon: Icon; color: string }>;

function Kept({ line: { kept, silent_ms } }: { line: RhythmRow }) {
  const { t } = useTranslation();
  const verdict = kept === null ? "open" : kept ? "kept" : "missed";
  const { icon: Icon, color } = verdicts[verdict];
  return (
    <>
      <Group gap={6} wrap="nowrap" c={color}>
        <Icon size={20} aria-hidden />
        <Text inherit className="one-line">
          {t(`rhythm.verdict.${verdict}`)}
        </Text>
      </Group>
      {silent_ms > 0 && (
        <Text size="sm" c="dimmed">
          {t("rhythm.silent", { span: hoursText(silent_ms) })}
        </Text>
      )}
    </>
  );
}
