/** Names that nobody typed: of a schedule left without one, and of a part that is cut out of another. */

import type { TFunction } from "i18next";
import { dayText } from "../../i18n/dates";
import type { Draft } from "./draft";
import type { Scope } from "./scopes";

const nameMost = 200;

/** The playlist's name; of an off what it does, and when where that is not all day. */
export function automaticName(t: TFunction, draft: Draft, playlist: string | undefined): string {
  if (draft.role !== "off") return playlist ?? "";
  const hours = draft.allDay ? [] : draft.windows.filter(({ start, end }) => start && end);
  const said = hours.map(({ start, end }) => `${start}–${end === "00:00" ? "24:00" : end}`).join(", ");
  return [t("role.off"), said].filter(Boolean).join(" ").slice(0, nameMost);
}

// What an earlier cut put behind the name, in either language.
const earlierPart = / \((?:từ |from )?\d{2}\/\d{2}\)$/;

/** `Họp dân (25/11)` for a day of it, `Họp dân (từ 26/11)` for what follows: two of one name cannot be told apart. */
export function partName(t: TFunction, name: string, scope: Scope, day: string): string {
  if (scope === "all") return name;
  const part = t(`scope.nameOf.${scope}`, { name: "", day: dayText(day).slice(0, 5) });
  return name.replace(earlierPart, "").slice(0, nameMost - part.length) + part;
}
