import { Box, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dayText } from "../../i18n/dates";
import { weekdayOf } from "../schedules/civil";
import { weekdayText } from "../schedules/repeatWords";
import { byYear, type NamedDay } from "./named";

/** The days of a set year by year, each with its weekday. */
export function DayList({ days }: { days: readonly NamedDay[] }) {
  const { t } = useTranslation();
  if (days.length === 0) return <Text c="dimmed">{t("sets.noDays")}</Text>;
  return byYear(days).map(([year, those]) => (
    <Box key={year} mb="md" component="section" aria-label={year}>
      <Title order={2} fz="md" mb={4}>
        {t("sets.year", { year, count: those.length })}
      </Title>
      <Table verticalSpacing={6} horizontalSpacing="xs" layout="fixed">
        <Table.Tbody>
          {those.map(({ day, name }) => (
            <Table.Tr key={day}>
              <Table.Td w={104}>{dayText(day)}</Table.Td>
              <Table.Td w={96} c="dimmed">
                {weekdayText(t, weekdayOf(day))}
              </Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{name}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  ));
}
