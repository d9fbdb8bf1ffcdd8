import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { schedules } from "../../api/endpoints";
import type { ScheduleOut } from "../../api/generated";
import { serverQuery } from "../../api/queries";
import { dayText } from "../../i18n/dates";
import { DayField } from "../../ui/DayField";
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
        if (day && covers(schedule, day)) open(day);
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
        <Group align="flex-start" gap="sm">
          <DayField
            label={t("scope.anotherDay")}
            flex="1 1 180px"
            minDate={schedule.first_day}
            maxDate={schedule.last_day ?? undefined}
            value={day}
            onChange={setDay}
          />
          <Button type="submit" disabled={!day || !covers(schedule, day)} mt={28}>
            {t("scope.go")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function covers({ first_day, last_day }: ScheduleOut, day: string): boolean {
  return day >= first_day && (last_day === null || day <= last_day);
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
