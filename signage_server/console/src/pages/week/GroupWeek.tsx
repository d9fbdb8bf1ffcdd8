import { Box, Group, SegmentedControl, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stretch, WeekGroup } from "../../api/generated";
import { Agenda } from "./Agenda";
import { AirtimeTable } from "./AirtimeTable";
import { busyHours, calendarOf, wholeDay } from "./calendar";
import { Key } from "./Key";
import { most, ScreenNames } from "./ScreenNames";
import { StretchDrawer } from "./StretchDrawer";
import { tonesOf } from "./tones";
import { WeekCalendar } from "./WeekCalendar";
import { daysText } from "./WeekControls";

const wholeHourPx = 38;
const busyHeightPx = 760;

interface Props {
  group: WeekGroup;
  days: readonly string[];
  /** What is looked at: a unit, a tag, a screen. */
  name: string;
  isOnly: boolean;
  nowMs: number;
  /** The day that the address names. */
  day: string | null;
  onDay: (day: string) => void;
}

/** The week of screens that all play the same: as a calendar, on a phone day by day, and in minutes. */
export function GroupWeek({ group, days, name, isOnly, nowMs, day, onDay }: Props) {
  const { t } = useTranslation();
  const [opened, open] = useState<Stretch | null>(null);
  const [isBusyOnly, showBusyOnly] = useState(false);
  const { stretches, zone, screens } = group;
  const busy = busyHours(stretches);
  const hours = isBusyOnly ? busy : wholeDay;
  const hourPx = Math.max(wholeHourPx, isBusyOnly ? busyHeightPx / ((hours.to - hours.from) / 60) : 0);
  const calendar = calendarOf(days, stretches, hours, hourPx);
  const tones = tonesOf(
    stretches.flatMap(({ tracks, reminders }) =>
      [...tracks, ...reminders].flatMap((one) => one.schedule_id ?? []),
    ),
  );
  return (
    <Box
      component="section"
      mb={48}
      className={isOnly ? undefined : "far"}
      aria-label={screens
        .slice(0, most)
        .map((screen) => screen.name)
        .join(", ")}
    >
      <div className="week-sheet">
        <Text className="only-print" fw={600}>
          {[name, daysText(days), t("week.zone", { zone })].join(" · ")}
        </Text>
        <Group justify="space-between" mb="sm" gap="sm">
          <div>
            <ScreenNames screens={screens} total={group.screens_total} isOnly={isOnly} />
            <Text size="sm" c="dimmed" className="no-print">
              {t("week.zone", { zone })}
            </Text>
          </div>
          {busy !== wholeDay && (
            <SegmentedControl
              className="no-print"
              aria-label={t("week.hours")}
              data={[
                { value: "whole", label: t("week.hoursWhole") },
                { value: "busy", label: t("week.hoursBusy") },
              ]}
              value={isBusyOnly ? "busy" : "whole"}
              onChange={(value) => showBusyOnly(value === "busy")}
            />
          )}
        </Group>
        <WeekCalendar calendar={calendar} hours={hours} tones={tones} nowMs={nowMs} onOpen={open} />
        <Key stretches={stretches} tones={tones} />
      </div>
      <div className="week-agenda">
        <ScreenNames screens={screens} total={group.screens_total} isOnly={isOnly} />
        <Agenda days={days} group={group} tones={tones} nowMs={nowMs} day={day} onDay={onDay} onOpen={open} />
      </div>
      <div className="week-sheet-end">
        <Title order={2} mt="xl" mb="sm">
          {t("week.airtime")}
        </Title>
        <AirtimeTable group={group} tones={tones} />
      </div>
      <StretchDrawer stretch={opened} group={group} tones={tones} nowMs={nowMs} onClose={() => open(null)} />
    </Box>
  );
}
