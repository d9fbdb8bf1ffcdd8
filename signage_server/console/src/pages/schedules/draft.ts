/** A schedule while the form asks its questions. Pure: form ↔ body, and what is still missing. */

import type { ScheduleIn, ScheduleOut, Target, WindowIn } from "../../api/generated";

export type Role = NonNullable<ScheduleIn["role"]>;
export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];
/** `own`: a rule that this form cannot say (once a month, …); it is kept as it is. */
export type Days = "every" | "working" | "weekend" | "chosen" | "own";

const working: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR"];
const weekend: readonly Weekday[] = ["SA", "SU"];
const minuteMs = 60_000;

export interface Draft {
  name: string;
  playlistId: string | null;
  role: Role;
  everyMinutes: number;
  take: "next" | "all";
  where: "all" | "unit" | "screens";
  unitIds: string[];
  screenIds: string[];
  firstDay: string | null;
  lastDay: string | null;
  days: Days;
  chosen: Weekday[];
  exceptDays: string[];
  allDay: boolean;
  windows: { start: string; end: string }[];
}

export function emptyDraft(today: string, playlistId: string | null): Draft {
  return {
    name: "",
    playlistId,
    role: "rotation",
    everyMinutes: 15,
    take: "next",
    where: "all",
    unitIds: [],
    screenIds: [],
    firstDay: today,
    lastDay: null,
    days: "every",
    chosen: [...working],
    exceptDays: [],
    allDay: true,
    windows: [{ start: "07:00", end: "17:00" }],
  };
}

export function draftOf(schedule: ScheduleOut): Draft {
  const byday = weekdaysOf(schedule.rrule);
  const allDay = schedule.windows.length === 1 && isWholeDay(schedule.windows[0]);
  return {
    name: schedule.name,
    playlistId: schedule.playlist_id,
    role: schedule.role,
    everyMinutes: (schedule.every_ms ?? 15 * minuteMs) / minuteMs,
    take: schedule.take ?? "next",
    where: whereOf(schedule.targets),
    unitIds: refs(schedule.targets, "unit"),
    screenIds: refs(schedule.targets, "screen"),
    firstDay: schedule.first_day,
    lastDay: schedule.last_day,
    days: schedule.rrule === null || schedule.rrule === "FREQ=DAILY" ? "every" : daysOf(byday),
    chosen: byday ?? [...working],
    exceptDays: [...schedule.except_days],
    allDay,
    windows: allDay ? [{ start: "07:00", end: "17:00" }] : schedule.windows.map(windowOf),
  };
}

/** The body that is sent; what the form does not ask (zone, priority, …) stays as it was. */
export function scheduleIn(draft: Draft, was: ScheduleOut | null): ScheduleIn {
  const isReminder = draft.role === "reminder";
  return {
    name: draft.name.trim(),
    playlist_id: draft.role === "off" ? null : draft.playlistId,
    role: draft.role,
    targets: targetsOf(draft),
    first_day: draft.firstDay ?? "",
    last_day: draft.lastDay,
    rrule: draft.days === "own" ? (was?.rrule ?? null) : ruleOf(draft),
    except_days: [...draft.exceptDays].sort(),
    extra_days: was?.extra_days ?? [],
    windows: draft.allDay ? [{ start: "00:00", end: "24:00" }] : draft.windows.map(sentWindow),
    zone: was?.zone ?? null,
    priority: was?.priority ?? 0,
    share_permille: draft.role === "rotation" ? (was?.share_permille ?? null) : null,
    every_ms: isReminder ? Math.round(draft.everyMinutes * minuteMs) : null,
    take: isReminder ? draft.take : null,
    silences_reminders: draft.role === "takeover" && (was?.silences_reminders ?? false),
  };
}

/** The first question that has no answer yet; null: it can be saved. */
export type Missing = "playlist" | "where" | "when" | "days" | "times" | "every";

export function missing(draft: Draft): Missing | null {
  if (draft.role !== "off" && !draft.playlistId) return "playlist";
  if (draft.role === "reminder" && !(draft.everyMinutes >= 1)) return "every";
  if (targetsOf(draft).length === 0) return "where";
  if (!draft.firstDay || (draft.lastDay !== null && draft.lastDay < draft.firstDay)) return "when";
  if (draft.days === "chosen" && draft.chosen.length === 0) return "days";
  if (!draft.allDay && draft.windows.some((window) => !isWindow(window))) return "times";
  return null;
}

function isWindow({ start, end }: { start: string; end: string }): boolean {
  return start !== "" && end !== "" && start !== end;
}

/** Whether a window ends on the day after it began. */
export function isOvernight({ start, end }: { start: string; end: string }): boolean {
  return end !== "00:00" && start !== "" && end !== "" && end < start;
}

function targetsOf(draft: Draft): Target[] {
  if (draft.where === "all") return [{ kind: "all", ref: null }];
  if (draft.where === "unit") return draft.unitIds.map((ref) => ({ kind: "unit" as const, ref }));
  return draft.screenIds.map((ref) => ({ kind: "screen" as const, ref }));
}

function whereOf(targets: readonly Target[]): Draft["where"] {
  if (targets.some((target) => target.kind === "all")) return "all";
  return targets.some((target) => target.kind === "unit") ? "unit" : "screens";
}

function refs(targets: readonly Target[], kind: Target["kind"]): string[] {
  return targets.flatMap((target) => (target.kind === kind && target.ref ? [target.ref] : []));
}

function ruleOf(draft: Draft): string | null {
  const days = { every: null, working, weekend, chosen: draft.chosen, own: null }[draft.days];
  if (days === null || days.length === weekdays.length) return null;
  return `FREQ=WEEKLY;BYDAY=${weekdays.filter((day) => days.includes(day)).join(",")}`;
}

/** The weekdays of a plain weekly rule; null for every other rule. */
function weekdaysOf(rrule: string | null): Weekday[] | null {
  const byday = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rrule ?? "")?.[1]?.split(",");
  return byday?.every((day) => (weekdays as readonly string[]).includes(day)) ? (byday as Weekday[]) : null;
}

function daysOf(byday: Weekday[] | null): Days {
  if (byday === null) return "own";
  const has = (days: readonly Weekday[]) =>
    days.length === byday.length && days.every((day) => byday.includes(day));
  if (has(working)) return "working";
  return has(weekend) ? "weekend" : "chosen";
}

function isWholeDay(window: WindowIn | undefined): boolean {
  return window?.start === "00:00" && window.end === "24:00";
}

// 24:00 is written 00:00 in the form: a clock has no 24.
function windowOf({ start = "00:00", end = "24:00" }: WindowIn): { start: string; end: string } {
  return { start, end: end === "24:00" ? "00:00" : end };
}

function sentWindow({ start, end }: { start: string; end: string }): WindowIn {
  return { start, end: end === "00:00" ? "24:00" : end };
}
