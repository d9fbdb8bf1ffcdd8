import { beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "./clock";
import type { Log, Open } from "./log";
import type { Slide } from "./manifest";
import { Witness } from "./witness";

const SLIDE = { asset: "ast_1", duration_ms: 10_000 } as Slide;

class FakeLog {
  ended: (Open | null)[] = [];
  kept: Open | null = null;
  open = async (): Promise<Open | null> => this.kept;
  note = async (open: Open): Promise<void> => {
    this.kept = open;
  };
  turn = async (ended: Open | null, begun: Open | null): Promise<void> => {
    this.ended.push(ended);
    this.kept = begun;
  };
}

let now = 0;
let log: FakeLog;

function witness(quality = "good"): Witness {
  const clock = { now: () => now, quality } as unknown as Clock;
  return new Witness(log as unknown as Log, clock, () => now);
}

function show(seen: Witness, startMs: number, slide: Slide | null = SLIDE, partWay = false): void {
  const play = {
    slide: "s1",
    schedule: "sch_1",
    role: "rotation",
    startMs,
    endMs: startMs + 10_000,
  } as const;
  seen.appeared({ play, slide, sinceMs: now, partWay });
}

beforeEach(() => {
  now = 100_000;
  log = new FakeLog();
});

describe("the witness", () => {
  it("counts a play when it ends, whole or cut", () => {
    const seen = witness();
    show(seen, 100_000);
    now = 110_000;
    show(seen, 110_000);
    now = 114_000;
    show(seen, 114_000, null);
    expect(log.ended).toMatchObject([null, { shownMs: 10_000, cut: false }, { shownMs: 4_000, cut: true }]);
  });

  it("goes on with the play that was on before a reload, and counts it once", async () => {
    const before = witness();
    show(before, 100_000);
    now = 104_000;
    before.note();
    now = 105_000;
    const after = witness();
    await after.resume();
    show(after, 100_000, SLIDE, true);
    now = 110_000;
    show(after, 110_000);
    expect(log.ended.filter(Boolean)).toMatchObject([{ startMs: 100_000, shownMs: 9_000 }]);
  });

  it("closes a play that a power cut ended, at what is known of it", async () => {
    const before = witness();
    show(before, 100_000);
    now = 104_000;
    before.note();
    now = 500_000;
    const after = witness();
    await after.resume();
    show(after, 500_000);
    expect(log.ended[1]).toMatchObject({ shownMs: 4_000, endMs: 104_000, cut: true });
  });

  it("marks guessed time, and lateness only where a slide began late", () => {
    now = 100_300;
    show(witness("guessed"), 100_000);
    expect(log.kept).toMatchObject({ guessed: true, lateMs: 300 });
    show(witness(), 95_000, SLIDE, true);
    expect(log.kept).toMatchObject({ guessed: false, lateMs: 0 });
  });
});
