import type { Loop, Manifest, PlayingLoop, Reminder, Slot, Track } from "./manifest";
import type { Play } from "./playout";

/** A slide that would get less than this (or than its own duration) before its slot ends is not begun. */
const SHORTEST_MS = 3000;

/** A slot with its end and its loop, or what is left of it in another week. */
export interface Piece {
  startMs: number;
  endMs: number;
  key: string;
  loop: Loop;
  slot: Slot;
}

/** The showing that could begin now. */
interface Next {
  slide: string;
  owner: Track | Reminder;
  /** What beginning it uses up: a position of the track, a due time of the reminder (counted from its window). */
  mark: number;
  /** What is to follow of a reminder's block. */
  rest: readonly string[];
}

type Memory<T> = { [key: string]: T };

/** The plan of one local day, and what the day has to remember over its slots. */
export class Day {
  /** Of each schedule's track: the slide to come. */
  private readonly positions: Memory<number> = {};
  /** Of each reminder: the last due time served. */
  private readonly served: Memory<number> = {};
  /** Of each loop: the milliseconds that each of its tracks has had. */
  private readonly had: Memory<Memory<number>> = {};

  constructor(
    private readonly slides: Manifest["slides"],
    private readonly dayStartMs: number,
    private readonly turn: number,
  ) {}

  /** The plays of the day. */
  *walk(pieces: readonly Piece[]): Iterator<Play> {
    for (const piece of pieces) {
      if ("off" in piece.loop) yield dark(piece.startMs, piece.endMs);
      else yield* this.walkPiece(piece, piece.loop);
    }
  }

  private *walkPiece({ startMs, endMs, key }: Piece, loop: PlayingLoop): IterableIterator<Play> {
    const had = this.had[key] || {};
    this.had[key] = had;
    let shown: Next | undefined;
    let nowMs = startMs;
    while (nowMs < endMs) {
      const coming = following(shown) || this.due(loop, nowMs) || this.turnOf(loop, had);
      const durationMs = (this.slides[coming.slide] as { duration_ms: number }).duration_ms;
      const roomMs = endMs - nowMs;
      if (shown && roomMs < Math.min(SHORTEST_MS, durationMs)) {
        credit(had, shown, roomMs);
        break;
      }
      if (shown) yield showing(shown, startMs, nowMs);
      this.begin(coming);
      credit(had, coming, Math.min(durationMs, roomMs));
      shown = coming;
      startMs = nowMs;
      nowMs += durationMs;
    }
    if (shown) yield showing(shown, startMs, endMs);
  }

  /** The reminder that has waited longest. All its due times until now are served together. */
  private due(loop: PlayingLoop, nowMs: number): Next | undefined {
    let longest: Reminder | undefined;
    let longestMs = 0;
    for (const reminder of loop.reminders) {
      const sinceMs = this.anchor(reminder) + (this.lastServed(reminder) + 1) * reminder.every_ms;
      if (sinceMs <= nowMs && (!longest || (sinceMs - longestMs || inOrder(reminder, longest)) < 0)) {
        longest = reminder;
        longestMs = sinceMs;
      }
    }
    return longest && this.remind(longest, nowMs);
  }

  private remind(reminder: Reminder, nowMs: number): Next {
    const { slides } = reminder;
    const mark = Math.floor((nowMs - this.anchor(reminder)) / reminder.every_ms);
    return reminder.take === "all"
      ? { slide: slides[0] as string, owner: reminder, mark, rest: slides.slice(1) }
      : { slide: slides[(this.turn + mark) % slides.length] as string, owner: reminder, mark, rest: [] };
  }

  private anchor(reminder: Reminder): number {
    return this.dayStartMs + reminder.offset_ms;
  }

  /** Over midnight nobody knows whether the last due time was still served: it is due once more. */
  private lastServed(reminder: Reminder): number {
    const mark = this.served[nameOf(reminder)];
    return mark === undefined ? Math.floor(Math.max(0, -reminder.offset_ms) / reminder.every_ms) - 1 : mark;
  }

  /** The next slide of the track that is furthest behind its part of the time. */
  private turnOf(loop: PlayingLoop, had: Memory<number>): Next {
    const track = furthestBehind(loop.tracks, had);
    const known = this.positions[track.schedule];
    const position = (known === undefined ? this.turn : known) % track.slides.length;
    return { slide: track.slides[position] as string, owner: track, mark: position + 1, rest: [] };
  }

  private begin({ owner, mark }: Next): void {
    if (isReminder(owner)) this.served[nameOf(owner)] = mark;
    else this.positions[owner.schedule] = mark;
  }
}

/** The next slide of the block that is showing. */
function following(shown: Next | undefined): Next | undefined {
  const slide = shown?.rest[0];
  return shown && slide
    ? { slide, owner: shown.owner, mark: shown.mark, rest: shown.rest.slice(1) }
    : undefined;
}

function furthestBehind(tracks: readonly Track[], had: Memory<number>): Track {
  let weights = 0;
  let totalMs = 0;
  for (const track of tracks) {
    weights += track.weight;
    totalMs += had[track.schedule] || 0;
  }
  const behind = (track: Track) => track.weight * totalMs - weights * (had[track.schedule] || 0);
  return tracks.reduce((one, other) => {
    const order = behind(one) - behind(other) || (one.schedule < other.schedule ? 1 : -1);
    return order < 0 ? other : one;
  });
}

function credit(had: Memory<number>, { owner }: Next, spanMs: number): void {
  if (!isReminder(owner)) had[owner.schedule] = (had[owner.schedule] || 0) + spanMs;
}

function inOrder(one: Reminder, other: Reminder): number {
  return one.schedule === other.schedule
    ? one.offset_ms - other.offset_ms
    : one.schedule < other.schedule
      ? -1
      : 1;
}

function nameOf(reminder: Reminder): string {
  return `${reminder.schedule} ${reminder.offset_ms}`;
}

function isReminder(owner: Track | Reminder): owner is Reminder {
  return "every_ms" in owner;
}

function showing({ slide, owner }: Next, startMs: number, endMs: number): Play {
  const role = isReminder(owner) ? "reminder" : owner.role || "rotation";
  return { slide, schedule: owner.schedule, role, startMs, endMs };
}

export function dark(startMs: number, endMs: number): Play {
  return { slide: null, schedule: null, role: "off", startMs, endMs };
}
