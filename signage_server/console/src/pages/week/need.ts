/** In which order the schedules of a week are read. Pure. */

import type { Airtime } from "../../api/generated";

/** Whoever others beat at all times needs somebody to look at it; who comes later or is over does not. */
function rankOf({ ms, none }: Airtime): number {
  if (none === "beaten") return 0;
  return ms > 0 ? 1 : 2;
}

/** What needs a look first, then the longest on air, at the end what is not on this week. */
export function byNeed(a: Airtime, b: Airtime): number {
  return rankOf(a) - rankOf(b) || b.ms - a.ms;
}
