/**
 * Days of the calendar as plain texts `YYYY-MM-DD`, reckoned in whole numbers.
 * No Date takes part: one in the browser's zone is off by a day east or west of Greenwich.
 */

export const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof weekdays)[number];

export interface Parts {
  year: number;
  /** 1–12 */
  month: number;
  /** 1–31 */
  date: number;
}

export function partsOf(day: string): Parts {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return { year, month, date };
}

export function dayOf({ year, month, date }: Parts): string {
  const pad = (number: number, length: number) => String(number).padStart(length, "0");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

export function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether a text names a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, date } = partsOf(text);
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** How many days after 1970-01-01. */
export function numberOf(day: string): number {
  const { year, month, date } = partsOf(day);
  // Years begin in March here, so that the leap day is their last.
  const y = month <= 2 ? year - 1 : year;
  const monthsFromMarch = (month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthsFromMarch + 2) / 5) + date - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

export function addDays(day: string, count: number): string {
  const days = numberOf(day) + count + 719_468;
  const era = Math.floor(days / 146_097);
  const inEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const date = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return dayOf({ year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date });
}

export function weekdayOf(day: string): Weekday {
  const index = (((numberOf(day) + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
  return weekdays[index] as Weekday;
}

/** Which one of its weekday in its month a day is: the second Tuesday → 2. */
export function nthInMonth(day: string): number {
  return Math.ceil(partsOf(day).date / 7);
}

export function isLastOfItsWeekday(day: string): boolean {
  const { year, month, date } = partsOf(day);
  return date + 7 > daysInMonth(year, month);
}

export function isLastOfMonth(day: string): boolean {
  const { year, month, date } = partsOf(day);
  return date === daysInMonth(year, month);
}

/** The day that it is in a zone at an instant, whatever zone the browser stands in. */
export function dayIn(zone: string | undefined, atMs: number): string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const part = (type: string) => format.formatToParts(atMs).find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}
