import { beforeAll, describe, expect, it } from "vitest";
import { chooseLanguage, startLanguages } from "../../src/i18n";
import {
  agoText,
  dayText,
  dayTyped,
  instantText,
  lengthText,
  readDay,
  spanText,
  stretchTexts,
} from "../../src/i18n/dates";

const zone = "Asia/Ho_Chi_Minh";

beforeAll(() => {
  startLanguages();
  chooseLanguage("vi");
});

describe("days and times", () => {
  it("are written day first, with 24 hours", () => {
    expect(dayText("2026-11-04")).toBe("04/11/2026");
    expect(instantText("2026-11-24T16:05:00.000Z", zone)).toBe("24/11/2026, 23:05");
  });

  it("says why what was typed is no day", () => {
    expect(readDay("31/11/2026")).toEqual({ day: null, fault: "month", month: 11, days: 30, year: null });
    expect(readDay("29/2/27")).toEqual({ day: null, fault: "month", month: 2, days: 28, year: 2027 });
    expect(readDay("32/1")).toEqual({ day: null, fault: "month", month: 1, days: 31, year: null });
    for (const text of ["hôm nay", "5/12", "29/2", "24/13/2026", "0/1/2027"])
      expect(readDay(text)).toEqual({ day: null, fault: "unclear" });
    expect(readDay("29/2/2028")).toEqual({ day: "2028-02-29", fault: null });
    expect(readDay(" ")).toEqual({ day: null, fault: null });
  });

  const now = Date.parse("2026-11-24T05:00:00Z");
  const said = (...stretches: [string, string][]) => stretchTexts(stretches, zone, now);

  it("reads a window within a day", () => {
    expect(said(["2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z"])).toEqual(["Thứ Ba 24/11, 07:00 – 19:00"]);
    expect(said(["2026-11-24T00:00:00Z", "2026-11-24T17:00:00Z"])).toEqual(["Thứ Ba 24/11, 07:00 – 24:00"]);
  });

  it("calls whole days by that name", () => {
    expect(said(["2026-11-23T17:00:00Z", "2026-11-24T17:00:00Z"])).toEqual(["Thứ Ba 24/11, cả ngày"]);
    expect(said(["2026-11-23T17:00:00Z", "2026-11-26T17:00:00Z"])).toEqual([
      "Thứ Ba 24/11 – Thứ Năm 26/11, cả ngày",
    ]);
  });

  it("names the second day of a window over midnight", () => {
    expect(said(["2026-11-24T15:00:00Z", "2026-11-24T22:00:00Z"])).toEqual([
      "Thứ Ba 24/11, 22:00 – 05:00 (25/11)",
    ]);
    expect(said(["2026-11-24T15:00:00Z", "2026-11-25T17:00:00Z"])).toEqual([
      "Thứ Ba 24/11, 22:00 – 24:00 (25/11)",
    ]);
  });

  it("says the year of all as soon as one lies in another", () => {
    expect(said(["2026-12-30T17:00:00Z", "2026-12-31T17:00:00Z"])).toEqual(["Thứ Năm 31/12, cả ngày"]);
    expect(
      said(
        ["2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z"],
        ["2026-12-31T15:00:00Z", "2026-12-31T22:00:00Z"],
      ),
    ).toEqual(["Thứ Ba 24/11/2026, 07:00 – 19:00", "Thứ Năm 31/12/2026, 22:00 – 05:00 (01/01/2027)"]);
  });
});

describe("a day that is typed", () => {
  it.each([
    ["1/12/2026", "2026-12-01"],
    ["24.11.26", "2026-11-24"],
    [" 05-01-2027 ", "2027-01-05"],
    ["29/2/2027", null],
    ["31/13/2026", null],
    ["mai", null],
    ["", null],
  ])("%j is %s: the day comes before the month", (text, day) => {
    expect(dayTyped(text)).toBe(day);
  });
});

describe("durations", () => {
  it("says how long ago in the largest whole unit", () => {
    const now = Date.parse("2026-11-24T12:00:00Z");
    expect(agoText("2026-11-24T11:59:30Z", now)).toBe("vừa xong");
    expect(agoText("2026-11-24T11:54:01Z", now)).toBe("5 phút trước");
    expect(agoText("2026-11-24T09:00:00Z", now)).toBe("3 giờ trước");
    expect(spanText(5 * 60_000)).toBe("5 phút");
    expect(spanText(10_000)).toBe("1 phút");
  });

  it("writes the length of a loop like a clock", () => {
    expect(lengthText(125_000)).toBe("2:05");
    expect(lengthText(3_725_000)).toBe("1:02:05");
  });
});
