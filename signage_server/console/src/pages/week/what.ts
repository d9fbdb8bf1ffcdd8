/** Whose week is looked at, as the address carries it. Pure. */

import type { WeekWanted } from "../../api/endpoints";
import type { UnitOut } from "../../api/generated";

export type Kind = "unit" | "tag" | "screen";

export interface What {
  kind: Kind;
  /** The id of a unit or screen, or the tag itself. */
  ref: string;
}

const kinds: readonly Kind[] = ["screen", "tag", "unit"];

/** What an address asks for: `?screen=scr_1`, `?tag=thang máy`, `?unit=unt_1`. */
export function whatIn(query: URLSearchParams): What | null {
  for (const kind of kinds) {
    const ref = query.get(kind);
    if (ref) return { kind, ref };
  }
  return null;
}

/** The unit above all others that this person sees: what is below it is everything. */
export function rootUnit(units: readonly UnitOut[]): What | null {
  const known = new Set(units.map(({ id }) => id));
  const root = units.find(({ parent_id }) => parent_id === null || !known.has(parent_id));
  return root ? { kind: "unit", ref: root.id } : null;
}

/** The address with something else to look at, or another day; what is not named stays. */
export function asked(query: URLSearchParams, change: { what?: What; day?: string | null }): URLSearchParams {
  const next = new URLSearchParams(query);
  if (change.what) {
    for (const kind of kinds) next.delete(kind);
    next.set(change.what.kind, change.what.ref);
  }
  if (change.day) next.set("day", change.day);
  if (change.day === null) next.delete("day");
  return next;
}

/** As the server is asked for it. */
export function wantedOf(what: What | null, day: string | null): WeekWanted {
  const from = day ? { from: day } : {};
  if (what?.kind === "screen") return { screen_id: what.ref, ...from };
  if (what?.kind === "tag") return { tag: what.ref, ...from };
  return { ...(what && { unit_id: what.ref }), ...from };
}

/** As one value of a list of choices. */
export const keyOf = ({ kind, ref }: What) => `${kind}:${ref}`;

export function whatOf(key: string): What {
  const [kind = "unit", ...ref] = key.split(":");
  return { kind: kind as Kind, ref: ref.join(":") };
}
