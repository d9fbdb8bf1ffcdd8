import { Box, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stretch, WeekGroup } from "../../api/generated";
import { Agenda } from "./Agenda";
import { AirtimeTable } from "./AirtimeTable";
import { calendarOf, spansOf } from "./calendar";
import { Key } from "./Key";
import { PaperHead } from "./PaperHead";
import { most, ScreenNames } from "./ScreenNames";
import { StretchDrawer } from "./StretchDrawer";
import { fittedScale, type Scale } from "./scale";
import { WeekCalendar } from "./WeekCalendar";

/** On a sheet a column is at least so tall, and a line of it: `paper.css`. */
const paperPx = 540;
const paperLinePx = 18;

interface Props {
  group: WeekGroup;
  scale: Scale;
  tones: ReadonlyMap<string, number>;
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
export function GroupWeek({ group, scale, tones, days, name, isOnly, nowMs, day, onDay }: Props) {
  const { t } = useTranslation();
  const [opened, open] = useState<Stretch | null>(null);
  const { stretches, zone, screens } = group;
  const calendar = calendarOf(days, stretches, scale);
  const onPaper = fittedScale(spansOf([stretches], scale.hours), scale.hours, paperPx, paperLinePx);
  const paper = calendarOf(days, stretches, onPaper);
  return (
    <Box
      component="section"
      className={isOnly ? "week-group" : "week-group far"}
      aria-label={screens
        .slice(0, most)
        .map((screen) => screen.name)
        .join(", ")}
    >
      <div className="week-sheet">
        <PaperHead name={name} days={days} zone={zone} nowMs={nowMs} />
        <Box mb="sm">
          <ScreenNames screens={screens} total={group.screens_total} isOnly={isOnly} />
          <Text size="sm" c="dimmed" className="no-print">
            {t("week.zone", { zone })}
          </Text>
        </Box>
        <WeekCalendar calendar={calendar} paper={paper} tones={tones} nowMs={nowMs} onOpen={open} />
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
