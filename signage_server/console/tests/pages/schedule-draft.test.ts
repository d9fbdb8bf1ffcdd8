import { describe, expect, it } from "vitest";
import type { ScheduleOut } from "../../src/api/generated";
import {
  type Draft,
  draftOf,
  emptyDraft,
  isOver,
  isOvernight,
  scheduleIn,
  whenOf,
} from "../../src/pages/schedules/draft";
import { idleDays, missing } from "../../src/pages/schedules/gaps";
import { daily, presetRepeat } from "../../src/pages/schedules/repeat";
import { bodyFor, countsFromStart, draftFor, readScope, repeats } from "../../src/pages/schedules/scopes";

const first = "2026-11-24";

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
  only_sets: [],
  include_sets: [],
  exclude_sets: [],
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
      zone: null,
      every_ms: null,
      take: null,
      share_permille: null,
    });
  });

  it("has one day and no rule when it does not repeat", () => {
    const sent = scheduleIn(draft({ rhythm: "once", ends: "never" }), null);
    expect(sent).toMatchObject({ first_day: first, last_day: first, rrule: null });
  });

  it("says a repetition as a rule, with its end where it belongs", () => {
    const working = presetRepeat("working", first);
    const sent = (facts: Partial<Draft>) => scheduleIn(draft({ repeat: working, ...facts }), null);
    expect(sent({})).toMatchObject({ rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", last_day: null });
    expect(sent({ ends: "count", count: 6 })).toMatchObject({
      rrule: "FREQ=WEEKLY;COUNT=6;BYDAY=MO,TU,WE,TH,FR",
      last_day: null,
    });
    expect(sent({ ends: "day", lastDay: "2026-12-31" })).toMatchObject({
      rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
      last_day: "2026-12-31",
    });
    expect(sent({ rhythm: "sets", onlySets: ["day_1"] })).toMatchObject({
      rrule: null,
      only_sets: ["day_1"],
    });
  });

  it("calls midnight at the end of a window 24:00", () => {
    const windows = [{ start: "18:00", end: "00:00" }];
    expect(scheduleIn(draft({ allDay: false, windows }), null).windows).toEqual([
      { start: "18:00", end: "24:00" },
    ]);
  });

  it("gives each role what belongs to it, and nothing else", () => {
    const all = { everyMinutes: 15, sharePercent: 20, priority: 100, silences: true };
    expect(scheduleIn(draft({ ...all, role: "reminder" }), null)).toMatchObject({
      every_ms: 900_000,
      take: "next",
      share_permille: null,
      silences_reminders: false,
    });
    expect(scheduleIn(draft({ ...all, role: "rotation" }), null)).toMatchObject({
      every_ms: null,
      share_permille: 200,
    });
    expect(scheduleIn(draft({ ...all, role: "takeover" }), null)).toMatchObject({
      every_ms: null,
      priority: 100,
      silences_reminders: true,
    });
    expect(scheduleIn(draft({ ...all, role: "off" }), null).playlist_id).toBeNull();
  });

  it("is the union of tags, units and screens", () => {
    const where = { tags: ["lift"], unitIds: ["unt_1"], screenIds: ["scr_1"] };
    expect(scheduleIn(draft({ where: "some", ...where }), null).targets).toEqual([
      { kind: "tag", ref: "lift" },
      { kind: "unit", ref: "unt_1" },
      { kind: "screen", ref: "scr_1" },
    ]);
    expect(scheduleIn(draft({ where: "all", ...where }), null).targets).toEqual([{ kind: "all", ref: null }]);
  });
});

describe("there and back", () => {
  const kinds: Partial<ScheduleOut>[] = [
    {},
    { last_day: first },
    { rrule: "FREQ=DAILY" },
    { rrule: "FREQ=WEEKLY" },
    { rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", windows: [{ start: "07:00", end: "19:00" }] },
    { rrule: "FREQ=WEEKLY;BYDAY=SA,SU", windows: [{ start: "22:00", end: "05:00" }] },
    { rrule: "FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=TU", last_day: "2027-06-30" },
    { rrule: "FREQ=MONTHLY;UNTIL=20270131;BYDAY=-1FR" },
    { rrule: "FREQ=MONTHLY;UNTIL=20270131;BYDAY=-1FR", last_day: "2027-06-30" },
    { rrule: "FREQ=MONTHLY;BYMONTHDAY=-1,15", extra_days: ["2026-12-25"] },
    { rrule: "FREQ=YEARLY;BYWEEKNO=20", last_day: "2030-12-31" },
    { rrule: "FREQ=YEARLY", first_day: "2028-02-29" },
    { only_sets: ["day_vn_tet"], last_day: "2027-12-31" },
    { rrule: "FREQ=WEEKLY;BYDAY=TU", only_sets: ["day_a"], include_sets: ["day_b"], exclude_sets: ["day_c"] },
    { role: "reminder", every_ms: 1_800_000, take: "all", last_day: "2026-12-31" },
    { role: "off", playlist_id: null, windows: [{ start: "18:00", end: "24:00" }] },
    { role: "takeover", priority: 7, silences_reminders: true, zone: "Asia/Tokyo" },
    {
      targets: [
        { kind: "tag", ref: "lift" },
        { kind: "unit", ref: "unt_1" },
        { kind: "screen", ref: "scr_2" },
      ],
      except_days: ["2026-12-24"],
    },
    { share_permille: 333 },
  ];

  it.each(kinds)("a schedule that is opened and saved stays what it was: %j", (facts) => {
    const was = saved(facts);
    const sent = scheduleIn(draftOf(was), was);
    for (const [name, value] of Object.entries(sent))
      expect([name, value]).toEqual([name, was[name as keyof ScheduleOut]]);
  });

  it("opens as the nearest thing that the form can say", () => {
    const rhythm = (facts: Partial<ScheduleOut>) => whenOf(saved(facts)).rhythm;
    expect(rhythm({ last_day: first })).toBe("once");
    expect(rhythm({ only_sets: ["day_a"] })).toBe("sets");
    expect(rhythm({ rrule: "FREQ=YEARLY;BYWEEKNO=20" })).toBe("own");
    expect(rhythm({ rrule: "FREQ=MONTHLY;UNTIL=20270131", last_day: "2027-06-30" })).toBe("own");
    expect(whenOf(saved({ rrule: "FREQ=MONTHLY;UNTIL=20270131" }))).toMatchObject({
      ends: "day",
      lastDay: "2027-01-31",
    });
  });

  it("keeps a rule's own last day in the rule when it is moved", () => {
    const was = saved({ rrule: "FREQ=MONTHLY;UNTIL=20270131" });
    expect(scheduleIn({ ...draftOf(was), lastDay: "2027-03-31" }, was)).toMatchObject({
      rrule: "FREQ=MONTHLY;UNTIL=20270331;BYMONTHDAY=24",
      last_day: null,
    });
    expect(scheduleIn({ ...draftOf(was), ends: "never" }, was)).toMatchObject({
      rrule: "FREQ=MONTHLY;BYMONTHDAY=24",
      last_day: null,
    });
  });
});

describe("what is missing", () => {
  it.each<[Partial<Draft>, string | null]>([
    [{}, null],
    [{ playlistId: null }, "playlist"],
    [{ playlistId: null, role: "off" }, null],
    [{ where: "some" }, "where"],
    [{ where: "some", tags: ["lift"] }, null],
    [{ firstDay: null }, "when"],
    [{ ends: "day", lastDay: "2026-11-23" }, "last"],
    [{ ends: "day", lastDay: null }, "last"],
    [{ ends: "day", lastDay: "2026-11-24" }, null],
    [{ ends: "count", count: 0 }, "count"],
    [{ rhythm: "once", ends: "day", lastDay: null }, null],
    [{ rhythm: "sets" }, "sets"],
    [{ rhythm: "custom", repeat: { ...daily(first), unit: "week", weekdays: [] } }, "days"],
    [{ allDay: false, windows: [{ start: "08:00", end: "08:00" }] }, "times"],
    [{ allDay: false, windows: [{ start: "08:00", end: "" }] }, "times"],
    [{ role: "reminder", everyMinutes: 0 }, "every"],
  ])("%j → %s", (facts, gap) => {
    expect(missing(draft(facts))).toBe(gap);
  });

  it("names added days that lie outside of the first and last day", () => {
    const extraDays = ["2027-02-01", "2026-12-01", "2026-11-01"];
    expect(idleDays(draft({ extraDays }))).toEqual(["2026-11-01"]);
    expect(idleDays(draft({ extraDays, ends: "day", lastDay: "2026-12-31" }))).toEqual([
      "2026-11-01",
      "2027-02-01",
    ]);
  });
});

describe("one day, this and following, all", () => {
  const was = saved({
    rrule: "FREQ=MONTHLY;INTERVAL=2",
    except_days: ["2026-11-24", "2027-03-24"],
    exclude_sets: ["day_a"],
    windows: [{ start: "07:00", end: "09:00" }],
  });

  it("one day is a schedule of that day with the same hours", () => {
    expect(scheduleIn(draftFor(was, "day", "2027-01-24"), was)).toMatchObject({
      first_day: "2027-01-24",
      last_day: "2027-01-24",
      rrule: null,
      except_days: [],
      exclude_sets: [],
      windows: [{ start: "07:00", end: "09:00" }],
    });
  });

  it("this and following goes on counting from the first day while the repetition stays", () => {
    const draft = draftFor(was, "following", "2027-01-24");
    expect(draft.firstDay).toBe("2027-01-24");
    expect(bodyFor({ ...draft, allDay: true }, was, "following")).toMatchObject({
      first_day: first,
      rrule: "FREQ=MONTHLY;INTERVAL=2",
      except_days: ["2027-03-24"],
      exclude_sets: ["day_a"],
    });
  });

  it("a new repetition begins on the day", () => {
    const draft = draftFor(was, "following", "2027-01-24");
    const repeat = { ...daily("2027-01-24"), unit: "week" as const, every: 2 };
    expect(bodyFor({ ...draft, repeat }, was, "following")).toMatchObject({
      first_day: "2027-01-24",
      rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
    });
    expect(bodyFor({ ...draft, rhythm: "once" }, was, "following")).toMatchObject({
      first_day: "2027-01-24",
      last_day: "2027-01-24",
      rrule: null,
    });
  });

  it("says when a number of times counts from before the day", () => {
    const ten = saved({ rrule: "FREQ=WEEKLY;COUNT=10;BYDAY=TU" });
    const draft = draftFor(ten, "following", "2026-12-08");
    expect(countsFromStart(draft, ten, "following")).toBe(true);
    expect(countsFromStart({ ...draft, ends: "never" }, ten, "following")).toBe(false);
    expect(countsFromStart({ ...draft, repeat: daily("2026-12-08") }, ten, "following")).toBe(false);
  });

  it("all is the schedule as it is", () => {
    expect(scheduleIn(draftFor(was, "all", "2027-01-24"), was).first_day).toBe(first);
  });

  it("is asked of a schedule with several days, by an address that names one", () => {
    expect([repeats(was), repeats(saved({ last_day: first }))]).toEqual([true, false]);
    expect(readScope(new URLSearchParams("day=2027-01-24&scope=day"))).toEqual({
      day: "2027-01-24",
      scope: "day",
    });
    expect(readScope(new URLSearchParams("day=2027-02-30&scope=day"))).toEqual({ day: null, scope: null });
    expect(readScope(new URLSearchParams("day=2027-01-24&scope=x")).scope).toBeNull();
  });
});

it("knows a window over midnight", () => {
  expect(isOvernight({ start: "22:00", end: "05:00" })).toBe(true);
  expect(isOvernight({ start: "18:00", end: "00:00" })).toBe(false);
  expect(isOvernight({ start: "07:00", end: "19:00" })).toBe(false);
});

describe("a schedule that is over", () => {
  it.each([
    [{ last_day: "2026-12-01" }, true],
    [{ last_day: "2026-12-02" }, false],
    [{ last_day: "2026-12-01", active_now: true }, false],
    [{ rrule: "FREQ=DAILY;UNTIL=20261201" }, true],
    [{ rrule: "FREQ=DAILY;UNTIL=20261201", extra_days: ["2027-01-01"] }, false],
    [{}, false],
  ])("%j on 2 December: %s", (facts, over) => {
    expect(isOver(saved({ active_now: false, ...facts }), "2026-12-02")).toBe(over);
  });
});
