/** The form's side of a schedule: plain answers, there and back. */

import type { ScheduleIn, ScheduleOut, Target, WindowIn } from "../../api/generated";
import { daily, formatRule, parseRule, type Repeat } from "./repeat";

export type Role = NonNullable<ScheduleIn["role"]>;

/**
 * How the days repeat: `once` on one day; `plain` one of the presets; `custom` the same, said in full; `sets` on the
 * days of day sets alone; `own` by a rule that this form cannot say, which is kept as it is.
 */
export type Rhythm = "once" | "plain" | "custom" | "sets" | "own";
export type Ends = "never" | "day" | "count";

export interface Span {
  start: string;
  end: string;
}

export interface Draft {
  name: string;
  playlistId: string | null;
  role: Role;
  everyMinutes: number;
  take: "next" | "all";
  /** The promised part of the time; null: by length, like the others. */
  sharePercent: number | null;
  priority: number;
  silences: boolean;
  where: "all" | "some";
  tags: string[];
  unitIds: string[];
  screenIds: string[];
  firstDay: string | null;
  rhythm: Rhythm;
  repeat: Repeat;
  ownRule: string | null;
  ends: Ends;
  /** Inclusive. Beside a count it is a second end. */
  lastDay: string | null;
  count: number;
  /** The last day came as the rule's own UNTIL and goes back there. */
  untilInRule: boolean;
  exceptDays: string[];
  extraDays: string[];
  onlySets: string[];
  includeSets: string[];
  excludeSets: string[];
  allDay: boolean;
  windows: Span[];
  /** Null: the zone of each screen. */
  zone: string | null;
}

const minuteMs = 60_000;
const officeHours: readonly Span[] = [{ start: "07:00", end: "17:00" }];

export function emptyDraft(today: string, playlistId: string | null): Draft {
  return {
    name: "",
    playlistId,
    role: "rotation",
    everyMinutes: 15,
    take: "next",
    sharePercent: null,
    priority: 0,
    silences: false,
    where: "all",
    tags: [],
    unitIds: [],
    screenIds: [],
    firstDay: today,
    rhythm: "plain",
    repeat: daily(today),
    ownRule: null,
    ends: "never",
    lastDay: null,
    count: 10,
    untilInRule: false,
    exceptDays: [],
    extraDays: [],
    onlySets: [],
    includeSets: [],
    excludeSets: [],
    allDay: true,
    windows: [...officeHours],
    zone: null,
  };
}

export function draftOf(schedule: ScheduleOut): Draft {
  return {
    ...emptyDraft(schedule.first_day, schedule.playlist_id),
    ...whenOf(schedule),
    ...howOf(schedule),
    name: schedule.name,
    where: schedule.targets.some((target) => target.kind === "all") ? "all" : "some",
    tags: refs(schedule.targets, "tag"),
    unitIds: refs(schedule.targets, "unit"),
    screenIds: refs(schedule.targets, "screen"),
    onlySets: [...schedule.only_sets],
    includeSets: [...schedule.include_sets],
    excludeSets: [...schedule.exclude_sets],
  };
}

export type HowFacts = Pick<
  ScheduleOut,
  "role" | "every_ms" | "take" | "share_permille" | "priority" | "silences_reminders"
>;

/** The role and what belongs to it; also of the events of our own calendar files. */
export function howOf(facts: HowFacts) {
  return {
    role: facts.role,
    everyMinutes: (facts.every_ms ?? 15 * minuteMs) / minuteMs,
    take: facts.take ?? "next",
    sharePercent: facts.share_permille === null ? null : facts.share_permille / 10,
    priority: facts.priority,
    silences: facts.silences_reminders,
  } satisfies Partial<Draft>;
}

/** Whether the last day is past, the schedule's own or its rule's; one that still runs over midnight is not over. */
export function isOver(schedule: ScheduleOut, today: string): boolean {
  const until = parseRule(schedule.rrule, schedule.first_day)?.until ?? null;
  const lasts = [schedule.last_day, schedule.extra_days.length > 0 ? null : until];
  return !schedule.active_now && lasts.some((last) => last !== null && last < today);
}

export type WhenFacts = Pick<
  ScheduleOut,
  "first_day" | "last_day" | "rrule" | "except_days" | "extra_days" | "windows" | "zone"
> & { only_sets?: string[] };

/** Days and hours as the form says them; also of a calendar file's events. */
export function whenOf(facts: WhenFacts) {
  const read = parseRule(facts.rrule, facts.first_day);
  // Two last days, the rule's and the schedule's, are more than this form can say.
  const said = read?.until && facts.last_day ? null : read;
  const lastDay = facts.last_day ?? said?.until ?? null;
  const allDay = facts.windows.length === 1 && isWholeDay(facts.windows[0]);
  return {
    firstDay: facts.first_day,
    rhythm: said ? rhythmOf(facts) : "own",
    repeat: said?.repeat ?? daily(facts.first_day),
    ownRule: said ? null : facts.rrule,
    ends: said?.count ? "count" : lastDay ? "day" : "never",
    lastDay,
    count: said?.count ?? 10,
    untilInRule: Boolean(said?.until),
    exceptDays: [...facts.except_days],
    extraDays: [...facts.extra_days],
    allDay,
    windows: allDay ? [...officeHours] : facts.windows.map(windowOf),
    zone: facts.zone,
  } satisfies Partial<Draft>;
}

function rhythmOf(facts: WhenFacts): Rhythm {
  if (facts.rrule !== null) return "plain";
  if (facts.only_sets?.length) return "sets";
  return facts.first_day === facts.last_day ? "once" : "plain";
}

/** The body that is sent; where nothing was changed, the rule keeps its own spelling. */
export function scheduleIn(draft: Draft, was: ScheduleOut | null): ScheduleIn {
  const isReminder = draft.role === "reminder";
  const isTakeover = draft.role === "takeover";
  return {
    name: draft.name.trim(),
    playlist_id: draft.role === "off" ? null : draft.playlistId,
    role: draft.role,
    targets: targetsOf(draft),
    first_day: draft.firstDay ?? "",
    last_day: lastDayOf(draft),
    rrule: ruleOf(draft, was),
    except_days: [...draft.exceptDays].sort(),
    extra_days: [...draft.extraDays].sort(),
    only_sets: draft.onlySets,
    include_sets: draft.includeSets,
    exclude_sets: draft.excludeSets,
    windows: draft.allDay ? [{ start: "00:00", end: "24:00" }] : draft.windows.map(sentWindow),
    zone: draft.zone,
    priority: draft.priority,
    share_permille: draft.role === "rotation" ? permille(draft.sharePercent) : null,
    every_ms: isReminder ? Math.round(draft.everyMinutes * minuteMs) : null,
    take: isReminder ? draft.take : null,
    silences_reminders: isTakeover && draft.silences,
  };
}

function permille(percent: number | null): number | null {
  return percent ? Math.round(percent * 10) : null;
}

export function targetsOf(draft: Draft): Target[] {
  if (draft.where === "all") return [{ kind: "all", ref: null }];
  return [
    ...draft.tags.map((ref) => ({ kind: "tag" as const, ref })),
    ...draft.unitIds.map((ref) => ({ kind: "unit" as const, ref })),
    ...draft.screenIds.map((ref) => ({ kind: "screen" as const, ref })),
  ];
}

function refs(targets: readonly Target[], kind: Target["kind"]): string[] {
  return targets.flatMap((target) => (target.kind === kind && target.ref ? [target.ref] : []));
}

/** Whether the end by a number of times can be said of this rhythm. */
export function canCount({ rhythm }: Draft): boolean {
  return rhythm === "plain" || rhythm === "custom";
}

function lastDayOf(draft: Draft): string | null {
  if (draft.rhythm === "once") return draft.firstDay;
  if (draft.ends === "never" || (draft.ends === "day" && inRule(draft))) return null;
  return draft.lastDay;
}

function inRule(draft: Draft): boolean {
  return draft.untilInRule && canCount(draft);
}

function ruleOf(draft: Draft, was: ScheduleOut | null): string | null {
  if (draft.rhythm === "own") return draft.ownRule;
  if (!canCount(draft)) return null;
  const rule = formatRule({
    repeat: draft.repeat,
    count: draft.ends === "count" ? draft.count : null,
    until: draft.ends === "day" && inRule(draft) ? draft.lastDay : null,
  });
  const before = was?.first_day === draft.firstDay ? parseRule(was.rrule, was.first_day) : null;
  return was && before && formatRule(before) === rule ? was.rrule : rule;
}

function isWholeDay(window: WindowIn | undefined): boolean {
  return window?.start === "00:00" && window.end === "24:00";
}

/** Whether a window ends on the day after it began. */
export function isOvernight({ start, end }: Span): boolean {
  return end !== "00:00" && start !== "" && end !== "" && end < start;
}

// 24:00 is written 00:00 in the form: a clock has no 24.
function windowOf({ start = "00:00", end = "24:00" }: WindowIn): Span {
  return { start, end: end === "24:00" ? "00:00" : end };
}

function sentWindow({ start, end }: Span): WindowIn {
  return { start, end: end === "00:00" ? "24:00" : end };
}
