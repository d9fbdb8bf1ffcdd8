import { describe, expect, it } from "vitest";
import { addDays, weekdayOf, weekdays } from "../../src/pages/schedules/civil";
import {
  daily,
  formatRule,
  isSame,
  isWhole,
  lastDate,
  matchPreset,
  moved,
  parseRule,
  presetRepeat,
  presetsFor,
  type Repeat,
  seldomDates,
} from "../../src/pages/schedules/repeat";

const first = "2026-11-24"; // the fourth Tuesday of November, which is also the last
const rule = (repeat: Repeat, count: number | null = null, until: string | null = null) =>
  formatRule({ repeat, count, until });

/** Some of every shape the form can make. */
function* shapes(): Generator<Repeat> {
  const base = daily(first);
  for (const every of [1, 2, 3, 12, 999]) {
    yield { ...base, unit: "day", every };
    // Every set of weekdays but the empty one and, each week, the whole week (which is every day).
    for (let set = 1; set < 128; set += 1) {
      const chosen = weekdays.filter((_, index) => set & (1 << index));
      if (every > 1 || chosen.length < 7) yield { ...base, unit: "week", every, weekdays: chosen };
    }
    for (const unit of ["month", "year"] as const) {
      for (const month of unit === "year" ? [1, 2, 12] : [base.month]) {
        for (const nth of [1, 2, 3, 4, 5, -1])
          for (const weekday of [...weekdays, "working"] as const)
            yield { ...base, unit, every, month, by: "weekday", nth, weekday };
        for (const dates of [[1], [31], [1, 15], [15, 28, 31]])
          yield { ...base, unit, every, month, by: "date", dates };
      }
    }
    yield { ...base, unit: "month", every, dates: [lastDate] };
    yield { ...base, unit: "month", every, dates: [lastDate, 15] };
  }
}

describe("a repetition", () => {
  it("is read from its rule as it was written, in every shape and with every end", () => {
    let seen = 0;
    for (const repeat of shapes()) {
      for (const [count, until] of [
        [null, null],
        [5, null],
        [null, "2027-02-28"],
      ] as const) {
        const text = rule(repeat, count, until);
        const read = parseRule(text, first);
        expect([text, read && isSame(read.repeat, repeat), read?.count, read?.until]).toEqual([
          text,
          true,
          count,
          until,
        ]);
        expect(read && formatRule(read)).toBe(text);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(3000);
  });

  it("is written in the server's own order of parts", () => {
    expect(rule(daily(first))).toBeNull();
    expect(rule({ ...daily(first), unit: "month", every: 2, by: "weekday", nth: -1, weekday: "FR" }, 6)).toBe(
      "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=-1FR",
    );
    expect(rule({ ...daily(first), unit: "year" }, null, "2030-11-24")).toBe(
      "FREQ=YEARLY;UNTIL=20301124;BYMONTH=11;BYMONTHDAY=24",
    );
  });

  it.each([
    ["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU"],
    ["FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=24"],
    ["FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24"],
    ["RRULE:freq=weekly;byday=fr,mo;", "FREQ=WEEKLY;BYDAY=MO,FR"],
    ["FREQ=DAILY;BYDAY=SA,SU", "FREQ=WEEKLY;BYDAY=SA,SU"],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", null],
    ["FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=-1FR"],
    ["FREQ=MONTHLY;BYDAY=FR,TH,WE,TU,MO;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"],
    ["FREQ=MONTHLY;BYDAY=+2MO", "FREQ=MONTHLY;BYDAY=2MO"],
    ["FREQ=WEEKLY;BYDAY=TU;WKST=SU", "FREQ=WEEKLY;BYDAY=TU"],
    ["FREQ=DAILY;UNTIL=20261231T235959Z", "FREQ=DAILY;UNTIL=20261231"],
  ])("%s means %s", (text, same) => {
    const read = parseRule(text, first);
    expect(read && formatRule(read)).toBe(same);
  });

  it.each([
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=TU",
    "FREQ=MONTHLY;BYDAY=2FR;BYSETPOS=1",
    "FREQ=MONTHLY;BYMONTHDAY=-2",
    "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
    "FREQ=YEARLY;BYDAY=20MO",
    "FREQ=YEARLY;BYMONTHDAY=5",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
    "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1",
    "FREQ=YEARLY;BYWEEKNO=20",
    "FREQ=DAILY;BYMONTH=1",
    "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
    "FREQ=HOURLY",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;UNTIL=20260230",
    "nonsense",
  ])("a rule that the form cannot say is left alone: %s", (text) => {
    expect(parseRule(text, first)).toBeNull();
  });

  it("is whole only when it names a day", () => {
    expect(isWhole({ ...daily(first), unit: "week", weekdays: [] })).toBe(false);
    expect(isWhole({ ...daily(first), unit: "month", dates: [] })).toBe(false);
    expect(isWhole({ ...daily(first), every: Number.NaN })).toBe(false);
    for (const repeat of shapes()) expect(isWhole(repeat)).toBe(true);
  });

  it("says which dates a month may not have", () => {
    expect(seldomDates(presetRepeat("monthlyDate", "2026-12-31"))).toEqual([31]);
    expect(seldomDates(presetRepeat("monthlyLastDate", "2026-12-31"))).toEqual([]);
    expect(seldomDates(presetRepeat("yearly", "2028-02-29"))).toEqual([29]);
    expect(seldomDates(presetRepeat("yearly", "2028-12-31"))).toEqual([]);
  });
});

/** A second opinion, written the other way round: whether a repetition names a day. */
function names(repeat: Repeat, day: string): boolean {
  const [, month, date] = day.split("-").map(Number);
  const within = [1, 2, 3, 4, 5].find((n) => addDays(day, -7 * n).slice(5, 7) !== day.slice(5, 7));
  const isLast = addDays(day, 7).slice(5, 7) !== day.slice(5, 7);
  const lastOfMonth = addDays(day, 1).endsWith("-01");
  if (repeat.unit === "day") return true;
  if (repeat.unit === "week") return repeat.weekdays.includes(weekdayOf(day));
  if (repeat.unit === "year" && repeat.month !== month) return false;
  if (repeat.by === "date")
    return repeat.dates.some((one) => one === date || (one === lastDate && lastOfMonth));
  return repeat.weekday === weekdayOf(day) && (repeat.nth === -1 ? isLast : repeat.nth === within);
}

describe("presets", () => {
  const days = Array.from({ length: 1500 }, (_, index) => addDays("2026-01-01", index));

  it("all but working days and weekends name the first day they were made for, whatever day that is", () => {
    for (const day of days)
      for (const preset of presetsFor(day)) {
        if (preset === "working" || preset === "weekend") continue;
        expect([day, preset, names(presetRepeat(preset, day), day)]).toEqual([day, preset, true]);
      }
  });

  it("are found again from their rule, and no two of them are the same", () => {
    for (const day of days) {
      const offered = presetsFor(day);
      for (const preset of offered) {
        const read = parseRule(rule(presetRepeat(preset, day)), day);
        expect([day, preset, read && matchPreset(read.repeat, day)]).toEqual([day, preset, preset]);
      }
      expect(new Set(offered.map((preset) => rule(presetRepeat(preset, day)))).size).toBe(offered.length);
    }
  });

  it("offer the fourth and the last Tuesday where both are the same day", () => {
    expect(presetsFor(first)).toEqual([
      "daily",
      "working",
      "weekend",
      "weekly",
      "monthlyDate",
      "monthlyNth",
      "monthlyLast",
      "yearly",
    ]);
    expect(presetsFor("2026-12-01")).not.toContain("monthlyLast");
    expect(presetsFor("2026-12-29")).not.toContain("monthlyNth"); // the fifth
    expect(presetsFor("2026-12-31")).toContain("monthlyLastDate");
  });

  it("go with the first day; a custom repetition stays", () => {
    expect(rule(moved(presetRepeat("monthlyDate", first), first, "2026-11-25"))).toBe(
      "FREQ=MONTHLY;BYMONTHDAY=25",
    );
    expect(rule(moved(presetRepeat("weekly", first), first, "2026-11-27"))).toBe("FREQ=WEEKLY;BYDAY=FR");
    expect(rule(moved(presetRepeat("working", first), first, "2026-11-28"))).toBe(
      "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    );
    expect(rule(moved(presetRepeat("monthlyLast", first), first, "2026-12-01"))).toBe(
      "FREQ=MONTHLY;BYDAY=1TU",
    );
    const custom = { ...daily(first), unit: "week" as const, every: 2 };
    expect(moved(custom, first, "2026-11-25")).toBe(custom);
  });
});
