import { Day, dark, type Piece } from "./day";
import { type Loop, type Manifest, type Slot, slotAt } from "./manifest";
import { moved } from "./weeks";

/** One showing, [start, end). `slide` and `schedule` are null while the screen is dark on purpose. */
export interface Play {
  slide: string | null;
  schedule: string | null;
  role: "rotation" | "reminder" | "takeover" | "fallback" | "off";
  startMs: number;
  endMs: number;
}

const WEEK_MS = 604800000;
/** What plays at an instant, inside the horizon or not. For many instants in a row keep a `Playout`. */
export function whatPlays(manifest: Manifest, atMs: number): Play {
  return new Playout(manifest).at(atMs);
}

/**
 * Answers `at` cheaply for growing instants: it remembers how far it has walked the day.
 * The same as `signage_server/scheduling/playout.py`, to the millisecond.
 */
export class Playout {
  private walk!: Iterator<Play>;
  private play = dark(0, 0);
  /** The stretch for which the open walk is good. */
  private fromMs = 0;
  private untilMs = 0;

  constructor(private readonly manifest: Manifest) {}

  at(atMs: number): Play {
    if (atMs < this.play.startMs || atMs >= this.untilMs) this.open(atMs);
    while (this.play.endMs <= atMs) this.play = this.cut(this.walk.next().value);
    return this.play;
  }

  /** Begins the day that holds the instant, or the day some weeks away that stands for it. */
  private open(atMs: number): void {
    const { manifest } = this;
    const [weeks, fromMs, untilMs] = standIn(manifest.horizon_ms, atMs);
    const shiftMs = weeks * WEEK_MS;
    const [, , dayStartMs, turn] = slotAt(manifest.slots, atMs - shiftMs) as Slot;
    let pieces = piecesOfDay(manifest, dayStartMs);
    if (weeks) pieces = moved(manifest, pieces, shiftMs);
    this.walk = new Day(manifest.slides, dayStartMs + shiftMs, turn).walk(pieces);
    this.fromMs = fromMs;
    this.untilMs = Math.min(untilMs, (pieces[pieces.length - 1] as Piece).endMs);
    this.play = dark(fromMs, fromMs);
  }

  /** A stand-in week can begin and end within a slide, where clocks were changed. */
  private cut(play: Play): Play {
    return Object.assign({}, play, {
      startMs: Math.max(play.startMs, this.fromMs),
      endMs: Math.min(play.endMs, this.untilMs),
    });
  }
}

/** How many weeks away the instant is planned, and the stretch for which that holds. */
function standIn([startMs, endMs]: Manifest["horizon_ms"], atMs: number): [number, number, number] {
  if (atMs >= startMs && atMs < endMs) return [0, startMs, endMs];
  const originMs = atMs < startMs ? startMs : endMs;
  const begun = Math.floor((atMs - originMs) / WEEK_MS);
  const fromMs = originMs + begun * WEEK_MS;
  return [atMs < startMs ? begun : begun + 1, fromMs, fromMs + WEEK_MS];
}

/** All slots of the day that begins at a midnight. */
function piecesOfDay({ slots, loops, horizon_ms }: Manifest, dayStartMs: number): Piece[] {
  return slots
    .map(([startMs, key], index) => {
      const [endMs] = slots[index + 1] || [horizon_ms[1]];
      return { startMs, endMs, key, loop: loops[key] as Loop };
    })
    .filter((_, index) => (slots[index] as Slot)[2] === dayStartMs);
}
