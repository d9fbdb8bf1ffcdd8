import type { Slide } from "./manifest";
import type { Programme } from "./plan";
import type { Play } from "./playout";

/** Stands where a play names its schedule, for slides an operator sent to the screen by hand. */
export const SHOWN_BY_HAND = "show_now";

/** Slides shown once, in order, from an instant on; after them it has nothing to say. */
export class Show implements Programme {
  private readonly plays: Play[] = [];

  constructor(
    order: readonly string[],
    private readonly slides: { readonly [id: string]: Slide },
    startMs: number,
  ) {
    let at = startMs;
    for (const id of order) {
      const slide = slides[id];
      if (!slide) continue;
      const endMs = at + slide.duration_ms;
      this.plays.push({ slide: id, schedule: SHOWN_BY_HAND, role: "takeover", startMs: at, endMs });
      at = endMs;
    }
  }

  at(ms: number): Play | null {
    return this.plays.filter((play) => play.startMs <= ms && ms < play.endMs)[0] || null;
  }

  slide(id: string): Slide | undefined {
    return this.slides[id];
  }
}
