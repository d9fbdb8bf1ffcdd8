/** Days, times and durations in words: dd/mm/yyyy, 24 hours, Monday first. Pure but for the language. */

import i18next, { type TFunction } from "i18next";
import { currentLanguage } from "./index";

const tags = { vi: "vi-VN", en: "en-GB" } as const;

function format(options: Intl.DateTimeFormatOptions, zone?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tags[currentLanguage()], { hourCycle: "h23", timeZone: zone, ...options });
}

/** `2026-11-24` → `24/11/2026`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-");
  return `${date}/${month}/${year}`;
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** The name of a month, 1 to 12: "tháng 9", "September". */
export function monthText(t: TFunction, month: number): string {
  return t(`month.${months[month - 1] ?? 1}`);
}

/** What was typed as a day: the day, nothing, or why it is none. */
export type TypedDay =
  | { day: string | null; fault: null }
  | { day: null; fault: "unclear" }
  /** The month is shorter; `year` is not null where that depends on the year. */
  | { day: null; fault: "month"; month: number; days: number; year: number | null };

/** A day as people type it, day first: `1/9/2026`, `01.09.26`, `1-9-2026`. */
export function readDay(text: string): TypedDay {
  if (text.trim() === "") return { day: null, fault: null };
  const parts = /^\s*(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}|\d{2}))?\s*$/.exec(text);
  const [date = 0, month = 0] = parts?.slice(1).map(Number) ?? [];
  if (date < 1 || month < 1 || month > 12) return { day: null, fault: "unclear" };
  const typed = parts?.[3] === undefined ? null : Number(parts[3]);
  const year = typed !== null && typed < 100 ? 2000 + typed : typed;
  // Without a year a leap year is meant: 29/2 is not wrong, it is unfinished.
  const days = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
  if (date > days) return { day: null, fault: "month", month, days, year: month === 2 ? year : null };
  if (year === null) return { day: null, fault: "unclear" };
  return { day: new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10), fault: null };
}

/** The day that was typed; null for what is no day. */
export function dayTyped(text: string): string | null {
  return readDay(text).day;
}

/** An instant as `24/11/2026`, in the given time zone or the browser's. */
export function dateText(instant: string, zone?: string): string {
  return format({ day: "2-digit", month: "2-digit", year: "numeric" }, zone).format(new Date(instant));
}

/** An instant as `07:05`. */
export function timeText(instant: string, zone?: string): string {
  return format({ hour: "2-digit", minute: "2-digit" }, zone).format(new Date(instant));
}

/** An instant as `24/11/2026, 07:05`. */
export function instantText(instant: string, zone?: string): string {
  return `${dateText(instant, zone)}, ${timeText(instant, zone)}`;
}

export type Stretch = readonly [start: string, end: string];

/**
 * Stretches of time as `Thứ Ba 24/11, 07:00 – 19:00` and `Thứ Tư 25/11, cả ngày`, with the second day named where it is
 * another one. Where any of them lies in another year than now, all of them say theirs.
 */
export function stretchTexts(
  stretches: readonly Stretch[],
  zone: string | undefined,
  nowMs: number,
): string[] {
  const thisYear = dateText(new Date(nowMs).toISOString(), zone).slice(6);
  const days = stretches.flatMap(([start, end]) => [dateText(start, zone), dateText(lastOf(end), zone)]);
  const day = days.every((one) => one.slice(6) === thisYear) ? shortDay : longDay;
  return stretches.map((stretch) => stretchText(stretch, day, zone));
}

type DayWords = (instant: string, zone?: string) => string;
const shortDay: DayWords = (instant, zone) => dateText(instant, zone).slice(0, 5);
const longDay: DayWords = dateText;

function stretchText([start, end]: Stretch, day: DayWords, zone?: string): string {
  const weekday = (instant: string) => format({ weekday: "long" }, zone).format(new Date(instant));
  const named = (instant: string) => `${weekday(instant)} ${day(instant, zone)}`;
  const atMidnight = isMidnight(end, zone);
  // Midnight at the end of a day is read as 24:00 of that day, not as the first minute of the next.
  const last = atMidnight ? lastOf(end) : end;
  const sameDay = dateText(start, zone) === dateText(last, zone);
  if (atMidnight && isMidnight(start, zone)) {
    const days = sameDay ? named(start) : `${named(start)} – ${named(last)}`;
    return `${days}, ${i18next.t("time.allDay")}`;
  }
  const until = atMidnight ? "24:00" : timeText(end, zone);
  return `${named(start)}, ${timeText(start, zone)} – ${until}${sameDay ? "" : ` (${day(last, zone)})`}`;
}

function isMidnight(instant: string, zone?: string): boolean {
  return timeText(instant, zone) === "00:00";
}

function lastOf(end: string): string {
  return new Date(new Date(end).getTime() - 1).toISOString();
}

const steps: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
];

/** How long ago, in the largest unit that is at least one: `5 phút trước`; under a minute, `vừa xong`. */
export function agoText(instant: string, nowMs: number): string {
  const passed = nowMs - new Date(instant).getTime();
  for (const [size, unit] of steps) {
    if (passed >= size) {
      return new Intl.RelativeTimeFormat(tags[currentLanguage()]).format(-Math.floor(passed / size), unit);
    }
  }
  return i18next.t("time.justNow");
}

/** How long, in one unit: `5 phút`, `3 giờ`, `2 ngày`. */
export function spanText(ms: number): string {
  const [size, unit] = steps.find(([size]) => ms >= size) ?? [60_000, "minute" as const];
  const count = Math.max(1, Math.floor(ms / size));
  return new Intl.NumberFormat(tags[currentLanguage()], { style: "unit", unit, unitDisplay: "long" }).format(
    count,
  );
}

/** A duration as `2:05`, or `1:02:05` from an hour on. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const pad = (part: number) => String(part).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** A whole number with the language's separators: `1.234`. */
export function numberText(value: number): string {
  return new Intl.NumberFormat(tags[currentLanguage()]).format(value);
}

/** Bytes as `1,4 MB`. */
export function sizeText(bytes: number): string {
  const [value, unit] =
    bytes >= 1e6 ? ([bytes / 1e6, "megabyte"] as const) : ([bytes / 1e3, "kilobyte"] as const);
  const style = { style: "unit", unit, maximumFractionDigits: bytes >= 1e6 ? 1 : 0 } as const;
  return new Intl.NumberFormat(tags[currentLanguage()], style).format(value);
}
