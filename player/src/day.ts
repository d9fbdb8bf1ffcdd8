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

/** What the tracks of a loop have had so far in the day. */
interface Account {
  weights: number;
  totalMs: number;
  /** By the place of the track. */
  hadMs: number[];
}

type Memory<T> = { [key: string]: T };

/** The plan of one local day, and what the day has to remember over its slots. */
export class Day {
  /** Of each schedule's track: the slide to come. */
  private readonly positions: Memory<number> = {};
  /** Of each reminder: the last due time served. */
  private readonly served: Memory<number> = {};
  /** Of each loop: what its tracks have had. */
  private readonly accounts: Memory<Account> = {};

  constructor(
    private readonly slides: Manifest["slides"],
    private readonly dayStartMs: number,
    private readonly turn: number,
  ) {}

  /** The plays of the day. */
  *walk(pieces: readonly Piece[]): Iterator<Play> {
    for (const piece of pieces) {
      if ("off" in piece.loop) yield dark(piece.startMs, piece.endMs);
      // Not `yield*`: for old browsers that would bring a helper that is longer than all of this.
      else for (const play of this.walkPiece(piece, piece.loop)) yield play;
    }
  }

  private *walkPiece({ startMs, endMs, key }: Piece, loop: PlayingLoop): IterableIterator<Play> {
    const account = this.accounts[key] || open(loop);
    this.accounts[key] = account;
    let shown: Next | undefined;
    let nowMs = startMs;
    while (nowMs < endMs) {
      const coming = following(shown) || this.due(loop, nowMs) || this.turnOf(loop, account);
      const durationMs = (this.slides[coming.slide] as { duration_ms: number }).duration_ms;
      const roomMs = endMs - nowMs;
      if (shown && roomMs < Math.min(SHORTEST_MS, durationMs)) {
        credit(account, loop, shown, roomMs);
        break;
      }
      if (shown) yield showing(shown, startMs, nowMs);
      this.begin(coming);
      credit(account, loop, coming, Math.min(durationMs, roomMs));
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
  private turnOf(loop: PlayingLoop, account: Account): Next {
    const track = furthestBehind(loop.tracks, account);
    const known = this.positions[track.schedule];
    const count = track.slides.length;
    const position = (known === undefined ? this.turn : known) % count;
    return { slide: track.slides[position] as string, owner: track, mark: (position + 1) % count, rest: [] };
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

function open({ tracks }: PlayingLoop): Account {
  const weights = tracks.reduce((sum, track) => sum + track.weight, 0);
  return { weights, totalMs: 0, hadMs: tracks.map(() => 0) };
}

function furthestBehind(tracks: readonly Track[], { weights, totalMs, hadMs }: Account): Track {
  let furthest = tracks[0] as Track;
  let most = -Infinity;
  tracks.forEach((track, index) => {
    const behind = track.weight * totalMs - weights * (hadMs[index] as number);
    if (behind > most || (behind === most && track.schedule < furthest.schedule)) {
      furthest = track;
      most = behind;
    }
  });
  return furthest;
}

/** Reminders are no time of tracks. */
function credit(account: Account, { tracks }: PlayingLoop, { owner }: Next, spanMs: number): void {
  const index = tracks.indexOf(owner as Track);
  if (index < 0) return;
  account.totalMs += spanMs;
  account.hadMs[index] = (account.hadMs[index] as number) + spanMs;
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
