/** What a stretch of the week says, in the reader's language. */

import i18next from "i18next";
import type { Stretch } from "../../api/generated";
import { dayText, spanText } from "../../i18n/dates";
import { weekdayOf } from "./days";

/** The name of a schedule; without an id it is the fallback, without a name it was deleted since. */
export function nameOf(one: { schedule_id: string | null; schedule_name: string | null }): string {
  if (one.schedule_id === null) return i18next.t("week.kinds.fallback");
  return one.schedule_name ?? i18next.t("week.gone");
}

/** `Thứ Ba` and `24/11`. */
export function dayLabel(day: string): { name: string; date: string } {
  return { name: i18next.t(`weekday.${weekdayOf(day)}`), date: dayText(day).slice(0, 5) };
}

export function hoursLabel({ from_wall, to_wall }: Stretch): string {
  return `${from_wall}–${to_wall}`;
}

/** A part in whole per cent, `60%`; what is there at all is never called 0, nor what is not all of it 100. */
export function percentText(part: number): string {
  const percent = (value: number) =>
    new Intl.NumberFormat(i18next.language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  if (part > 0 && part < 0.01) return i18next.t("week.under", { part: percent(0.01) });
  return percent(part < 1 ? Math.min(part, 0.99) : part);
}

/** `60%` of 600 per mille. */
export const partText = (permille: number) => percentText(permille / 1000);

/** `mỗi 90 phút`, `mỗi 2 giờ`: never rounded. */
export function everyText(ms: number): string {
  const minutes = new Intl.NumberFormat(i18next.language, {
    style: "unit",
    unit: "minute",
    unitDisplay: "long",
  }).format(ms / 60_000);
  return i18next.t("week.every", { span: ms % 3_600_000 === 0 ? spanText(ms) : minutes });
}

/** How long in hours and minutes: `12 giờ 30 phút`, `45 phút`. */
export function hoursText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const unit = (value: number, of: "hour" | "minute") =>
    new Intl.NumberFormat(i18next.language, { style: "unit", unit: of, unitDisplay: "long" }).format(value);
  if (hours === 0) return unit(rest, "minute");
  return rest === 0 ? unit(hours, "hour") : `${unit(hours, "hour")} ${unit(rest, "minute")}`;
}

/** To the second, in words and not like a time of day: `7 phút 49 giây`, `1 giờ 5 giây`. */
export function secondsText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  const said = parts.filter(([value, unit]) => value > 0 || (seconds === 0 && unit === "second"));
  return said
    .map(([value, unit]) =>
      new Intl.NumberFormat(i18next.language, { style: "unit", unit, unitDisplay: "long" }).format(value),
    )
    .join(" ");
}

/** What plays, on one line: the schedules and their parts, or why none does. */
export function namesText({ kind, tracks }: Stretch): string {
  const named = tracks.filter(({ schedule_id }) => schedule_id !== null);
  const names = named.map((track) =>
    named.length > 1 ? `${nameOf(track)} ${partText(track.permille)}` : nameOf(track),
  );
  if (kind === "fallback" || kind === "unknown") return i18next.t(`week.kinds.${kind}`);
  return names.join(" · ") || i18next.t("week.kinds.off");
}

/** What the schedule is there for, after its name: `thay thế tất cả`; null where it shares the time like any other. */
export function roleText(stretch: Stretch): string | null {
  if (stretch.kind === "off") return stretch.tracks.length > 0 ? i18next.t("week.off") : null;
  return stretch.kind === "play" && isTakeover(stretch) ? i18next.t("week.takeover") : null;
}

/** Both: `Họp khẩn (thay thế tất cả)`. */
export function playsText(stretch: Stretch): string {
  const role = roleText(stretch);
  return role ? `${namesText(stretch)} (${role})` : namesText(stretch);
}

export function isTakeover({ tracks }: Stretch): boolean {
  return tracks.some(({ role }) => role === "takeover");
}

/** `Nhắc: Bluezone mỗi 15 phút`; null where nothing is repeated. */
export function remindersText({ reminders }: Stretch): string | null {
  if (reminders.length === 0) return null;
  const names = reminders.map((reminder) => `${nameOf(reminder)} ${everyText(reminder.every_ms)}`);
  return i18next.t("week.reminders", { names: names.join(" · ") });
}

/** All of it, for those who listen. */
export function spokenText(stretch: Stretch): string {
  const basis = i18next.t(`basis.${stretch.basis}`);
  return [hoursLabel(stretch), playsText(stretch), remindersText(stretch), basis].filter(Boolean).join(". ");
}

/** What is known of a whole day that is over: every stretch of one kind, or a mixture. */
export function basisOf(stretches: readonly Stretch[]): Stretch["basis"] | "mixed" {
  const kinds = new Set(stretches.map(({ basis }) => basis));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : "mixed";
}
