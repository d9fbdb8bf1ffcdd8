import type { PlayingLoop, Slide, Track } from "./manifest";

/** A track, and how long it has been on in its loop so far in the day. */
export interface Part extends Track {
  hadMs: number;
}

/** The tracks of a loop, of which none is ever further from its part of the time than the longest slide lasts. */
export interface Account {
  parts: Part[];
  longestMs: number;
}

export function open({ tracks }: PlayingLoop, slides: { readonly [id: string]: Slide }): Account {
  let longestMs = 0;
  const parts = tracks.map((track) => {
    for (const id of track.slides) longestMs = Math.max(longestMs, (slides[id] as Slide).duration_ms);
    return Object.assign({ hadMs: 0 }, track);
  });
  return { parts, longestMs };
}

/**
 * Whose turn it is: that of the track furthest behind its part of the time, unless its slide made another come too
 * late; then of those that are not ahead the one that is due first. The same as `signage_server/scheduling/fairness.py`.
 */
export function turnOf({ parts, longestMs }: Account, nextMs: (part: Part) => number): Part {
  let weights = 0;
  let totalMs = 0;
  for (const { weight, hadMs } of parts) {
    weights += weight;
    totalMs += hadMs;
  }
  const behind = ({ weight, hadMs }: Part) => weight * totalMs - weights * hadMs;
  const waiting = parts.filter((part) => behind(part) >= 0);
  const first = (order: (one: Part, other: Part) => number) =>
    waiting.sort((one, other) => order(one, other) || inOrder(one, other))[0] as Part;

  const due = (one: Part, other: Part) => (one.hadMs + longestMs) * other.weight;
  const byDue = (one: Part, other: Part) => due(one, other) - due(other, one);

  const furthest = first((one, other) => behind(other) - behind(one));
  const slideMs = nextMs(furthest);
  furthest.hadMs += slideMs;
  totalMs += slideMs;
  // When each is due, those that are not yet due may together be ahead by one longest slide at most.
  const inTime = parts
    .slice()
    .sort(byDue)
    .every(({ weight, hadMs }) => {
      weights -= weight;
      totalMs -= hadMs;
      return totalMs * weight - weights * (hadMs + longestMs) <= weight * longestMs;
    });
  furthest.hadMs -= slideMs;
  return inTime ? furthest : first(byDue);
}

/** By schedule id, code by code. */
export function inOrder(one: { readonly schedule: string }, other: { readonly schedule: string }): number {
  return one.schedule < other.schedule ? -1 : +(one.schedule > other.schedule);
}
