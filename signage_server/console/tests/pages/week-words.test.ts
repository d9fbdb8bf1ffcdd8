/** What a stretch of the week says, and the colours and addresses of the week. */

import { beforeAll, describe, expect, it } from "vitest";
import type { Airtime, Stretch } from "../../src/api/generated";
import { chooseLanguage, startLanguages } from "../../src/i18n";
import { byNeed } from "../../src/pages/week/need";
import { toneCount, tonesOf } from "../../src/pages/week/tones";
import { asked, keyOf, rootUnit, wantedOf, whatIn, whatOf } from "../../src/pages/week/what";
import {
  basisOf,
  everyText,
  hoursText,
  percentText,
  playsText,
  remindersText,
  secondsText,
  spokenText,
} from "../../src/pages/week/words";

beforeAll(() => {
  startLanguages();
  chooseLanguage("vi");
});

const track = (name: string | null, permille: number, role: "rotation" | "takeover" = "rotation") => ({
  schedule_id: `sch_${name}`,
  schedule_name: name,
  role,
  permille,
});

function stretch(change: Partial<Stretch>): Stretch {
  return {
    start: "2026-11-24T00:00:00Z",
    end: "2026-11-24T05:00:00Z",
    day: "2026-11-24",
    from_wall: "07:00",
    to_wall: "12:00",
    basis: "planned",
    kind: "play",
    tracks: [],
    reminders: [],
    ...change,
  };
}

describe("a stretch", () => {
  it("names its schedules and their parts, where several share it", () => {
    expect(playsText(stretch({ tracks: [track("Bluezone", 1000)] }))).toBe("Bluezone");
    expect(playsText(stretch({ tracks: [track("Bluezone", 667), track("Tin phường", 333)] }))).toBe(
      "Bluezone 67% · Tin phường 33%",
    );
  });

  it("says takeover, off, fallback and what nobody recorded in words", () => {
    expect(playsText(stretch({ tracks: [track("Bão", 1000, "takeover")] }))).toBe("Bão (thay thế tất cả)");
    expect(playsText(stretch({ kind: "off" }))).toBe("Tắt màn hình");
    const night = { ...track("Đêm", 1000), role: "off" } as const;
    expect(playsText(stretch({ kind: "off", tracks: [night] }))).toBe("Đêm (tắt màn hình)");
    const fallback = { schedule_id: null, schedule_name: null, role: "fallback", permille: 1000 } as const;
    expect(playsText(stretch({ kind: "fallback", tracks: [fallback] }))).toBe("Nội dung dự phòng");
    expect(playsText(stretch({ kind: "unknown", basis: "unknown" }))).toBe("Không có ghi nhận");
    expect(playsText(stretch({ tracks: [track(null, 1000)] }))).toBe("Lịch chiếu đã xoá");
  });

  it("is spoken whole: hours, schedules, reminders, how sure it is", () => {
    const reminders = [{ schedule_id: "sch_1", schedule_name: "Bluezone", every_ms: 900_000 }];
    expect(spokenText(stretch({ tracks: [track("Tin", 1000)], reminders, basis: "proved" }))).toBe(
      "07:00–12:00. Tin. Nhắc: Bluezone mỗi 15 phút. đã chiếu (màn hình xác nhận)",
    );
    expect(remindersText(stretch({}))).toBeNull();
  });

  it("of a day that is over tells what is known of the whole of it", () => {
    expect(basisOf([stretch({ basis: "proved" }), stretch({ basis: "proved" })])).toBe("proved");
    expect(basisOf([stretch({ basis: "proved" }), stretch({ basis: "unknown" })])).toBe("mixed");
  });
});

describe("time on air", () => {
  it("is read from what needs a look to what is not on", () => {
    const row = (schedule_id: string, ms: number, none: Airtime["none"]): Airtime => ({
      schedule_id,
      schedule_name: schedule_id,
      role: "rotation",
      ms,
      none,
      why_none: none,
    });
    const rows = [
      row("later", 0, "later"),
      row("short", 5, null),
      row("beaten", 0, "beaten"),
      row("long", 9, null),
    ];
    expect(rows.sort(byNeed).map(({ schedule_id }) => schedule_id)).toEqual([
      "beaten",
      "long",
      "short",
      "later",
    ]);
  });
});

describe("parts", () => {
  it("are whole per cent, never 0 of something nor all of what is not all", () => {
    expect([0, 0.0001, 0.014, 0.667, 0.9999, 1].map(percentText)).toEqual([
      "0%",
      "dưới 1%",
      "1%",
      "67%",
      "99%",
      "100%",
    ]);
  });
});

describe("lengths of time", () => {
  it("are never rounded to a wrong rhythm", () => {
    expect([900_000, 5_400_000, 7_200_000].map(everyText)).toEqual([
      "mỗi 15 phút",
      "mỗi 90 phút",
      "mỗi 2 giờ",
    ]);
  });

  it("are said to the second where a rhythm is measured", () => {
    expect([0, 469_000, 915_400, 3_605_000, 3_725_000].map(secondsText)).toEqual([
      "0 giây",
      "7 phút 49 giây",
      "15 phút 15 giây",
      "1 giờ 5 giây",
      "1 giờ 2 phút 5 giây",
    ]);
  });

  it("are hours and minutes", () => {
    expect([0, 2_700_000, 43_200_000, 45_000_000].map(hoursText)).toEqual([
      "0 phút",
      "45 phút",
      "12 giờ",
      "12 giờ 30 phút",
    ]);
  });
});

describe("colours", () => {
  it("follow from the id alone while there is no clash", () => {
    expect(tonesOf(["sch_b"]).get("sch_b")).toBe(tonesOf(["sch_b", "sch_b"]).get("sch_b"));
  });

  it("differ while there are enough of them", () => {
    const ids = Array.from({ length: toneCount }, (_, index) => `sch_${index}`);
    expect(new Set(tonesOf(ids).values()).size).toBe(toneCount);
    expect([...tonesOf([...ids].reverse())].sort()).toEqual([...tonesOf(ids)].sort());
    expect(tonesOf([...ids, "sch_more"]).get("sch_more")).toBeLessThan(toneCount);
  });
});

describe("whose week", () => {
  it("is in the address, one thing at a time", () => {
    const query = asked(new URLSearchParams("screen=scr_1&day=2026-11-24"), {
      what: { kind: "tag", ref: "thang máy" },
    });
    expect(query.toString()).toBe("day=2026-11-24&tag=thang+m%C3%A1y");
    expect(whatIn(query)).toEqual({ kind: "tag", ref: "thang máy" });
    expect(asked(query, { day: null }).has("day")).toBe(false);
  });

  it("survives the list of choices, whatever the tag is", () => {
    const what = { kind: "tag", ref: "a:b" } as const;
    expect(whatOf(keyOf(what))).toEqual(what);
  });

  it("is everybody's at first: the unit above all that this person sees", () => {
    const unit = (id: string, parent_id: string | null) => ({
      id,
      parent_id,
      name: id,
      fallback_playlist_id: null,
      etag: "",
    });
    expect(rootUnit([unit("unt_2", "unt_1"), unit("unt_1", "unt_0")])).toEqual({
      kind: "unit",
      ref: "unt_1",
    });
    expect(rootUnit([])).toBeNull();
    expect(wantedOf({ kind: "unit", ref: "unt_1" }, "2026-11-24")).toEqual({
      unit_id: "unt_1",
      from: "2026-11-24",
    });
    expect(wantedOf(null, null)).toEqual({});
  });
});
