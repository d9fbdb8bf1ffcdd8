import { describe, expect, it } from "vitest";
import { byYear, joined, picked, readLines, runs, runsOut, upcoming } from "../../src/pages/daysets/named";

describe("pasted lines", () => {
  it.each([
    ["30/04/2027 Ngày Giải phóng", [["2027-04-30", "Ngày Giải phóng"]]],
    ["1/5/2027\tQuốc tế Lao động", [["2027-05-01", "Quốc tế Lao động"]]],
    ["- 2/9/2027: Quốc khánh", [["2027-09-02", "Quốc khánh"]]],
    ["05.09.27, Khai giảng", [["2027-09-05", "Khai giảng"]]],
    ["2027-11-20 - Ngày Nhà giáo", [["2027-11-20", "Ngày Nhà giáo"]]],
    ["30-04-2027", [["2027-04-30", ""]]],
    ["30/04/2027 1 ngày", [["2027-04-30", "1 ngày"]]],
    [
      "31/12/2027 – 02/01/2028 Nghỉ",
      [
        ["2027-12-31", "Nghỉ"],
        ["2028-01-01", "Nghỉ"],
        ["2028-01-02", "Nghỉ"],
      ],
    ],
    [
      "30/04/2027 đến 1/5/2027",
      [
        ["2027-04-30", ""],
        ["2027-05-01", ""],
      ],
    ],
  ])("%j", (text, days) => {
    expect(readLines(text)).toEqual({ days: days.map(([day, name]) => ({ day, name })), bad: [] });
  });

  it("say which of them name no day, and leave empty ones out", () => {
    const { days, bad } = readLines("Nghỉ lễ\n\n31/02/2027 Sai\n30/04/2027\r\n02/05/2027 - 01/05/2027\n");
    expect(days).toEqual([{ day: "2027-04-30", name: "" }]);
    expect(bad).toEqual(["Nghỉ lễ", "31/02/2027 Sai", "02/05/2027 - 01/05/2027"]);
  });

  it("are kept in composed Unicode", () => {
    expect(readLines("30/04/2027 Lễ".normalize("NFD")).days[0]?.name).toBe("Lễ".normalize("NFC"));
  });
});

const named = [
  { day: "2026-12-24", name: "A" },
  { day: "2027-01-01", name: "Tết Dương lịch" },
];

describe("the days of a set", () => {
  it("stand in order and once, with the name that was given last", () => {
    expect(
      joined(
        named,
        [{ day: "2027-01-01", name: "" }],
        [
          { day: "2026-12-24", name: "B" },
          { day: "2026-01-05", name: "C" },
        ],
      ),
    ).toEqual([
      { day: "2026-01-05", name: "C" },
      { day: "2026-12-24", name: "B" },
      { day: "2027-01-01", name: "Tết Dương lịch" },
    ]);
  });

  it("keep their names when others are picked beside them", () => {
    expect(picked(named, ["2027-01-02", "2027-01-01"])).toEqual([
      { day: "2027-01-01", name: "Tết Dương lịch" },
      { day: "2027-01-02", name: "" },
    ]);
  });

  it("are looked at by year, and those to come", () => {
    expect(byYear(named).map(([year, days]) => [year, days.length])).toEqual([
      ["2026", 1],
      ["2027", 1],
    ]);
    expect(upcoming(named, "2026-12-25")).toEqual([named[1]]);
  });

  it("that follow one another are told as one stretch, over the turn of the year too", () => {
    const days = ["2026-12-24", "2026-12-31", "2027-01-01", "2027-01-03"].map((day) => ({
      day,
      name: day.slice(8),
    }));
    expect(runs(days)).toEqual([
      { first: "2026-12-24", last: "2026-12-24", name: "24" },
      { first: "2026-12-31", last: "2027-01-01", name: "31" },
      { first: "2027-01-03", last: "2027-01-03", name: "03" },
    ]);
  });
});

describe("a set that runs out", () => {
  const on = (...days: string[]) =>
    runsOut(
      days.map((day) => ({ day, name: "" })),
      "2027-12-07",
    );

  it("is told by its last day, sixty days before and ever after", () => {
    expect(on("2027-12-24", "2028-02-05")).toBe("2028-02-05");
    expect(on("2028-02-06")).toBeNull();
    expect(on("2027-02-05")).toBe("2027-02-05");
    expect(on()).toBeNull();
  });
});
