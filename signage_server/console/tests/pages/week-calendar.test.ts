/** A week as a calendar: edges, short stretches, days whose clock is changed. */

import { describe, expect, it } from "vitest";
import type { Stretch } from "../../src/api/generated";
import { busyHours, calendarOf, moved, nowIn, spreadOut, wholeDay } from "../../src/pages/week/calendar";
import { addDays, isDay, minuteOf, wallOf } from "../../src/pages/week/days";

const days = [
  "2026-11-23",
  "2026-11-24",
  "2026-11-25",
  "2026-11-26",
  "2026-11-27",
  "2026-11-28",
  "2026-11-29",
];

/** Stretches of a day from their edges; `offset` hours ahead of UTC. */
function ofDay(day: string, walls: readonly string[], offset = 7): Stretch[] {
  const instant = (wall: string) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + minuteOf(wall) * 60_000 - offset * 3_600_000).toISOString();
  return walls.slice(1).map((to, index) => {
    const from = walls[index] ?? "00:00";
    return stretch(day, from, to, instant(from), instant(to));
  });
}

function stretch(day: string, from_wall: string, to_wall: string, start: string, end: string): Stretch {
  return { day, from_wall, to_wall, start, end, basis: "planned", kind: "play", tracks: [], reminders: [] };
}

const rounded = (numbers: readonly number[]) => numbers.map((number) => Math.round(number * 100) / 100);

describe("a day in its column", () => {
  it("stands where its wall times are, edge on edge", () => {
    const week = calendarOf(days, ofDay("2026-11-24", ["00:00", "06:00", "18:00", "24:00"]), wholeDay, 40);
    expect(week.heightPx).toBe(960);
    const blocks = week.columns[1]?.blocks ?? [];
    expect(rounded(blocks.flatMap(({ top, height }) => [top, height]))).toEqual([0, 25, 25, 50, 75, 25]);
    expect(week.columns[0]?.blocks).toEqual([]);
  });

  it("gives a stretch of two minutes the height of a line and moves only what is near it", () => {
    const week = calendarOf(
      days,
      ofDay("2026-11-24", ["00:00", "06:00", "06:02", "20:00", "24:00"]),
      wholeDay,
      40,
    );
    const blocks = week.columns[1]?.blocks ?? [];
    expect(blocks[1]?.heightPx).toBe(24);
    expect(blocks[3]?.top).toBeCloseTo((100 * 20) / 24);
    for (const [index, block] of blocks.entries()) {
      const next = blocks[index + 1];
      if (next) expect(block.top + block.height).toBeCloseTo(next.top);
    }
  });

  it("grows where a day has more stretches than lines", () => {
    const many = Array.from({ length: 97 }, (_, index) => wallOf(index * 15)).slice(0, 96);
    const week = calendarOf(days, ofDay("2026-11-24", [...many, "24:00"]), wholeDay, 10);
    expect(week.heightPx).toBe(96 * 24);
    for (const { heightPx } of week.columns[1]?.blocks ?? []) expect(heightPx).toBeCloseTo(24);
  });

  it("cuts what reaches beyond the hours shown, and leaves out what is outside", () => {
    const hours = { from: 6 * 60, to: 20 * 60 };
    const week = calendarOf(days, ofDay("2026-11-24", ["00:00", "05:00", "07:00", "24:00"]), hours, 60);
    const blocks = week.columns[1]?.blocks ?? [];
    expect(blocks.map(({ stretch }) => stretch.from_wall)).toEqual(["05:00", "07:00"]);
    expect(rounded(blocks.map(({ top }) => top))).toEqual([0, 7.14]);
  });

  it("lets an overnight stretch stand on both of its days, cut at midnight by the server", () => {
    const night = [
      ...ofDay("2026-11-24", ["00:00", "22:00", "24:00"]),
      ...ofDay("2026-11-25", ["00:00", "05:00", "24:00"]),
    ];
    const week = calendarOf(days, night, wholeDay, 40);
    expect(week.columns[1]?.blocks.at(-1)?.top).toBeCloseTo((100 * 22) / 24);
    expect(week.columns[2]?.blocks[0]?.height).toBeCloseTo((100 * 5) / 24);
  });
});

describe("a day whose clock is changed", () => {
  const day = "2026-11-01";
  const autumn = [day];

  it("of 25 hours never runs backwards, and is said to be longer", () => {
    // New York: 01:30 comes twice; the second stretch begins in the first pass and ends in the second.
    const stretches = [
      stretch(day, "00:00", "01:30", "2026-11-01T04:00:00Z", "2026-11-01T05:30:00Z"),
      stretch(day, "01:30", "01:15", "2026-11-01T05:30:00Z", "2026-11-01T06:15:00Z"),
      stretch(day, "01:15", "24:00", "2026-11-01T06:15:00Z", "2026-11-02T05:00:00Z"),
    ];
    const [column] = calendarOf(autumn, stretches, wholeDay, 40).columns;
    expect(column?.lengthMs).toBe(25 * 3_600_000);
    const tops = column?.blocks.map(({ top }) => top) ?? [];
    expect(tops).toHaveLength(3);
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
    // The stretch of the hour that comes twice stands around 01:30, where it begins.
    const twice = column?.blocks[1];
    expect((twice?.top ?? 0) + (twice?.height ?? 0) / 2).toBeCloseTo((100 * 1.5) / 24);
    for (const { heightPx } of column?.blocks ?? []) expect(heightPx).toBeGreaterThanOrEqual(24 - 1e-9);
  });

  it("of 23 hours leaves no hole where the hour is missing", () => {
    const spring = "2026-03-08";
    const stretches = [
      stretch(spring, "00:00", "02:00", "2026-03-08T05:00:00Z", "2026-03-08T07:00:00Z"),
      stretch(spring, "03:00", "24:00", "2026-03-08T07:00:00Z", "2026-03-09T04:00:00Z"),
    ];
    const [column] = calendarOf([spring], stretches, wholeDay, 40).columns;
    expect(column?.lengthMs).toBe(23 * 3_600_000);
    expect(column?.blocks[1]?.top).toBeCloseTo((100 * 3) / 24);
  });
});

describe("edges that are moved apart", () => {
  it("stay where they are while there is room", () => {
    expect(spreadOut([0, 100, 200, 300], [24, 24, 24], 300)).toEqual([0, 100, 200, 300]);
  });

  it("keep their distance, in order, inside the column", () => {
    const spread = spreadOut([0, 290, 295, 298, 300], [24, 24, 24, 24], 300);
    expect(spread[0]).toBeCloseTo(0);
    expect(spread.at(-1)).toBeCloseTo(300);
    for (let index = 1; index < spread.length; index++)
      expect((spread[index] ?? 0) - (spread[index - 1] ?? 0)).toBeGreaterThanOrEqual(24 - 1e-9);
  });

  it("give way to both sides of a crowd alike", () => {
    const spread = spreadOut([0, 149, 150, 151, 300], [0, 24, 24, 0], 300);
    expect(spread[2]).toBeCloseTo(150);
  });
});

describe("the hours with changes", () => {
  it("are those between the first and the last change, with an hour around them", () => {
    expect(busyHours(ofDay("2026-11-24", ["00:00", "07:30", "17:00", "24:00"]))).toEqual({
      from: 360,
      to: 1080,
    });
  });

  it("are the whole day where that would save little, or where nothing changes", () => {
    expect(busyHours(ofDay("2026-11-24", ["00:00", "01:00", "23:00", "24:00"]))).toBe(wholeDay);
    expect(busyHours(ofDay("2026-11-24", ["00:00", "24:00"]))).toBe(wholeDay);
  });
});

describe("now", () => {
  it("is told by instants, not by this computer's time zone", () => {
    const week = calendarOf(days, ofDay("2026-11-24", ["00:00", "24:00"], -3.5), wholeDay, 40);
    const column = week.columns[1];
    if (!column) throw new Error("there is a Tuesday");
    expect(nowIn(column, Date.parse("2026-11-24T15:30:00Z"))).toBeCloseTo(50);
    expect(nowIn(column, Date.parse("2026-11-25T03:30:00Z"))).toBeNull();
  });
});

describe("arrow keys", () => {
  const { columns } = calendarOf(
    days,
    [
      ...ofDay("2026-11-23", ["00:00", "08:00", "24:00"]),
      ...ofDay("2026-11-25", ["00:00", "06:00", "12:00", "24:00"]),
    ],
    wholeDay,
    40,
  );

  it("go up and down within a day and stop at its ends", () => {
    expect(moved(columns, { day: 2, block: 0 }, "ArrowDown")).toEqual({ day: 2, block: 1 });
    expect(moved(columns, { day: 2, block: 0 }, "ArrowUp")).toBeNull();
    expect(moved(columns, { day: 2, block: 2 }, "ArrowDown")).toBeNull();
    expect(moved(columns, { day: 2, block: 0 }, "End")).toEqual({ day: 2, block: 2 });
  });

  it("go sideways to what plays at that time, over days without anything", () => {
    expect(moved(columns, { day: 0, block: 1 }, "ArrowRight")).toEqual({ day: 2, block: 2 });
    expect(moved(columns, { day: 2, block: 1 }, "ArrowLeft")).toEqual({ day: 0, block: 1 });
    expect(moved(columns, { day: 2, block: 1 }, "ArrowRight")).toBeNull();
  });
});

describe("days", () => {
  it("are counted without a time zone", () => {
    expect(addDays("2026-12-29", 7)).toBe("2027-01-05");
    expect(addDays("2028-03-01", -1)).toBe("2028-02-29");
  });

  it("are known from other texts", () => {
    expect(["2026-11-24", "2026-02-30", "24/11/2026", "", null].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
