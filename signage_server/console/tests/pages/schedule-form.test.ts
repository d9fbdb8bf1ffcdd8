import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { IcsDraft } from "../../src/api/generated";
import { chooseLanguage, startLanguages } from "../../src/i18n";
import { emptyDraft, scheduleIn } from "../../src/pages/schedules/draft";
import {
  draftOfEvent,
  importedDraft,
  keepImport,
  keptImport,
  markTaken,
} from "../../src/pages/schedules/imported";
import { automaticName, partName } from "../../src/pages/schedules/naming";
import { presetsFor } from "../../src/pages/schedules/repeat";
import { dateOfMonthText, presetText } from "../../src/pages/schedules/repeatWords";
import { errorsOf } from "../../src/pages/schedules/useSave";
import { zoneChoices } from "../../src/pages/schedules/zones";

beforeAll(() => {
  startLanguages();
  chooseLanguage("vi");
});

describe("the habits in words", () => {
  it("name the first day's own weekday, date and place in the month", () => {
    const said = (day: string) => presetsFor(day).map((preset) => presetText(i18next.t, preset, day));
    expect(said("2026-11-24")).toEqual([
      "Hằng ngày",
      "Các ngày làm việc (Thứ Hai–Thứ Sáu)",
      "Cuối tuần (Thứ Bảy và Chủ Nhật)",
      "Hằng tuần vào Thứ Ba",
      "Hằng tháng vào ngày 24",
      "Hằng tháng vào Thứ Ba thứ tư",
      "Hằng tháng vào Thứ Ba cuối cùng",
      "Hằng năm vào 24/11",
    ]);
    expect(said("2028-02-29")).toContain("Hằng tháng vào ngày cuối tháng");
    expect(dateOfMonthText(i18next.t, -1)).toBe("ngày cuối tháng");
  });
});

describe("what the server refuses", () => {
  it("stands at the field of the form that it is about", () => {
    expect(
      errorsOf({
        share_permille: "a",
        "except_days.3": "b",
        "windows.0.end": "c",
        "change.rrule": "d",
        targets: "e",
      }),
    ).toEqual({ sharePercent: "a", exceptDays: "b", "windows.0.end": "c", repeat: "d", targets: "e" });
  });
});

describe("time zones", () => {
  it("bear today's names, those in use first, each once", () => {
    const names = zoneChoices(["Asia/Ho_Chi_Minh", null, undefined]).map(({ value }) => value);
    expect(names[0]).toBe("Asia/Ho_Chi_Minh");
    expect(names).not.toContain("Asia/Saigon");
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("UTC");
  });

  it("say how far they are from Greenwich", () => {
    const [first] = zoneChoices(["Asia/Ho_Chi_Minh"], Date.parse("2026-11-24T00:00:00Z"));
    expect(first?.label).toBe("Asia/Ho Chi Minh · GMT+7");
  });
});

describe("an event of a calendar file", () => {
  const event: IcsDraft = {
    name: "Tiếp công dân",
    first_day: "2026-12-09",
    last_day: null,
    rrule: "FREQ=MONTHLY;UNTIL=20271231;BYDAY=2WE",
    except_days: ["2027-02-10"],
    extra_days: ["2027-02-12"],
    windows: [{ start: "08:00", end: "11:30" }],
    zone: "Asia/Ho_Chi_Minh",
    role: "reminder",
    every_ms: 1_800_000,
    take: "all",
    priority: 0,
    share_permille: null,
    silences_reminders: false,
    sentence: "",
    next: [],
  };

  it("fills the form with all that it says, and is sent as it was read", () => {
    const sent = scheduleIn(draftOfEvent(event, emptyDraft("2026-11-24", null)), null);
    for (const name of [
      "first_day",
      "last_day",
      "rrule",
      "except_days",
      "extra_days",
      "windows",
      "zone",
    ] as const)
      expect([name, sent[name]]).toEqual([name, event[name]]);
    expect(sent.targets).toEqual([{ kind: "all", ref: null }]);
  });

  it("is known as saved once it has become a schedule", () => {
    keepImport("lich.ics", { items: [event, event], refused: [] });
    expect(importedDraft(1, emptyDraft("2026-11-24", null))?.name).toBe("Tiếp công dân");
    expect(importedDraft(2, emptyDraft("2026-11-24", null))).toBeNull();
    markTaken(1);
    expect([...(keptImport()?.taken ?? [])]).toEqual([1]);
  });
});

describe("names that nobody typed", () => {
  const named = (facts: object) =>
    automaticName(i18next.t, { ...emptyDraft("2026-11-24", null), ...facts }, "Tin");

  it("are the playlist's, or say that and when screens are dark", () => {
    for (const role of ["rotation", "reminder", "takeover"]) expect(named({ role })).toBe("Tin");
    expect(named({ role: "off" })).toBe("Tắt màn hình");
    expect(named({ role: "off", allDay: false, windows: [{ start: "22:00", end: "05:00" }] })).toBe(
      "Tắt màn hình 22:00–05:00",
    );
  });

  it("tell the parts of a schedule apart", () => {
    const part = (name: string, scope: "day" | "following" | "all") =>
      partName(i18next.t, name, scope, "2026-11-26");
    expect(part("Họp dân", "day")).toBe("Họp dân (26/11)");
    expect(part("Họp dân", "following")).toBe("Họp dân (từ 26/11)");
    expect(part("Họp dân (từ 25/11)", "day")).toBe("Họp dân (26/11)");
    expect(part("Họp dân (phường)", "all")).toBe("Họp dân (phường)");
    expect(part("x".repeat(200), "day")).toHaveLength(200);
  });
});
