import { afterEach, describe, expect, it, vi } from "vitest";
import { dayTyped } from "../../src/i18n/dates";
import {
  addDays,
  dayIn,
  daysInMonth,
  isDay,
  isLastOfItsWeekday,
  nthInMonth,
  numberOf,
  weekdayOf,
} from "../../src/pages/schedules/civil";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("days of the calendar", () => {
  it("count like the calendar does, over leap years and centuries", () => {
    for (let number = 0; number < 80_000; number += 1) {
      const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
      expect(numberOf(day)).toBe(number);
      expect(addDays("1970-01-01", number)).toBe(day);
    }
  });

  it("know their weekday and which one of the month they are", () => {
    expect(weekdayOf("2026-11-24")).toBe("TU");
    expect(weekdayOf("1970-01-01")).toBe("TH");
    expect([nthInMonth("2026-11-24"), isLastOfItsWeekday("2026-11-24")]).toEqual([4, true]);
    expect([nthInMonth("2026-12-22"), isLastOfItsWeekday("2026-12-22")]).toEqual([4, false]);
    expect(daysInMonth(2100, 2)).toBe(28);
  });

  it("exist or do not", () => {
    expect(["2028-02-29", "2026-02-29", "2026-13-01", "2026-1-1"].map(isDay)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe.each([
  ["Asia/Ho_Chi_Minh", -420],
  ["America/Los_Angeles", 480],
  ["Pacific/Apia", -780],
  ["UTC", 0],
])("in a browser in %s", (zone, minutesBehind) => {
  it("a day that is typed is that day", () => {
    vi.stubEnv("TZ", zone);
    expect(new Date(2026, 0, 1).getTimezoneOffset() + 0).toBe(minutesBehind);
    expect(dayTyped("31/12/2026")).toBe("2026-12-31");
    // Apia had no 30 December 2011; the calendar has.
    expect(dayTyped("30/12/2011")).toBe("2011-12-30");
    expect(dayTyped("8/3/2026")).toBe("2026-03-08"); // clocks go forward in Los Angeles
  });

  it("today is the office's today", () => {
    vi.stubEnv("TZ", zone);
    expect(dayIn("Asia/Ho_Chi_Minh", Date.parse("2026-11-24T17:30:00Z"))).toBe("2026-11-25");
    expect(addDays("2026-03-08", 1)).toBe("2026-03-09");
  });
});
