import type { Clock } from "./clock";
import type { Showing } from "./director";
import type { Log, Open } from "./log";

/** A play that missed more than this of its duration was cut. */
const CUT_MS = 250;

/** Watches the glass and tells the log what was shown, for how long, and whether it was whole. */
export class Witness {
  private open: Open | null = null;
  /** What was on when the page last ended, until it is known whether it goes on. */
  private left: Open | null = null;
  private seenMono = 0;

  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
    private readonly mono: () => number,
  ) {}

  /** To be awaited before the first picture. */
  async resume(): Promise<void> {
    this.left = (await this.log.open().catch(() => undefined)) || null;
  }

  appeared({ play, slide, partWay }: Showing): void {
    const now = this.clock.now();
    const ended = this.left || (this.open && this.grown(this.open, now));
    const begun: Open | null = slide && {
      asset: slide.asset,
      schedule: play.schedule || "",
      role: play.role,
      guessed: this.clock.quality === "guessed",
      startMs: now,
      endMs: now,
      shownMs: 0,
      cut: true,
      lateMs: partWay ? 0 : Math.max(0, now - play.startMs),
      plannedMs: play.startMs,
      durationMs: slide.duration_ms,
    };
    this.seenMono = this.mono();
    if (this.left && begun && continues(this.left, begun)) {
      this.open = Object.assign({}, this.left, { endMs: now });
      this.left = null;
      return;
    }
    this.left = null;
    this.open = begun;
    this.log.turn(ended, begun).catch(() => undefined);
  }

  /** To be called every few seconds: what a power cut takes is at most what came after. */
  note(): void {
    if (!this.open) return;
    this.open = this.grown(this.open, this.clock.now());
    this.log.note(this.open).catch(() => undefined);
  }

  private grown(open: Open, now: number): Open {
    const mono = this.mono();
    const shownMs = open.shownMs + mono - this.seenMono;
    this.seenMono = mono;
    const cut = shownMs < open.durationMs - CUT_MS;
    return Object.assign({}, open, { endMs: Math.max(open.endMs, now), shownMs, cut });
  }
}

function continues(left: Open, begun: Open): boolean {
  return left.plannedMs === begun.plannedMs && left.asset === begun.asset && left.schedule === begun.schedule;
}
