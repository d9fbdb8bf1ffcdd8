/** Changing one day of a schedule that repeats, that day and what follows, or all of it. */

import type { ScheduleIn, ScheduleOut } from "../../api/generated";
import { isDay } from "./civil";
import { type Draft, draftOf, scheduleIn } from "./draft";
import { isSame } from "./repeat";

export const scopes = ["day", "following", "all"] as const;
export type Scope = (typeof scopes)[number];

/** Whether there is anything to ask: a schedule of one day has no other days. */
export function repeats(schedule: ScheduleOut): boolean {
  return schedule.first_day !== schedule.last_day;
}

/** The day and scope that an address names; what is no day or scope is none. */
export function readScope(query: URLSearchParams): { day: string | null; scope: Scope | null } {
  const day = query.get("day");
  const scope = scopes.find((one) => one === query.get("scope")) ?? null;
  return day && isDay(day) ? { day, scope } : { day: null, scope: null };
}

/** What the form begins with. */
export function draftFor(schedule: ScheduleOut, scope: Scope, day: string): Draft {
  const whole = draftOf(schedule);
  if (scope === "all") return whole;
  if (scope === "day") return onlyOn(whole, day);
  return {
    ...whole,
    firstDay: day,
    exceptDays: whole.exceptDays.filter((one) => one >= day),
    extraDays: whole.extraDays.filter((one) => one >= day),
  };
}

/**
 * The body that is sent. A repetition that goes on as it was goes on counting from its own first day (every second
 * week, ten times in all); one that is new begins on the day.
 */
export function bodyFor(draft: Draft, schedule: ScheduleOut | null, scope: Scope): ScheduleIn {
  const goesOn = schedule && scope === "following" && isSameRhythm(draft, draftOf(schedule));
  return scheduleIn(goesOn ? { ...draft, firstDay: schedule.first_day } : draft, schedule);
}

function isSameRhythm(draft: Draft, before: Draft): boolean {
  return draft.rhythm !== "once" && isSame(draft.repeat, before.repeat) && isKept(draft) === isKept(before);
}

function isKept({ rhythm }: Draft): boolean {
  return rhythm === "own";
}

/** Whether the number of times counts from before the day. */
export function countsFromStart(draft: Draft, schedule: ScheduleOut, scope: Scope): boolean {
  return (
    scope === "following" &&
    draft.ends === "count" &&
    bodyFor(draft, schedule, scope).first_day !== draft.firstDay
  );
}

function onlyOn(draft: Draft, day: string): Draft {
  return {
    ...draft,
    firstDay: day,
    rhythm: "once",
    ends: "never",
    lastDay: null,
    exceptDays: [],
    extraDays: [],
    onlySets: [],
    includeSets: [],
    excludeSets: [],
  };
}
