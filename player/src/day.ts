import { type Account, inOrder, open, type Part, turnOf } from "./fairness";
import type { Loop, Manifest, PlayingLoop, Reminder, Slide } from "./manifest";
import type { Play } from "./playout";

/** A slide that would get less than this (or than its own duration) before its slot ends is not begun. */
const SHORTEST_MS = 3000;

/** A slot with its end and its loop, or what is left of it in another week. */
export interface Piece {
  startMs: number;
  endMs: number;
  key: string;
  loop: Loop;
}

/** The showing that could begin now. */
interface Next {
  slide: string;
  owner: Part | Reminder;
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
    const account = this.accounts[key] || open(loop, this.slides);
    this.accounts[key] = account;
    let shown: Next | undefined;
    let nowMs = startMs;
    while (nowMs < endMs) {
      const coming = following(shown) || this.due(loop, nowMs) || this.turnOf(account);
      const durationMs = this.lengthOf(coming);
      const roomMs = endMs - nowMs;
      if (shown && roomMs < Math.min(SHORTEST_MS, durationMs)) {
        credit(shown, roomMs);
        break;
      }
      if (shown) yield showing(shown, startMs, nowMs);
      this.begin(coming);
      credit(coming, Math.min(durationMs, roomMs));
      shown = coming;
      startMs = nowMs;
      nowMs += durationMs;
    }
    if (shown) yield showing(shown, startMs, endMs);
  }

  /** The reminder that has waited longest. All its due times until now are served together. */
  private due(loop: PlayingLoop, nowMs: number): Next | undefined {
    const [longest] = loop.reminders
      .filter((reminder) => this.sinceMs(reminder) <= nowMs)
      .sort(
        (one, other) =>
          this.sinceMs(one) - this.sinceMs(other) || inOrder(one, other) || one.offset_ms - other.offset_ms,
      );
    return longest && this.remind(longest, nowMs);
  }

  private remind(owner: Reminder, nowMs: number): Next {
    const { slides, take, every_ms } = owner;
    const mark = Math.floor((nowMs - this.anchor(owner)) / every_ms);
    const [slide, ...rest] = take === "all" ? slides : [slides[(this.turn + mark) % slides.length]];
    return { slide: slide as string, owner, mark, rest: rest as string[] };
  }

  private sinceMs(reminder: Reminder): number {
    return this.anchor(reminder) + (this.lastServed(reminder) + 1) * reminder.every_ms;
  }

  private anchor(reminder: Reminder): number {
    return this.dayStartMs + reminder.offset_ms;
  }

  /** Over midnight nobody knows whether the last due time was still served: it is due once more. */
  private lastServed(reminder: Reminder): number {
    const mark = this.served[nameOf(reminder)];
    return mark === undefined ? Math.floor(Math.max(0, -reminder.offset_ms) / reminder.every_ms) - 1 : mark;
  }

  private turnOf(account: Account): Next {
    return this.nextOf(turnOf(account, (part) => this.lengthOf(this.nextOf(part))));
  }

  private nextOf(part: Part): Next {
    const known = this.positions[part.schedule];
    const count = part.slides.length;
    const position = (known === undefined ? this.turn : known) % count;
    return { slide: part.slides[position] as string, owner: part, mark: (position + 1) % count, rest: [] };
  }

  private lengthOf({ slide }: Next): number {
    return (this.slides[slide] as Slide).duration_ms;
  }

  private begin({ owner, mark }: Next): void {
    if (isReminder(owner)) this.served[nameOf(owner)] = mark;
    else this.positions[owner.schedule] = mark;
  }
}

/** The next slide of the block that is showing. */
function following(shown: Next | undefined): Next | undefined {
  const [slide, ...rest] = shown ? shown.rest : [];
  return shown && slide ? { slide, owner: shown.owner, mark: shown.mark, rest } : undefined;
}

/** Reminders are no time of tracks. */
function credit({ owner }: Next, spanMs: number): void {
  if (!isReminder(owner)) owner.hadMs += spanMs;
}

function nameOf(reminder: Reminder): string {
  return `${reminder.schedule} ${reminder.offset_ms}`;
}

function isReminder(owner: Part | Reminder): owner is Reminder {
  return "every_ms" in owner;
}

function showing({ slide, owner }: Next, startMs: number, endMs: number): Play {
  const role = isReminder(owner) ? "reminder" : owner.role || "rotation";
  return { slide, schedule: owner.schedule, role, startMs, endMs };
}

export function dark(startMs: number, endMs: number): Play {
  return { slide: null, schedule: null, role: "off", startMs, endMs };
}
