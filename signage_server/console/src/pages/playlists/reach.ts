/** How far an edit has come. Pure. */

import type { ScreenOut } from "../../api/generated";

/** Which manifest each screen should hold before the edit. */
export type WantedBefore = Readonly<Record<string, string | null>>;

export interface Reach {
  /** Screens that the edit concerns: they should now hold another manifest. */
  all: number;
  /** Those that have stored it, as they said themselves. */
  there: number;
  /** Those that cannot be reached and will take it up when they are back. */
  away: ScreenOut[];
}

export function digestsOf(screens: readonly ScreenOut[]): WantedBefore {
  return Object.fromEntries(screens.map((screen) => [screen.id, screen.wanted_digest]));
}

export function reach(screens: readonly ScreenOut[], before: WantedBefore): Reach {
  const concerned = screens.filter(
    (screen) => screen.id in before && before[screen.id] !== screen.wanted_digest,
  );
  const has = (screen: ScreenOut) => screen.stored_digest === screen.wanted_digest;
  return {
    all: concerned.length,
    there: concerned.filter(has).length,
    away: concerned.filter((screen) => !has(screen) && !screen.online),
  };
}
