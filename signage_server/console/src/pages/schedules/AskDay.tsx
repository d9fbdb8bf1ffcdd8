import { Button, Group, Stack, Text } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { serverQuery } from "../../api/queries";
import { dayText, dayTyped } from "../../i18n/dates";
import { dayIn, weekdayOf } from "./civil";
import { draftOf, scheduleIn } from "./draft";
import { weekdayText } from "./repeatWords";

/** Which day of the schedule is to be another: one of the next, or any by its date. */
export function AskDay({ schedule }: { schedule: ScheduleOut }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [day, setDay] = useState<string | null>(null);
  const open = (chosen: string) => {
    modals.closeAll();
    go(`/schedules/${schedule.id}?day=${chosen}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (day) open(day);
      }}
    >
      <Stack>
        <Text>{t("scope.askDayHint")}</Text>
        <Group gap="xs">
          {useNextDays(schedule).map((next) => (
            <Button key={next} variant="default" onClick={() => open(next)}>
              {weekdayText(t, weekdayOf(next))} {dayText(next)}
            </Button>
          ))}
        </Group>
        <Group align="flex-end" gap="sm">
          <DateInput
            label={t("scope.anotherDay")}
            placeholder={t("when.dayPlaceholder")}
            flex="1 1 180px"
            valueFormat="DD/MM/YYYY"
            dateParser={dayTyped}
            minDate={schedule.first_day}
            maxDate={schedule.last_day ?? undefined}
            value={day}
            onChange={setDay}
          />
          <Button type="submit" disabled={!day}>
            {t("scope.go")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useNextDays(schedule: ScheduleOut): string[] {
  const office = useQuery(serverQuery).data?.timezone;
  const preview = useQuery({
    queryKey: ["schedule-next", schedule.id, schedule.etag],
    queryFn: ({ signal }) => schedules.preview(scheduleIn(draftOf(schedule), schedule), schedule.id, signal),
    retry: false,
  });
  const zone = schedule.zone ?? office;
  return [...new Set(preview.data?.next.map(([start]) => dayIn(zone, Date.parse(start))))];
}
