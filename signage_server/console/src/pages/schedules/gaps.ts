/** What a draft still lacks, in the order of the questions. */

import { canCount, type Draft, type Span, targetsOf } from "./draft";
import { countMost, isWhole } from "./repeat";

/** The first question that has no answer yet; null: it can be saved. */
export type Missing = "playlist" | "every" | "where" | "when" | "last" | "days" | "sets" | "count" | "times";

export function missing(draft: Draft): Missing | null {
  if (draft.role !== "off" && !draft.playlistId) return "playlist";
  if (draft.role === "reminder" && !(draft.everyMinutes >= 1)) return "every";
  if (targetsOf(draft).length === 0) return "where";
  if (!draft.firstDay) return "when";
  return draft.rhythm === "once" ? missingTimes(draft) : (missingDays(draft) ?? missingTimes(draft));
}

function missingDays(draft: Draft): Missing | null {
  if (draft.rhythm === "sets" && draft.onlySets.length === 0) return "sets";
  if (canCount(draft) && !isWhole(draft.repeat)) return "days";
  if (draft.ends === "day" && !endsInTime(draft)) return "last";
  if (draft.ends === "count" && !(draft.count >= 1 && draft.count <= countMost)) return "count";
  return null;
}

function endsInTime({ firstDay, lastDay }: Draft): boolean {
  return firstDay !== null && lastDay !== null && lastDay >= firstDay;
}

function missingTimes({ allDay, windows }: Draft): Missing | null {
  return !allDay && windows.some((window) => !isWindow(window)) ? "times" : null;
}

function isWindow({ start, end }: Span): boolean {
  return start !== "" && end !== "" && start !== end;
}

/** Days named by hand on which nothing can be shown: they lie before the first day or after the last. */
export function idleDays(draft: Draft): string[] {
  const first = draft.firstDay ?? "";
  const last = draft.ends === "day" ? draft.lastDay : null;
  return draft.extraDays.filter((day) => day < first || (last !== null && day > last)).sort();
}
