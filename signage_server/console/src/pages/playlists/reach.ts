/** How far an edit has come. Pure. */

import type { ScreenOut } from "../../api/generated";

/** Which manifest each screen should hold before the edit, and when that was. */
export interface WantedBefore {
  digests: Readonly<Record<string, string | null>>;
  atMs: number;
}

const arrivesWithinMs = 60_000;

export interface Reach {
  /** Screens that the edit concerns: they should now hold another manifest. */
  all: number;
  /** Those that have stored it, as they said themselves. */
  there: number;
  /** Those that cannot be reached and will take it up when they are back. */
  away: ScreenOut[];
}

export function digestsOf(screens: readonly ScreenOut[], nowMs = Date.now()): WantedBefore {
  return {
    digests: Object.fromEntries(screens.map((screen) => [screen.id, screen.wanted_digest])),
    atMs: nowMs,
  };
}

/** Whether it is worth asking again: not everywhere yet, and not long ago. */
export function isUnderWay(before: WantedBefore, screens: readonly ScreenOut[], nowMs = Date.now()): boolean {
  const { all, there } = reach(screens, before);
  return nowMs - before.atMs < arrivesWithinMs && (all === 0 || there < all);
}

export function reach(screens: readonly ScreenOut[], { digests }: WantedBefore): Reach {
  const concerned = screens.filter(({ id, wanted_digest }) => id in digests && digests[id] !== wanted_digest);
  const has = (screen: ScreenOut) => screen.stored_digest === screen.wanted_digest;
  return {
    all: concerned.length,
    there: concerned.filter(has).length,
    away: concerned.filter((screen) => !has(screen) && !screen.online),
  };
}
