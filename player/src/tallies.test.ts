import { describe, expect, it } from "vitest";
import { add, QUARTER_MS, type Shown, tallyId } from "./tallies";

const START = 1_600_000 * QUARTER_MS;

function shown(fields: Partial<Shown> = {}): Shown {
  const startMs = fields.startMs === undefined ? START + 1_000 : fields.startMs;
  const known = {
    asset: "ast_1",
    schedule: "sch_1",
    role: "rotation",
    guessed: false,
    cut: false,
    lateMs: 4,
  };
  return { ...known, startMs, endMs: startMs + 10_000, shownMs: 10_000.4, ...fields };
}

describe("a tally", () => {
  it("is named by its quarter hour, asset, schedule, role and whether the time was guessed", () => {
    expect(tallyId(shown())).toBe(`${START}/ast_1/sch_1/rotation/0`);
    expect(tallyId(shown({ guessed: true, startMs: START + QUARTER_MS }))).toBe(
      `${START + QUARTER_MS}/ast_1/sch_1/rotation/1`,
    );
  });

  it("adds up, and every field only grows", () => {
    const one = add(undefined, shown());
    expect(one).toMatchObject({ plays: 1, shown_ms: 10_000, cuts: 0, late_ms: 4, longest_gap_ms: 0 });
    const two = add(
      one,
      shown({ startMs: START + 500, shownMs: 3_000, endMs: START + 3_500, cut: true, lateMs: 1 }),
    );
    expect(two).toMatchObject({
      plays: 2,
      shown_ms: 13_000,
      first_ms: START + 500,
      last_ms: START + 11_000,
      cuts: 1,
      late_ms: 4,
    });
  });

  it("keeps the longest gap from one start to the next", () => {
    const one = add(undefined, shown({ startMs: START + 60_000 }), START - 840_000);
    expect(one.longest_gap_ms).toBe(900_000);
    expect(add(one, shown({ startMs: START + 80_000 }), START + 60_000).longest_gap_ms).toBe(900_000);
  });
});
