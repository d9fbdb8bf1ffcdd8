/** The presets of a repetition in words that know the first day. */

import type { TFunction } from "i18next";
import { monthText } from "../../i18n/dates";
import { partsOf, type Weekday, weekdayOf } from "./civil";
import { lastDate, type Preset, presetRepeat } from "./repeat";

export function presetText(t: TFunction, preset: Preset, firstDay: string): string {
  const { date, month } = partsOf(firstDay);
  const { nth } = presetRepeat(preset, firstDay);
  const weekday = weekdayText(t, weekdayOf(firstDay));
  return t(`repeat.${preset}`, {
    date,
    month,
    weekday,
    nth: nthText(t, nth),
    monthName: monthText(t, month),
  });
}

export function weekdayText(t: TFunction, weekday: Weekday): string {
  return t(`weekday.${weekday}`);
}

const nths = ["last", "first", "second", "third", "fourth", "fifth"] as const;

/** 1 → "đầu tiên", -1 → "cuối cùng". */
export function nthText(t: TFunction, nth: number): string {
  return t(`nth.${nths[nth] ?? "last"}`);
}

/** A day of the month: "ngày 15", "ngày cuối tháng". */
export function dateOfMonthText(t: TFunction, date: number): string {
  return date === lastDate ? t("repeat.lastDate") : t("repeat.date", { date });
}
