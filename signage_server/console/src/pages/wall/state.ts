/** What a screen is doing, in one word. Pure: only what the board itself has proved counts. */

import type { ScreenOut } from "../../api/generated";

export type ScreenState = "playing" | "shown" | "dark" | "fetching" | "waiting" | "lost" | "never";

/** What boards name instead of a schedule while *Show now* is on. */
const shownByHand = "show_now";

/** `shown`: something is shown by hand at this moment, outside the plan. */
export function screenState(screen: ScreenOut): ScreenState {
  if (!screen.heard_at) return "never";
  if (!screen.online) return "lost";
  if (screen.showing?.role === "off") return "dark";
  if (screen.showing?.schedule_id === shownByHand) return "shown";
  if (screen.showing?.slide) return "playing";
  return screen.missing_bytes ? "fetching" : "waiting";
}

export const stateColors: Record<ScreenState, string> = {
  playing: "var(--good)",
  shown: "var(--busy)",
  dark: "dimmed",
  fetching: "var(--busy)",
  waiting: "var(--unsure)",
  lost: "var(--bad)",
  never: "dimmed",
};

const urgency: readonly ScreenState[] = ["lost", "waiting", "fetching", "never", "shown", "playing", "dark"];

/** Whatever needs a look comes first; within that by name. */
export function byNeed(a: ScreenOut, b: ScreenOut): number {
  const need = urgency.indexOf(screenState(a)) - urgency.indexOf(screenState(b));
  return need || a.name.localeCompare(b.name, "vi", { numeric: true });
}

/** Width over height of the board, from its profile: `1080x1920-jpeg` → 0.5625. */
export function ratioOf(profile: string): number {
  const [, width, height] = /^(\d+)x(\d+)/.exec(profile) ?? [];
  return width && height ? Number(width) / Number(height) : 16 / 9;
}

export type Holding = "current" | "updating" | "none";

/** Whether the board has stored the manifest that it should hold. */
export function holding(screen: ScreenOut): Holding {
  if (!screen.stored_digest) return "none";
  return screen.stored_digest === screen.wanted_digest ? "current" : "updating";
}
