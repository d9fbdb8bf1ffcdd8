import { Paper, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PlayTotals } from "../../api/generated";
import { dayText, lengthText, numberText, timeText } from "../../i18n/dates";

export function PlaysTable({ plays }: { plays: readonly PlayTotals[] }) {
  const { t } = useTranslation();
  const total = plays.reduce((sum, play) => sum + play.plays, 0);
  return (
    <Paper withBorder>
      <Table.ScrollContainer minWidth={860}>
        <Table className="report" verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
          <Table.Caption>{t("reports.total", { count: total, shown: numberText(total) })}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("reports.day")}</Table.Th>
              <Table.Th>{t("reports.screen")}</Table.Th>
              <Table.Th>{t("reports.slide")}</Table.Th>
              <Table.Th>{t("reports.schedule")}</Table.Th>
              <Table.Th ta="right">{t("reports.plays")}</Table.Th>
              <Table.Th ta="right">{t("reports.shown")}</Table.Th>
              <Table.Th ta="right">{t("reports.between")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {plays.map((play) => (
              <Row
                key={`${play.day} ${play.screen_id} ${play.asset_id} ${play.schedule_id} ${play.role}`}
                play={play}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function Row({ play }: { play: PlayTotals }) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td className="one-line">{dayText(play.day)}</Table.Td>
      <Table.Td>{play.screen_name}</Table.Td>
      <Table.Td>{play.asset_name}</Table.Td>
      <Table.Td>{play.schedule_name}</Table.Td>
      <Table.Td ta="right">
        {numberText(play.plays)}
        {play.guessed_plays > 0 && (
          <Text size="xs" c="dimmed">
            {t("reports.guessed", { count: play.guessed_plays })}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">{lengthText(play.shown_ms)}</Table.Td>
      <Table.Td ta="right" className="one-line">
        {timeText(play.first)} – {timeText(play.last)}
      </Table.Td>
    </Table.Tr>
  );
}
