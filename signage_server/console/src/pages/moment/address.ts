/** The address of the time machine: a screen and an instant, to be sent to somebody or to survive a reload. Pure. */

export interface Moment {
  screenId: string;
  ms: number;
}

/** As the week leads to it: the way back is part of the address. */
export function momentAt(screenId: string, ms: number): string {
  return `/moment?${new URLSearchParams({ screen: screenId, time: instantText(ms), from: "week" })}`;
}

/** Where one came from; most come from the wall. */
export function placeIn(query: URLSearchParams): "week" | "wall" {
  return query.get("from") === "week" ? "week" : "wall";
}

/** Without an instant it means: now. */
export function momentOf(screenId: string): string {
  return `/moment?${new URLSearchParams({ screen: screenId })}`;
}

/** Goes with the way to the page: whoever takes it wants to choose another moment at once. */
export const picking = { picking: true } as const;

/** Whether the page was opened to choose a moment. */
export function isPicking(state: unknown): boolean {
  return typeof state === "object" && state !== null && "picking" in state;
}

/** Whole seconds: `2026-11-24T00:05:00Z`. */
export function instantText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** What an address says; what is no instant counts as none. */
export function momentIn(query: URLSearchParams): { screenId: string | null; ms: number | null } {
  const ms = Date.parse(query.get("time") ?? "");
  return { screenId: query.get("screen"), ms: Number.isNaN(ms) ? null : ms };
}
