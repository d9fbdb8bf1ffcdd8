"""Promises worked out from plans, and held against what a board would have counted."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from signage_server.scheduling.playout import plays
from signage_server.scheduling.recurrence import DateRule, Window, wall_to_utc_ms
from signage_server.scheduling.rhythm import (
    QUARTER_MS,
    WINDOW_MOST_MS,
    InForce,
    Measured,
    Promise,
    QuarterPlays,
    by_schedule,
    measure,
    promises,
    stretches_of_life,
)
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, Timeline, compile_timeline
from tests.scheduling.random_plans import random_timeline

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
DAY = date(2026, 3, 2)
VIETNAM = "Asia/Ho_Chi_Minh"
SLIDES = (SlideSpec("a", 10_000), SlideSpec("b", 20_000))
REMINDER = SlideSpec("r", 15_000)


def at(clock: str, day: date = DAY, zone: str = VIETNAM) -> int:
    hours, minutes = map(int, clock.split(":"))
    return wall_to_utc_ms(day, hours * 60 + minutes, ZoneInfo(zone))


def reminder(*windows: Window, **fields: Any) -> ScheduleSpec:
    known: dict[str, Any] = {"every_ms": 15 * MINUTE_MS, "slides": (REMINDER,), "id": "sch_r"}
    return ScheduleSpec(role="reminder", rule=DateRule(DAY), windows=windows, **known | fields)


def plan_of(*specs: ScheduleSpec, zone: str = VIETNAM, from_day: date = DAY) -> Timeline:
    rotation = ScheduleSpec(id="sch_a", role="rotation", rule=DateRule(DAY), slides=SLIDES)
    return compile_timeline([rotation, *specs], zone, from_day, fallback_slides=SLIDES)


def promised(plan: Timeline, day: date = DAY, zone: str = VIETNAM) -> dict[str, list[Promise]]:
    start_ms, end_ms = at("00:00", day, zone), at("00:00", day + timedelta(days=1), zone)
    return by_schedule(promises([InForce(plan, start_ms, end_ms + WINDOW_MOST_MS)], start_ms, end_ms))


def spans(found: list[Promise], day: date = DAY, zone: str = VIETNAM) -> list[tuple[float, float, int]]:
    """From and until in hours from midnight, and the due times between them."""
    midnight = at("00:00", day, zone)
    return [((p.start_ms - midnight) / HOUR_MS, (p.end_ms - midnight) / HOUR_MS, p.due) for p in found]


def shown(plan: Timeline, *without: tuple[str, str]) -> list[int]:
    """When the reminder's showings of two days begin, but for those within some hours."""
    dark = [(at(since), at(until)) for since, until in without]
    start_ms = at("00:00")
    return [
        play.start_ms
        for play in plays(plan, start_ms, start_ms + 2 * 24 * HOUR_MS)
        if play.schedule == "sch_r" and not any(since <= play.start_ms < until for since, until in dark)
    ]


def quarters(starts: list[int]) -> list[QuarterPlays]:
    """What a board counts of these showings (player/src/tallies.ts)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for before, start_ms in pairwise([None, *starts]):
        assert start_ms is not None
        gap_ms = 0 if before is None else start_ms - before
        found.setdefault(start_ms // QUARTER_MS * QUARTER_MS, []).append((start_ms, gap_ms))
    return [
        QuarterPlays(quarter_ms, len(of), of[0][0], of[-1][0], max(gap for _, gap in of))
        for quarter_ms, of in found.items()
    ]


ALIVE = [(at("00:00"), at("00:00") + 3 * 24 * HOUR_MS)]


def measured(plan: Timeline, *without: tuple[str, str]) -> Measured:
    return measure(promised(plan)["sch_r"], quarters(shown(plan, *without)), ALIVE)


MORNING = Window(7 * 60, 11 * 60 + 30)


def test_what_plays_as_planned_is_kept() -> None:
    found = measured(plan_of(reminder(MORNING)))
    assert (found.promised, found.played, found.silent_ms, found.kept) == (18, 18, 0, True)
    assert found.allowed_gap_ms == 15 * MINUTE_MS + 20_000
    assert 15 * MINUTE_MS <= (found.longest_gap_ms or 0) <= found.allowed_gap_ms


def test_an_outage_is_a_gap_from_the_last_showing_before_it_to_the_first_after_it() -> None:
    found = measured(plan_of(reminder(MORNING)), ("08:05", "09:50"))
    assert (found.promised, found.played, found.kept) == (18, 11, False)
    assert found.longest_gap_ms == pytest.approx(2 * HOUR_MS, abs=30_000)


@pytest.mark.parametrize(
    ("dark", "minutes"), [(("07:00", "08:10"), 75), (("10:50", "12:00"), 45), (("07:00", "12:00"), 270)]
)
def test_gaps_at_the_ends_of_a_window_count(dark: tuple[str, str], minutes: int) -> None:
    found = measured(plan_of(reminder(MORNING)), dark)
    assert found.longest_gap_ms == pytest.approx(minutes * MINUTE_MS, abs=30_000)
    assert not found.kept


def test_nothing_is_promised_while_a_takeover_silences_or_the_screen_is_dark() -> None:
    silent = ScheduleSpec(
        id="sch_t",
        role="takeover",
        rule=DateRule(DAY),
        windows=(Window(8 * 60, 9 * 60 + 5),),
        silences_reminders=True,
        slides=SLIDES,
    )
    dark = ScheduleSpec(id="sch_o", role="off", rule=DateRule(DAY), windows=(Window(10 * 60, 10 * 60 + 30),))
    plan = plan_of(reminder(MORNING), silent, dark)
    assert spans(promised(plan)["sch_r"]) == [(7, 8, 4), (9 + 5 / 60, 10, 3), (10.5, 11.5, 4)]
    found = measured(plan)
    # What became due in silence is shown when it is over, though nobody promised it.
    assert (found.promised, found.played, found.kept) == (11, 12, True)


def test_a_break_within_a_quarter_hour_is_no_gap() -> None:
    short = ScheduleSpec(
        id="sch_t",
        role="takeover",
        rule=DateRule(DAY),
        windows=(Window(8 * 60 + 3, 8 * 60 + 12),),
        silences_reminders=True,
        slides=SLIDES,
    )
    found = measured(plan_of(reminder(MORNING, every_ms=2 * MINUTE_MS), short))
    assert found.kept


def test_a_takeover_that_lets_reminders_through_takes_nothing_from_the_promise() -> None:
    loud = ScheduleSpec(
        id="sch_t",
        role="takeover",
        rule=DateRule(DAY),
        windows=(Window(8 * 60, 9 * 60),),
        slides=(SlideSpec("long", 45_000),),
    )
    (one,) = promised(plan_of(reminder(MORNING), loud))["sch_r"]
    assert (one.due, one.allowed_gap_ms) == (18, 15 * MINUTE_MS + 45_000)


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    plan = plan_of(reminder(Window(22 * 60, 2 * 60)))
    assert spans(promised(plan)["sch_r"]) == [(22, 26, 16)]
    tomorrow = DAY + timedelta(days=1)
    assert spans(promised(plan, tomorrow)["sch_r"], tomorrow) == [(22, 26, 16)]
    found = measured(plan)
    assert (found.promised, found.kept) == (16, True)
    assert found.played in (16, 17)  # once more after midnight: ADR 0005
    worse = measure(
        promised(plan)["sch_r"], quarters([one for one in shown(plan) if one < at("23:50")]), ALIVE
    )
    assert worse.longest_gap_ms == pytest.approx(135 * MINUTE_MS, abs=30_000)


def test_two_windows_are_two_stretches_and_one_row() -> None:
    plan = plan_of(reminder(Window(420, 480), Window(1020, 1080)))
    assert spans(promised(plan)["sch_r"]) == [(7, 8, 4), (17, 18, 4)]
    found = measured(plan, ("17:00", "19:00"))
    assert (found.promised, found.played, found.kept) == (8, 4, False)
    assert found.longest_gap_ms == HOUR_MS


@pytest.mark.parametrize(
    ("day", "due"), [(date(2026, 3, 8), 8), (date(2026, 11, 1), 16), (date(2026, 6, 1), 12)]
)
def test_days_on_which_clocks_change_have_the_due_times_they_have(day: date, due: int) -> None:
    spec = replace(reminder(Window(60, 240)), rule=DateRule(day))
    zone = "America/New_York"
    found = promised(plan_of(spec, zone=zone, from_day=day), day, zone)["sch_r"]
    assert [one.due for one in found] == [due]


def test_other_reminders_and_blocks_lengthen_what_is_allowed() -> None:
    block = reminder(MORNING, id="sch_s", take="all", slides=(SlideSpec("s1", 8_000), SlideSpec("s2", 9_000)))
    found = promised(plan_of(reminder(MORNING), block))
    assert found["sch_r"][0].allowed_gap_ms == 15 * MINUTE_MS + 20_000 + 17_000
    assert found["sch_s"][0].allowed_gap_ms == 15 * MINUTE_MS + 20_000 + 15_000


def test_a_block_is_one_showing() -> None:
    block = reminder(MORNING, take="all", slides=(SlideSpec("s1", 8_000), SlideSpec("s2", 9_000)))
    found = measured(plan_of(block))
    assert (found.promised, found.played, found.kept) == (18, 18, True)


def test_the_plan_that_was_in_force_promised() -> None:
    plan, without = plan_of(reminder(MORNING)), plan_of()
    often = plan_of(reminder(MORNING, every_ms=5 * MINUTE_MS))
    start_ms, end_ms = at("00:00"), at("00:00", DAY + timedelta(days=1))
    pieces = [
        InForce(plan, start_ms, at("08:00")),
        InForce(without, at("08:00"), at("09:00")),
        InForce(plan, at("09:00"), at("10:00")),
        InForce(plan_of(reminder(MORNING)), at("10:00"), at("10:30")),
        InForce(often, at("10:30"), end_ms),
    ]
    found = promises(pieces, start_ms, end_ms)
    assert spans(found) == [(7, 8, 4), (9, 10.5, 6), (10.5, 11.5, 12)]


def test_a_silent_screen_proves_nothing_either_way() -> None:
    found = measure(promised(plan_of(reminder(MORNING)))["sch_r"], [], [])
    assert (found.longest_gap_ms, found.kept, found.played) == (None, None, 0)
    assert found.silent_ms == 4.5 * HOUR_MS


def test_a_screen_that_showed_other_things_proves_that_the_reminder_was_missing() -> None:
    found = measure(promised(plan_of(reminder(MORNING)))["sch_r"], [], ALIVE)
    assert (found.longest_gap_ms, found.kept, found.silent_ms) == (4.5 * HOUR_MS, False, 0)


def test_silence_is_told_apart_from_showing_something_else() -> None:
    alive = [(at("00:00"), at("08:00")), (at("09:00"), at("23:00"))]
    found = measure(promised(plan_of(reminder(MORNING)))["sch_r"], [], alive)
    assert found.silent_ms == HOUR_MS


def test_a_gap_from_the_day_before_is_none_of_the_window() -> None:
    starts = shown(plan_of(reminder(MORNING)))
    of = quarters([starts[0] - 20 * HOUR_MS, *starts])
    assert of[1].longest_gap_ms == 20 * HOUR_MS
    assert measure(promised(plan_of(reminder(MORNING)))["sch_r"], of, ALIVE).kept


def test_a_board_that_is_a_little_early_or_late_keeps_its_promise() -> None:
    plan = plan_of(reminder(MORNING))
    for off_ms in (-900, 900):
        starts = [start + off_ms for start in shown(plan)]
        found = measure(promised(plan)["sch_r"], quarters(starts), ALIVE)
        assert (found.played, found.kept) == (18, True)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_measured_is_what_was_and_a_plan_keeps_its_own_promises(seed: int) -> None:
    plan = random_timeline(Random(seed))
    starts_of_days = sorted({slot.day_start_ms for slot in plan.slots})
    day_start_ms, day_end_ms = starts_of_days[1:3]
    until_ms = min(plan.horizon_ms[1], day_end_ms + WINDOW_MOST_MS)
    shows = [play for play in plays(plan, plan.horizon_ms[0], until_ms) if play.role == "reminder"]
    found = promises([InForce(plan, day_start_ms, until_ms)], day_start_ms, day_end_ms)
    for schedule, row in by_schedule(found).items():
        starts = [play.start_ms for play in shows if play.schedule == schedule]
        told = measure(row, quarters(starts), [plan.horizon_ms])
        true = [(true_gap(one, starts), one.allowed_gap_ms) for one in row]
        assert all(gap_ms <= allowed_ms for gap_ms, allowed_ms in true)
        if all(edge % QUARTER_MS == 0 for one in row for edge in (one.start_ms, one.end_ms)):
            longest_ms, allowed_ms = max(true, key=lambda pair: (pair[0] - pair[1], pair))
            assert (told.longest_gap_ms, told.allowed_gap_ms) == (longest_ms, allowed_ms)


def true_gap(one: Promise, starts: list[int]) -> int:
    within = [start for start in starts if one.start_ms <= start < one.end_ms]
    return max(after - before for before, after in pairwise([one.start_ms, *within, one.end_ms]))


def test_stretches_of_life_are_joined_over_short_pauses() -> None:
    told = [(100, 200), (0, 90), (150, 160), (260, 300)]
    assert stretches_of_life(told, 50) == [(0, 200), (260, 300)]
