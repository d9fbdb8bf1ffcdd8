import type { Piece } from "./day";
import type { Loop, Manifest, PlayingLoop, Reminder, Track } from "./manifest";

/** The pieces in another week: without takeovers, and cut wherever something ends for good. */
export function moved(manifest: Manifest, pieces: readonly Piece[], shiftMs: number): Piece[] {
  const parts: Piece[] = [];
  for (const { startMs, endMs, key, loop } of pieces) {
    const ends = endsOf(manifest, [loop, manifest.loops[manifest.fallback] as Loop]);
    let fromMs = startMs + shiftMs;
    let ended = ends.filter((end) => end <= fromMs).length;
    while (fromMs < endMs + shiftMs) {
      const untilMs = Math.min(endMs + shiftMs, ended < ends.length ? (ends[ended] as number) : Infinity);
      parts.push({
        startMs: fromMs,
        endMs: untilMs,
        key: `${key}~${ended++}`,
        loop: left(manifest, loop, fromMs),
      });
      fromMs = untilMs;
    }
  }
  return parts;
}

/** The instants at which something of the loops ends for good, in order. */
function endsOf({ slides }: Manifest, loops: readonly Loop[]): number[] {
  const endings: Ending[] = [];
  for (const loop of loops) {
    if ("off" in loop) endings.push(loop);
    else {
      for (const list of [...loop.tracks, ...loop.reminders]) {
        endings.push(list, ...list.slides.map((id) => slides[id] as Ending));
      }
    }
  }
  return endings
    .map((ending) => ending.until_ms || 0)
    .sort((one, other) => one - other)
    .filter((end, index, ends) => end && end !== ends[index - 1]);
}

/** What is left of a loop. Where no track is, the fallback's stand in, all of them if need be. */
function left(manifest: Manifest, loop: Loop, atMs: number): Loop {
  const off = "off" in loop;
  if (off && lasts(loop, atMs)) return loop;
  const lasting = <T extends Track | Reminder>(lists: readonly T[]) =>
    lastingOf(manifest.slides, lists, atMs);
  const fallback = (manifest.loops[manifest.fallback] as PlayingLoop).tracks;
  const tracks = off ? [] : lasting(loop.tracks.filter((track) => track.role !== "takeover"));
  const stand = tracks.length ? tracks : lasting(fallback);
  return { tracks: stand.length ? stand : fallback, reminders: off ? [] : lasting(loop.reminders) };
}

function lastingOf<T extends Track | Reminder>(
  slides: Manifest["slides"],
  lists: readonly T[],
  atMs: number,
): T[] {
  return lists
    .filter((list) => lasts(list, atMs))
    .map((list) =>
      Object.assign({}, list, { slides: list.slides.filter((id) => lasts(slides[id] as Ending, atMs)) }),
    )
    .filter((list) => list.slides.length);
}

interface Ending {
  readonly until_ms?: number | null;
}

function lasts({ until_ms }: Ending, atMs: number): boolean {
  return until_ms == null || atMs < until_ms;
}
