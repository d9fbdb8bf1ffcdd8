/** This program was not written yet: a board's clock that says so is wrong. */
const EARLIEST_MS = Date.UTC(2026, 0, 1);

/** What is remembered of the time across reboots. */
export interface KnownTime {
  /** The last time the server was known to have. */
  readonly serverMs: number;
  /** What the board's own clock said at that moment. */
  readonly wallMs: number;
}

export interface Clocks {
  /** Never goes back, stops while the machine sleeps (`performance.now`). */
  mono(): number;
  /** May be wrong by decades and jump (`Date.now`). */
  wall(): number;
}

interface Sample {
  readonly at: number;
  readonly offset: number;
  readonly roundTrip: number;
}

const SAMPLES = 16;
const BEST = 3;
/** Two crystals drift apart by up to 0.1 ms a second: what is older says little about now. */
const SAMPLE_AGE_MS = 300_000;
const DRIFT_MS = 100;
/** A longer sleep than this is a clock that was set wrong. */
const LONGEST_SLEEP_MS = 7 * 86_400_000;
/** By more than this the clock was wrong, and is set. */
const STEP_MS = 1_000;
/** Monotonic and wall time may disagree by this much before we believe that the machine slept or was set. */
const JUMP_MS = 2_000;

/**
 * The server's time on this board.
 *
 * Anchored on the monotonic clock; the board's own clock is only a hint. Before the server was heard it is a
 * guess, never earlier than the last time the server is known to have had.
 */
export class Clock {
  private anchor: number;
  private samples: Sample[] = [];
  private last = 0;
  private lastMono: number;
  private lastWall: number;
  quality: "good" | "guessed" = "guessed";

  constructor(
    private readonly clocks: Clocks,
    private readonly known: KnownTime | null,
  ) {
    this.lastMono = clocks.mono();
    this.lastWall = clocks.wall();
    this.anchor = this.guess() - this.lastMono;
  }

  /** A correction that small is waited for, not stepped back over: a slide would be shown twice. */
  now(): number {
    const now = Math.round(this.anchor + this.clocks.mono());
    const back = this.last - now;
    if (back > 0 && back < STEP_MS) return this.last;
    this.last = now;
    return now;
  }

  /** How far the server is ahead of the board's own clock. */
  get offsetMs(): number {
    return this.now() - this.clocks.wall();
  }

  get knownTime(): KnownTime {
    return { serverMs: this.now(), wallMs: this.clocks.wall() };
  }

  /** Takes in one question to the server: asked and answered by the monotonic clock. */
  heard(askedAt: number, answeredAt: number, serverMs: number): void {
    const sample = {
      at: answeredAt,
      offset: serverMs - (askedAt + answeredAt) / 2,
      roundTrip: answeredAt - askedAt,
    };
    const good = this.samples.filter((old) => answeredAt - old.at < SAMPLE_AGE_MS && agree(old, sample));
    this.samples = good.concat(sample).slice(-SAMPLES);
    this.anchor = estimate(this.samples);
    this.quality = "good";
  }

  /** To be called about once a second. True when the machine slept or its clock was set: ask the server again. */
  jumped(): boolean {
    const mono = this.clocks.mono();
    const wall = this.clocks.wall();
    const gap = wall - this.lastWall - (mono - this.lastMono);
    this.lastMono = mono;
    this.lastWall = wall;
    if (Math.abs(gap) < JUMP_MS) return false;
    this.samples = [];
    // Asleep, or set right. Until the server answers, forward is the better guess and back is never taken.
    if (gap > 0 && this.quality === "guessed") this.anchor = Math.max(this.anchor, this.guess() - mono);
    else if (gap > 0 && gap < LONGEST_SLEEP_MS) this.anchor += gap;
    this.quality = "guessed";
    return true;
  }

  private guess(): number {
    const wall = this.clocks.wall();
    if (!this.known) return Math.max(wall, EARLIEST_MS);
    const shifted = wall + this.known.serverMs - this.known.wallMs;
    return Math.max(shifted, this.known.serverMs, EARLIEST_MS);
  }
}

/** A reading is wrong by half its round trip at most. If two differ by more, the server's clock was set between. */
function agree(one: Sample, other: Sample): boolean {
  return Math.abs(one.offset - other.offset) < (one.roundTrip + other.roundTrip) / 2 + DRIFT_MS;
}

/** The samples with the shortest round trips lie least: their error is at most half of it. */
function estimate(samples: readonly Sample[]): number {
  const best = samples
    .slice()
    .sort((a, b) => a.roundTrip - b.roundTrip)
    .slice(0, BEST);
  return best.reduce((sum, { offset }) => sum + offset, 0) / best.length;
}
