import { describe, expect, it } from "vitest";
import type { ScheduleOut } from "../../src/api/generated";
import {
  type Draft,
  draftOf,
  emptyDraft,
  isOvernight,
  missing,
  scheduleIn,
} from "../../src/pages/schedules/draft";

const draft = (facts: Partial<Draft> = {}): Draft => ({
  ...emptyDraft("2026-11-24", "pls_1"),
  name: "A",
  ...facts,
});

const saved = (facts: Partial<ScheduleOut> = {}): ScheduleOut => ({
  id: "sch_1",
  unit_id: "unt_1",
  name: "A",
  playlist_id: "pls_1",
  playlist_name: "A",
  role: "rotation",
  targets: [{ kind: "all", ref: null }],
  first_day: "2026-11-24",
  last_day: null,
  rrule: null,
  except_days: [],
  extra_days: [],
  windows: [{ start: "00:00", end: "24:00" }],
  zone: null,
  priority: 0,
  share_permille: null,
  every_ms: null,
  take: null,
  silences_reminders: false,
  sentence: "",
  active_now: true,
  created_at: "2026-11-24T00:00:00Z",
  etag: "1",
  ...facts,
});

describe("what is sent", () => {
  it("is every day, all day, everywhere, for good, when nothing else is said", () => {
    expect(scheduleIn(draft(), null)).toMatchObject({
      role: "rotation",
      targets: [{ kind: "all", ref: null }],
      rrule: null,
      last_day: null,
      windows: [{ start: "00:00", end: "24:00" }],
      every_ms: null,
      take: null,
    });
  });

  it("writes weekdays as a rule, in the order of the week", () => {
    expect(scheduleIn(draft({ days: "working" }), null).rrule).toBe("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
    expect(scheduleIn(draft({ days: "chosen", chosen: ["SU", "MO"] }), null).rrule).toBe(
      "FREQ=WEEKLY;BYDAY=MO,SU",
    );
  });

  it("needs no rule when all seven days are chosen", () => {
    expect(
      scheduleIn(draft({ days: "chosen", chosen: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] }), null).rrule,
    ).toBeNull();
  });

  it("calls midnight at the end of a window 24:00", () => {
    const windows = [{ start: "18:00", end: "00:00" }];
    expect(scheduleIn(draft({ allDay: false, windows }), null).windows).toEqual([
      { start: "18:00", end: "24:00" },
    ]);
  });

  it("gives a reminder its interval, and nothing else one", () => {
    expect(scheduleIn(draft({ role: "reminder", everyMinutes: 15 }), null)).toMatchObject({
      every_ms: 900_000,
      take: "next",
    });
    expect(scheduleIn(draft({ role: "takeover", everyMinutes: 15 }), null).every_ms).toBeNull();
  });

  it("sends no playlist for a dark screen", () => {
    expect(scheduleIn(draft({ role: "off" }), null).playlist_id).toBeNull();
  });

  it("keeps what the form does not ask", () => {
    const was = saved({
      zone: "Asia/Tokyo",
      priority: 7,
      extra_days: ["2026-12-25"],
      rrule: "FREQ=MONTHLY;BYMONTHDAY=1",
    });
    const sent = scheduleIn(draftOf(was), was);
    expect(sent).toMatchObject({ zone: "Asia/Tokyo", priority: 7, extra_days: ["2026-12-25"] });
    expect(sent.rrule).toBe("FREQ=MONTHLY;BYMONTHDAY=1");
  });
});

describe("there and back", () => {
  const kinds: Partial<ScheduleOut>[] = [
    {},
    { rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", windows: [{ start: "07:00", end: "19:00" }] },
    { rrule: "FREQ=WEEKLY;BYDAY=SA,SU", windows: [{ start: "22:00", end: "05:00" }] },
    { role: "reminder", every_ms: 1_800_000, take: "all", last_day: "2026-12-31" },
    { role: "off", playlist_id: null, windows: [{ start: "18:00", end: "24:00" }] },
    {
      targets: [
        { kind: "screen", ref: "scr_1" },
        { kind: "screen", ref: "scr_2" },
      ],
      except_days: ["2026-12-24"],
    },
    { targets: [{ kind: "unit", ref: "unt_2" }], share_permille: 300 },
  ];

  it.each(kinds)("a schedule that is opened and saved stays what it was: %j", (facts) => {
    const was = saved(facts);
    const sent = scheduleIn(draftOf(was), was);
    for (const [name, value] of Object.entries(sent))
      expect([name, value]).toEqual([name, was[name as keyof ScheduleOut]]);
  });
});

describe("what is missing", () => {
  it.each<[Partial<Draft>, string | null]>([
    [{}, null],
    [{ playlistId: null }, "playlist"],
    [{ playlistId: null, role: "off" }, null],
    [{ where: "screens" }, "where"],
    [{ firstDay: null }, "when"],
    [{ lastDay: "2026-11-23" }, "when"],
    [{ lastDay: "2026-11-24" }, null],
    [{ days: "chosen", chosen: [] }, "days"],
    [{ allDay: false, windows: [{ start: "08:00", end: "08:00" }] }, "times"],
    [{ allDay: false, windows: [{ start: "08:00", end: "" }] }, "times"],
    [{ role: "reminder", everyMinutes: 0 }, "every"],
  ])("%j → %s", (facts, gap) => {
    expect(missing(draft(facts))).toBe(gap);
  });
});

it("knows a window over midnight", () => {
  expect(isOvernight({ start: "22:00", end: "05:00" })).toBe(true);
  expect(isOvernight({ start: "18:00", end: "00:00" })).toBe(false);
  expect(isOvernight({ start: "07:00", end: "19:00" })).toBe(false);
});
