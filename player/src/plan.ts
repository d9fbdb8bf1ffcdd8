import { type Manifest, type Slide, slotAt } from "./manifest";
import { type Play, Playout } from "./playout";

/** Something that says what plays at an instant: a manifest, or a show laid over it. */
export interface Programme {
  at(ms: number): Play | null;
  slide(id: string): Slide | undefined;
}

/** One manifest, ready to be played. */
export class Plan implements Programme {
  private readonly now: Playout;
  // A cursor of its own, so that looking ahead never sends the other one back to midnight.
  private readonly ahead: Playout;

  constructor(
    readonly digest: string,
    readonly manifest: Manifest,
  ) {
    this.now = new Playout(manifest);
    this.ahead = new Playout(manifest);
  }

  at(ms: number): Play {
    return this.now.at(ms);
  }

  after(play: Play): Play {
    return this.ahead.at(play.endMs);
  }

  slide(id: string): Slide | undefined {
    return this.manifest.slides[id];
  }

  /** The hour of the screen's own day, as far as the plan reaches. */
  hour(ms: number): number | null {
    const slot = slotAt(this.manifest.slots, ms);
    return slot ? (ms - slot[2]) / 3_600_000 : null;
  }

  /** The schedules that have taken over the screen at an instant. */
  takeovers(ms: number): string[] {
    const slot = slotAt(this.manifest.slots, ms);
    const loop = slot && this.manifest.loops[slot[1]];
    if (!loop || "off" in loop) return [];
    return loop.tracks.filter((track) => track.role === "takeover").map((track) => track.schedule);
  }
}

/** Whether `next` has a takeover on air that `current` has not: that one does not wait for a slide to end. */
export function takesOverAtOnce(next: Plan, current: Plan, ms: number): boolean {
  const known = current.takeovers(ms);
  return next.takeovers(ms).some((schedule) => known.indexOf(schedule) < 0);
}
