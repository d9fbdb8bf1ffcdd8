/** The scale on which the groups of a page are drawn. Pure. */

import type { WeekGroup } from "../../api/generated";
import { spansOf } from "./calendar";
import { type Hours, type Scale, type Span, scaleOf, sharedScale, wholeDay } from "./scale";

const wholeHourPx = 38;
const busyHeightPx = 760;
/** A line of text, and something to point at. */
const linePx = 24;

/** One for each group: the same for all of them where that is no great waste of room. */
export function scalesOf(groups: readonly WeekGroup[], hours: Hours): Scale[] {
  const busyHourPx = (60 * busyHeightPx) / (hours.to - hours.from);
  const hourPx = hours === wholeDay ? wholeHourPx : Math.max(wholeHourPx, busyHourPx);
  const make = (spans: readonly Span[]) => scaleOf(spans, hours, hourPx, linePx);
  const spans = groups.map(({ stretches }) => spansOf([stretches], hours));
  const shared = sharedScale(spans, make);
  return spans.map((own) => shared ?? make(own));
}
