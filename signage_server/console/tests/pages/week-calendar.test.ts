/** A week as a calendar: edges, short stretches, days whose clock is changed. */

import { describe, expect, it } from "vitest";
import type { Stretch } from "../../src/api/generated";
import { busyHours, calendarOf, moved, nowIn, spansOf } from "../../src/pages/week/calendar";
import { addDays, isDay, minuteOf, wallOf } from "../../src/pages/week/days";
import {
  fittedScale,
  type Hours,
  labelledHours,
  placeOf,
  scaleOf,
  sharedScale,
  wholeDay,
} from "../../src/pages/week/scale";
import { inWholeMinutes } from "../../src/pages/week/stretches";

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

/** A week on a scale of its own. */
function laidOut(of: readonly string[], stretches: readonly Stretch[], hours: Hours, hourPx: number) {
  return calendarOf(of, stretches, scaleOf(spansOf([stretches], hours), hours, hourPx, 24));
}

const rounded = (numbers: readonly number[]) => numbers.map((number) => Math.round(number * 100) / 100);

describe("a day in its column", () => {
  it("stands where its wall times are, edge on edge", () => {
    const week = laidOut(days, ofDay("2026-11-24", ["00:00", "06:00", "18:00", "24:00"]), wholeDay, 40);
    expect(week.scale.heightPx).toBe(960);
    const blocks = week.columns[1]?.blocks ?? [];
    expect(rounded(blocks.flatMap(({ top, height }) => [top, height]))).toEqual([0, 25, 25, 50, 75, 25]);
    expect(week.columns[0]?.blocks).toEqual([]);
  });

  it("gives a stretch of two minutes the height of a line, and the hours after it move with their labels", () => {
    const stretches = ofDay("2026-11-24", ["00:00", "06:00", "06:02", "20:00", "24:00"]);
    const week = laidOut(days, stretches, wholeDay, 40);
    const blocks = week.columns[1]?.blocks ?? [];
    expect(blocks[1]?.heightPx).toBeCloseTo(24);
    expect(week.scale.heightPx).toBeCloseTo(960 - 80 / 60 + 24);
    expect(blocks[3]?.top).toBeCloseTo(placeOf(week.scale, 20 * 60));
  });

  it("grows where a day has more stretches than lines", () => {
    const many = Array.from({ length: 97 }, (_, index) => wallOf(index * 15)).slice(0, 96);
    const week = laidOut(days, ofDay("2026-11-24", [...many, "24:00"]), wholeDay, 10);
    expect(week.scale.heightPx).toBe(96 * 24);
    for (const { heightPx } of week.columns[1]?.blocks ?? []) expect(heightPx).toBeCloseTo(24);
  });

  it("cuts what reaches beyond the hours shown, and leaves out what is outside", () => {
    const hours = { from: 6 * 60, to: 20 * 60 };
    const week = laidOut(days, ofDay("2026-11-24", ["00:00", "05:00", "07:00", "24:00"]), hours, 60);
    const blocks = week.columns[1]?.blocks ?? [];
    expect(blocks.map(({ stretch }) => stretch.from_wall)).toEqual(["05:00", "07:00"]);
    expect(rounded(blocks.map(({ top }) => top))).toEqual([0, 7.14]);
  });

  it("lets an overnight stretch stand on both of its days, cut at midnight by the server", () => {
    const night = [
      ...ofDay("2026-11-24", ["00:00", "22:00", "24:00"]),
      ...ofDay("2026-11-25", ["00:00", "05:00", "24:00"]),
    ];
    const week = laidOut(days, night, wholeDay, 40);
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
    const { columns, scale } = laidOut(autumn, stretches, wholeDay, 40);
    const [column] = columns;
    expect(column?.lengthMs).toBe(25 * 3_600_000);
    const tops = column?.blocks.map(({ top }) => top) ?? [];
    expect(tops).toHaveLength(3);
    expect([...tops].sort((a, b) => a - b)).toEqual(tops);
    // The stretch of the hour that comes twice stands at 01:30, where it begins.
    expect(column?.blocks[1]?.stretch.from_wall).toBe("01:30");
    expect(column?.blocks[1]?.top).toBeCloseTo(placeOf(scale, 90));
    for (const { heightPx } of column?.blocks ?? []) expect(heightPx).toBeGreaterThanOrEqual(24 - 1e-9);
  });

  it("of 23 hours leaves no hole where the hour is missing", () => {
    const spring = "2026-03-08";
    const stretches = [
      stretch(spring, "00:00", "02:00", "2026-03-08T05:00:00Z", "2026-03-08T07:00:00Z"),
      stretch(spring, "03:00", "24:00", "2026-03-08T07:00:00Z", "2026-03-09T04:00:00Z"),
    ];
    const { columns, scale } = laidOut([spring], stretches, wholeDay, 40);
    const [column] = columns;
    expect(column?.lengthMs).toBe(23 * 3_600_000);
    expect(column?.blocks[1]?.top).toBeCloseTo(placeOf(scale, 180));
  });
});

describe("the scale of a week", () => {
  const busy = ofDay("2026-11-23", ["00:00", "17:05", "17:14", "17:15", "17:20", "17:23", "18:00", "24:00"]);
  const calm = ofDay("2026-11-24", ["00:00", "08:00", "17:05", "17:14", "24:00"]);

  it("is the same in every column: one time stands at one height", () => {
    const { columns, scale } = laidOut(days, [...busy, ...calm], wholeDay, 38);
    for (const { blocks } of columns)
      for (const { stretch, top, height, heightPx } of blocks) {
        expect(top).toBeCloseTo(placeOf(scale, minuteOf(stretch.from_wall)));
        expect(top + height).toBeCloseTo(placeOf(scale, minuteOf(stretch.to_wall)));
        expect(heightPx).toBeGreaterThanOrEqual(24 - 1e-9);
      }
  });

  it("leaves an hour without short stretches as tall as it is", () => {
    const scale = scaleOf(spansOf([busy], wholeDay), wholeDay, 38, 24);
    const px = (minute: number) => (placeOf(scale, minute) * scale.heightPx) / 100;
    expect(px(17 * 60)).toBeCloseTo(17 * 38);
    expect(px(20 * 60) - px(19 * 60)).toBeCloseTo(38);
    expect(px(18 * 60) - px(17 * 60)).toBeGreaterThan(3 * 24);
  });

  it("is shared by the groups of a page, but where one would be blown up for the others", () => {
    const make = (spans: Parameters<typeof scaleOf>[0]) => scaleOf(spans, wholeDay, 38, 24);
    const groups = [spansOf([busy], wholeDay), spansOf([calm], wholeDay)];
    expect(sharedScale(groups, make)?.heightPx).toBe(make(groups.flat()).heightPx);
    const walls = [...Array.from({ length: 96 }, (_, index) => wallOf(index * 15)), "24:00"];
    expect(
      sharedScale([spansOf([ofDay("2026-11-25", walls)], wholeDay), spansOf([calm], wholeDay)], make),
    ).toBeNull();
  });

  it("fits a sheet as long as there is a line for each stretch", () => {
    const scale = fittedScale(spansOf([busy, calm], wholeDay), wholeDay, 540, 18);
    expect(scale.heightPx).toBeLessThanOrEqual(540);
    expect(scale.heightPx).toBeGreaterThan(535);
    expect(
      ((placeOf(scale, 17 * 60 + 14) - placeOf(scale, 17 * 60 + 5)) * scale.heightPx) / 100,
    ).toBeGreaterThan(18 - 1e-6);
    const labels = labelledHours(scale, 12).map(({ top }) => (top * scale.heightPx) / 100);
    for (const [index, px] of labels.slice(1).entries())
      expect(px - (labels[index] ?? 0)).toBeGreaterThanOrEqual(12);
  });
});

describe("a week that is cut at now", () => {
  const day = "2026-11-24";
  const whole = ofDay(day, ["00:00", "17:05", "17:23", "24:00"]);
  const cutAt = (instant: string, wall: string) =>
    whole.flatMap((one) =>
      one.start < instant && instant < one.end
        ? [
            { ...one, end: instant, to_wall: wall, basis: "proved" as const },
            { ...one, start: instant, from_wall: wall },
          ]
        : [one],
    );

  it("has no stretch of less than a minute before or after the cut", () => {
    const edges = (stretches: readonly Stretch[]) =>
      stretches.map((one) => `${one.from_wall}-${one.to_wall}`);
    const told = ["00:00-17:05", "17:05-17:23", "17:23-24:00"];
    expect(edges(inWholeMinutes(cutAt("2026-11-24T10:23:20.000Z", "17:23")))).toEqual(told);
    expect(edges(inWholeMinutes(cutAt("2026-11-24T10:22:40.000Z", "17:22")))).toEqual(told);
    expect(edges(inWholeMinutes(cutAt("2026-11-24T10:13:00.000Z", "17:13")))).toEqual([
      "00:00-17:05",
      "17:05-17:13",
      "17:13-17:23",
      "17:23-24:00",
    ]);
  });

  it("keeps an hour that comes twice, though it ends when it begins by the clock on the wall", () => {
    const twice = stretch(day, "01:00", "01:00", "2026-11-24T05:00:00Z", "2026-11-24T06:00:00Z");
    expect(inWholeMinutes([twice])).toEqual([twice]);
  });

  it("shows now at its wall time on the scale", () => {
    const week = laidOut(days, whole, wholeDay, 38);
    const column = week.columns[1];
    if (!column) throw new Error("there is a Tuesday");
    expect(nowIn(column, week.scale, Date.parse("2026-11-24T10:14:00Z"))).toBeCloseTo(
      placeOf(week.scale, 17 * 60 + 14),
    );
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
    const week = laidOut(days, ofDay("2026-11-24", ["00:00", "24:00"], -3.5), wholeDay, 40);
    const column = week.columns[1];
    if (!column) throw new Error("there is a Tuesday");
    expect(nowIn(column, week.scale, Date.parse("2026-11-24T15:30:00Z"))).toBeCloseTo(50);
    expect(nowIn(column, week.scale, Date.parse("2026-11-25T03:30:00Z"))).toBeNull();
  });
});

describe("arrow keys", () => {
  const { columns } = laidOut(
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
