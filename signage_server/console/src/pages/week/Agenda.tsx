import { ActionIcon, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { type TouchEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Stretch, WeekGroup } from "../../api/generated";
import { dayText } from "../../i18n/dates";
import { BasisMark, classOf, Strip } from "./BlockCell";
import { addDays, weekdayOf } from "./days";
import { isOn } from "./stretches";
import { basisOf, dayLabel, hoursLabel, playsText, remindersText } from "./words";

interface Props {
  days: readonly string[];
  group: WeekGroup;
  tones: ReadonlyMap<string, number>;
  nowMs: number;
  day: string | null;
  onDay: (day: string) => void;
  onOpen: (stretch: Stretch) => void;
}

/** One day at a time, as a list: for a phone. */
export function Agenda({ days, group, tones, nowMs, day, onDay, onOpen }: Props) {
  const { t } = useTranslation();
  const { stretches } = group;
  const today = stretches.find((stretch) => isOn(stretch, nowMs))?.day;
  const shown = (day && days.includes(day) ? day : null) ?? today ?? days[0] ?? "";
  const ofDay = stretches.filter((stretch) => stretch.day === shown);
  const turn = (step: number) => onDay(addDays(shown, step));
  const swipe = useSwipe(turn);
  return (
    <Stack gap="sm" mt="sm" {...swipe}>
      <div className="week-strip-of-days">
        {days.map((one) => (
          <UnstyledButton
            key={one}
            className="week-day-button"
            aria-pressed={one === shown}
            aria-label={`${dayLabel(one).name} ${dayText(one)}`}
            data-today={one === today || undefined}
            onClick={() => onDay(one)}
          >
            {t(`weekdayShort.${weekdayOf(one)}`)}
            <strong>{Number(one.slice(8))}</strong>
          </UnstyledButton>
        ))}
      </div>
      <Group justify="space-between" wrap="nowrap">
        <ActionIcon variant="default" aria-label={t("week.dayBefore")} onClick={() => turn(-1)}>
          <IconChevronLeft size={22} />
        </ActionIcon>
        <Text fw={600} ta="center" aria-live="polite">
          {dayLabel(shown).name} {dayText(shown)}
        </Text>
        <ActionIcon variant="default" aria-label={t("week.dayAfter")} onClick={() => turn(1)}>
          <IconChevronRight size={22} />
        </ActionIcon>
      </Group>
      {ofDay.every(({ end }) => Date.parse(end) <= nowMs) && ofDay.length > 0 && (
        <Text size="sm" c="dimmed" ta="center">
          {t(`basis.${basisOf(ofDay)}`)}
        </Text>
      )}
      <Stack component="ul" gap={6} p={0} m={0} style={{ listStyle: "none" }}>
        {ofDay.map((stretch) => (
          <li key={stretch.start}>
            <Row
              stretch={stretch}
              isNow={isOn(stretch, nowMs)}
              tones={tones}
              onOpen={() => onOpen(stretch)}
            />
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

interface RowProps {
  stretch: Stretch;
  isNow: boolean;
  tones: ReadonlyMap<string, number>;
  onOpen: () => void;
}

function Row({ stretch, isNow, tones, onOpen }: RowProps) {
  const { t } = useTranslation();
  const reminders = remindersText(stretch);
  return (
    <UnstyledButton className={`week-row ${classOf(stretch, tones)}`} onClick={onOpen}>
      <Strip stretch={stretch} tones={tones} />
      <p className="week-times">
        <BasisMark stretch={stretch} /> {hoursLabel(stretch)}
        {isNow && ` · ${t("week.now")}`}
      </p>
      <p>{playsText(stretch)}</p>
      {reminders && <p>{reminders}</p>}
    </UnstyledButton>
  );
}

const swipePx = 60;

/** A stroke to the side turns the page; one that goes more down than sideways is scrolling. */
function useSwipe(turn: (step: number) => void) {
  const began = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      began.current = touch && touches.length === 1 ? { x: touch.clientX, y: touch.clientY } : null;
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const touch = changedTouches[0];
      if (!began.current || !touch) return;
      const [x, y] = [touch.clientX - began.current.x, touch.clientY - began.current.y];
      if (Math.abs(x) > swipePx && Math.abs(x) > 2 * Math.abs(y)) turn(x > 0 ? -1 : 1);
    },
  };
}
