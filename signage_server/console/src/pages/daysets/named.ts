/** Named days: pasted as lines, picked in a calendar, looked at by year. Pure. */

import { dayTyped } from "../../i18n/dates";
import { addDays, isDay, numberOf } from "../schedules/civil";

export interface NamedDay {
  day: string;
  name: string;
}

export interface Pasted {
  days: NamedDay[];
  /** Lines that name no day. */
  bad: string[];
}

const rangeMost = 62;
const date = String.raw`\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}`;
const line = new RegExp(
  String.raw`^\W*(${date})(?:\s*(?:-|–|—|→|đến|to)\s*(${date}))?(?![\d/])[\s,;:|.–—-]*(.*)$`,
  "iu",
);

/** Lines such as `30/04/2027 Ngày Giải phóng` or `28/01/2028 – 03/02/2028 Tết`; empty ones count for nothing. */
export function readLines(text: string): Pasted {
  const days: NamedDay[] = [];
  const bad: string[] = [];
  for (const said of text.split("\n").map((one) => one.trim())) {
    if (!said) continue;
    const found = readLine(said.normalize("NFC"));
    if (found) days.push(...found);
    else bad.push(said);
  }
  return { days, bad };
}

function readLine(said: string): NamedDay[] | null {
  const [, from = "", to, rest = ""] = line.exec(said) ?? [];
  const first = dayFrom(from);
  const last = to === undefined ? first : dayFrom(to);
  if (!first || !last || last < first || numberOf(last) - numberOf(first) >= rangeMost) return null;
  const name = rest.trim().replace(/\s+/g, " ").slice(0, 200);
  return Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, index) => ({
    day: addDays(first, index),
    name,
  }));
}

function dayFrom(text: string): string | null {
  return isDay(text) ? text : dayTyped(text);
}

/** In order, each day once; a name outranks none, a later name an earlier one. */
export function joined(...lists: readonly (readonly NamedDay[])[]): NamedDay[] {
  const names = new Map<string, string>();
  for (const { day, name } of lists.flat()) names.set(day, name || names.get(day) || "");
  return [...names].map(([day, name]) => ({ day, name })).sort((a, b) => a.day.localeCompare(b.day));
}

/** What a calendar has picked: those that were there keep their names. */
export function picked(days: readonly NamedDay[], chosen: readonly string[]): NamedDay[] {
  return joined(
    days.filter(({ day }) => chosen.includes(day)),
    chosen.map((day) => ({ day, name: "" })),
  );
}

export function byYear(days: readonly NamedDay[]): [string, NamedDay[]][] {
  const years = new Map<string, NamedDay[]>();
  for (const one of days) {
    const year = one.day.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return [...years];
}

export function upcoming(days: readonly NamedDay[], today: string): NamedDay[] {
  return days.filter(({ day }) => day >= today);
}

/** So many days before its last one a set is told to be running out. */
const nearDays = 60;

/** The last day, where it is over or near; null: there are more, or none at all. */
export function runsOut(days: readonly NamedDay[], today: string): string | null {
  const last = days.reduce((latest, { day }) => (day > latest ? day : latest), "");
  return last && last <= addDays(today, nearDays) ? last : null;
}

/** A stretch of days that follow one another, under the name of the first. */
export interface Run {
  first: string;
  last: string;
  name: string;
}

export function runs(days: readonly NamedDay[]): Run[] {
  const found: Run[] = [];
  for (const { day, name } of days) {
    const run = found.at(-1);
    if (run && addDays(run.last, 1) === day) run.last = day;
    else found.push({ first: day, last: day, name });
  }
  return found;
}
