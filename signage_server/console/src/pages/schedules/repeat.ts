/** Repetition as people say it, as an RRULE over days, and as the presets that know the first day. Pure. */

import {
  dayOf,
  isDay,
  isLastOfItsWeekday,
  isLastOfMonth,
  nthInMonth,
  partsOf,
  type Weekday,
  weekdayOf,
  weekdays,
} from "./civil";

/** Instead of one weekday: all from Monday to Friday are counted. */
export type Working = "working";
export type Unit = "day" | "week" | "month" | "year";

/** Every field has a value at all times, so that a form can switch between units; `format` takes what counts. */
export interface Repeat {
  unit: Unit;
  /** Every so many units. */
  every: number;
  /** Of a week. */
  weekdays: Weekday[];
  /** Of a month or year: by the day of the month, or by a weekday of it. */
  by: "date" | "weekday";
  /** 1–31, or -1 for the last day of the month. */
  dates: number[];
  /** 1–5, or -1 for the last one. */
  nth: number;
  weekday: Weekday | Working;
  /** Of a year. */
  month: number;
}

/** A rule with its end; at most one of the two ends is not null. */
export interface Rule {
  repeat: Repeat;
  count: number | null;
  /** The rule's own last day, inclusive. */
  until: string | null;
}

export const everyMost = 999;
export const countMost = 9999;
export const lastDate = -1;
export const workingDays: readonly Weekday[] = ["MO", "TU", "WE", "TH", "FR"];
const weekend: readonly Weekday[] = ["SA", "SU"];

/** Every day; where another unit is chosen, what the first day suggests. */
export function daily(firstDay: string): Repeat {
  const weekday = weekdayOf(firstDay);
  const { month, date } = partsOf(firstDay);
  const nth = nthInMonth(firstDay);
  return {
    unit: "day",
    every: 1,
    weekdays: [weekday],
    by: "date",
    dates: [date],
    nth: nth === 5 ? -1 : nth,
    weekday,
    month,
  };
}

export const presets = [
  "daily",
  "working",
  "weekend",
  "weekly",
  "monthlyDate",
  "monthlyLastDate",
  "monthlyNth",
  "monthlyLast",
  "yearly",
] as const;
export type Preset = (typeof presets)[number];

/** The presets that the first day allows, in the order in which they are offered. */
export function presetsFor(firstDay: string): Preset[] {
  const holds: Partial<Record<Preset, boolean>> = {
    monthlyLastDate: isLastOfMonth(firstDay),
    monthlyNth: nthInMonth(firstDay) < 5,
    monthlyLast: isLastOfItsWeekday(firstDay),
  };
  return presets.filter((preset) => holds[preset] ?? true);
}

export function presetRepeat(preset: Preset, firstDay: string): Repeat {
  const base = daily(firstDay);
  const made: Record<Preset, Partial<Repeat>> = {
    daily: {},
    working: { unit: "week", weekdays: [...workingDays] },
    weekend: { unit: "week", weekdays: [...weekend] },
    weekly: { unit: "week" },
    monthlyDate: { unit: "month" },
    monthlyLastDate: { unit: "month", dates: [lastDate] },
    monthlyNth: { unit: "month", by: "weekday", nth: nthInMonth(firstDay) },
    monthlyLast: { unit: "month", by: "weekday", nth: -1 },
    yearly: { unit: "year" },
  };
  return { ...base, ...made[preset] };
}

/** The preset that says the same as a repetition from this first day; null: it is a custom one. */
export function matchPreset(repeat: Repeat, firstDay: string): Preset | null {
  return presetsFor(firstDay).find((preset) => isSame(presetRepeat(preset, firstDay), repeat)) ?? null;
}

/** A preset goes with the first day ("on the 24th" becomes "on the 25th"); a custom repetition stays. */
export function moved(repeat: Repeat, from: string, to: string): Repeat {
  const preset = matchPreset(repeat, from);
  if (preset && presetsFor(to).includes(preset)) return presetRepeat(preset, to);
  // A fifth Tuesday is the last one too, and the last day of a month is a date: the nearest that the new day allows.
  if (preset === "monthlyNth") return presetRepeat("monthlyLast", to);
  if (preset === "monthlyLast") return presetRepeat("monthlyNth", to);
  return preset === "monthlyLastDate" ? presetRepeat("monthlyDate", to) : repeat;
}

export function isSame(one: Repeat, other: Repeat): boolean {
  return format(one) === format(other);
}

/** The rule's text in the server's normal spelling; null: every day for good. */
export function formatRule({ repeat, count, until }: Rule): string | null {
  const end = count ? `COUNT=${count}` : until ? `UNTIL=${until.replaceAll("-", "")}` : "";
  const [freq = "", ...rest] = format(repeat).split(";");
  const [interval, others] = rest[0]?.startsWith("INTERVAL") ? [rest[0], rest.slice(1)] : ["", rest];
  const text = [freq, interval, end, ...others].filter(Boolean).join(";");
  return text === "FREQ=DAILY" ? null : text;
}

function format(repeat: Repeat): string {
  const { unit, every } = repeat;
  const freq = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" }[unit];
  if (unit === "week" && every === 1 && repeat.weekdays.length === weekdays.length) return "FREQ=DAILY";
  return [`FREQ=${freq}`, every > 1 ? `INTERVAL=${every}` : "", ...conditions(repeat)]
    .filter(Boolean)
    .join(";");
}

function conditions(repeat: Repeat): string[] {
  if (repeat.unit === "day") return [];
  if (repeat.unit === "week")
    return [`BYDAY=${weekdays.filter((day) => repeat.weekdays.includes(day)).join(",")}`];
  const month = repeat.unit === "year" ? `BYMONTH=${repeat.month}` : "";
  if (repeat.by === "date") return [month, `BYMONTHDAY=${[...repeat.dates].sort((a, b) => a - b).join(",")}`];
  return repeat.weekday === "working"
    ? [month, `BYDAY=${workingDays.join(",")}`, `BYSETPOS=${repeat.nth}`]
    : [month, `BYDAY=${repeat.nth}${repeat.weekday}`];
}

/** Whether a repetition names anything: a week without weekdays does not. */
export function isWhole(repeat: Repeat): boolean {
  if (!(repeat.every >= 1)) return false;
  if (repeat.unit === "week") return repeat.weekdays.length > 0;
  return repeat.unit === "day" || repeat.by === "weekday" || repeat.dates.length > 0;
}

/** The dates that not every month (of a year: not every year) has. */
export function seldomDates({ unit, by, dates, month }: Repeat): number[] {
  if (by !== "date" || unit === "day" || unit === "week") return [];
  const most = unit === "month" ? 28 : month === 2 ? 28 : 31;
  return dates.filter((date) => date > most);
}

/** An RRULE as this form says it; null: a rule that it cannot say, which is kept as it is. */
export function parseRule(text: string | null, firstDay: string): Rule | null {
  const said = split(text ?? "FREQ=DAILY");
  if (!said) return null;
  const { FREQ: freq = "", INTERVAL = "1", COUNT, UNTIL, WKST, ...by } = said;
  const every = whole(INTERVAL, everyMost);
  const count = COUNT === undefined ? null : whole(COUNT, countMost);
  const until = UNTIL === undefined ? null : dayFrom(UNTIL);
  const repeat = every && readers[freq]?.(by, every, daily(firstDay));
  const weeksCount = freq === "WEEKLY" && every !== 1 && (WKST ?? "MO") !== "MO";
  if (!repeat || weeksCount || (COUNT && !count) || (UNTIL && !until)) return null;
  return { repeat: isWeekOfAll(repeat) ? { ...repeat, unit: "day" } : repeat, count, until };
}

function isWeekOfAll(repeat: Repeat): boolean {
  return repeat.unit === "week" && repeat.every === 1 && repeat.weekdays.length === weekdays.length;
}

type By = Partial<Record<string, string>>;
type Reader = (by: By, every: number, base: Repeat) => Repeat | null;

const readers: Partial<Record<string, Reader>> = {
  DAILY: (by, every, base) => {
    if (only(by)) return { ...base, every };
    // Every day that is a Monday or Tuesday: a week's rule by another name.
    return every === 1 && only(by, "BYDAY") ? week(by, every, base) : null;
  },
  WEEKLY: (by, every, base) => (only(by) || only(by, "BYDAY") ? week(by, every, base) : null),
  MONTHLY: (by, every, base) => inMonth(by, { ...base, unit: "month", every }),
  YEARLY: ({ BYMONTH, ...by }, every, base) => {
    const month = BYMONTH === undefined ? null : whole(BYMONTH, 12);
    if (BYMONTH === undefined) return only(by) ? { ...base, unit: "year", every } : null;
    const read = month && inMonth(by, { ...base, unit: "year", every, month });
    return read && !(read.by === "date" && read.dates.includes(lastDate)) ? read : null;
  },
};

function only(by: By, ...names: string[]): boolean {
  return Object.keys(by).every((name) => names.includes(name)) && names.every((name) => name in by);
}

function week(by: By, every: number, base: Repeat): Repeat | null {
  const named = by.BYDAY === undefined ? base.weekdays : by.BYDAY.split(",");
  const known = weekdays.filter((day) => named.includes(day));
  return known.length === new Set(named).size ? { ...base, unit: "week", every, weekdays: known } : null;
}

function inMonth(by: By, base: Repeat): Repeat | null {
  if (only(by)) return { ...base, by: "date" };
  if (only(by, "BYMONTHDAY")) {
    const dates = by.BYMONTHDAY?.split(",").map((text) => (text === "-1" ? lastDate : whole(text, 31))) ?? [];
    return dates.every((date) => date !== null)
      ? { ...base, by: "date", dates: [...new Set(dates)].sort((a, b) => a - b) }
      : null;
  }
  const counted = only(by, "BYDAY", "BYSETPOS");
  const named = by.BYDAY ?? "";
  if (counted && isWorkingDays(named)) return ofMonth(by.BYSETPOS ?? "", "working", base);
  const [, nth = "", weekday] =
    /^\+?(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)$/.exec(counted ? `${by.BYSETPOS}${named}` : named) ?? [];
  return counted || only(by, "BYDAY") ? ofMonth(nth, weekday as Weekday, base) : null;
}

function ofMonth(nth: string, weekday: Weekday | Working, base: Repeat): Repeat | null {
  return /^\+?(-1|[1-5])$/.test(nth) ? { ...base, by: "weekday", nth: Number(nth), weekday } : null;
}

function isWorkingDays(text: string): boolean {
  const days = new Set(text.split(","));
  return days.size === workingDays.length && workingDays.every((day) => days.has(day));
}

function split(text: string): Partial<Record<string, string>> | null {
  const said: Partial<Record<string, string>> = {};
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .replace(/;$/, "")
    .split(";")) {
    const [name = "", value = "", more] = part.split("=");
    if (!name || !value || more !== undefined || name in said) return null;
    said[name] = value;
  }
  return said;
}

function whole(text: string, most: number): number | null {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
}

function dayFrom(text: string): string | null {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?$/.exec(text) ?? [];
  if (!year) return null;
  const day = dayOf({ year: Number(year), month: Number(month), date: Number(date) });
  return isDay(day) ? day : null;
}
