"""Several windows of one reminder: it has one rhythm at a time, and where a window begins it begins anew."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.playout import plays
from signage_server.scheduling.recurrence import occurrence
from signage_server.scheduling.timeline import (
    DateRule,
    ScheduleSpec,
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
)
from tests.scheduling.patience import PATIENT
from tests.scheduling.random_plans import ODD_DAYS
from tests.scheduling.vectors import vectors

MINUTE_MS = 60_000
ALWAYS = DateRule(date(2000, 1, 1))
FALLBACK = [SlideSpec("f", 10_000)]


def reminder(windows: list[Window], rule: DateRule = ALWAYS, every_min: int = 15) -> ScheduleSpec:
    slides = (SlideSpec("r", 10_000),)
    return ScheduleSpec("r", "reminder", rule, tuple(windows), every_ms=every_min * MINUTE_MS, slides=slides)


def stretches(timeline: Timeline) -> list[tuple[int, int]]:
    """From when to when the reminder is on with one rhythm. Raises where it has two at once."""
    found: list[tuple[int, int]] = []
    ends_ms = [slot.start_ms for slot in timeline.slots[1:]] + [timeline.horizon_ms[1]]
    for slot, end_ms in zip(timeline.slots, ends_ms, strict=True):
        for one in timeline.loops[slot.loop].reminders:
            start_ms = slot.day_start_ms + one.offset_ms
            if found and found[-1][0] == start_ms:
                assert found[-1][1] == slot.start_ms
                found[-1] = (start_ms, end_ms)
            else:
                assert start_ms == max(slot.start_ms, start_ms)
                found.append((start_ms, end_ms))
    return found


@pytest.mark.parametrize("case", vectors("reminder_windows"), ids=lambda case: str(case["name"]))
def test_the_stretches_of_a_reminder(case: dict[str, Any]) -> None:
    zone = ZoneInfo(case["zone"])
    rule = DateRule(date.fromisoformat(case["first_day"]), date.fromisoformat(case["last_day"]))
    spec = reminder([Window(*pair) for pair in case["windows"]], rule)
    timeline = compile_timeline(
        [spec], case["zone"], rule.first_day, fallback_slides=FALLBACK, horizon_days=9
    )
    found = [
        [f"{datetime.fromtimestamp(at_ms // 1000, zone):%Y-%m-%dT%H:%M}" for at_ms in stretch]
        for stretch in stretches(timeline)
    ]
    assert found == case["stretches"]


WINDOWS = st.lists(
    st.tuples(st.integers(0, 1439), st.integers(1, 1439)).map(
        lambda pair: Window(pair[0], sum(pair) % 1440 or 1440)
    ),
    min_size=1,
    max_size=4,
)


#: Rules, and which days from their first on they name.
RULES = {
    None: range(9),
    "FREQ=DAILY;INTERVAL=2": range(0, 9, 2),
    "FREQ=DAILY;COUNT=2": range(2),
}


@PATIENT
@given(st.integers(0, 2**32), WINDOWS, st.sampled_from(sorted(RULES, key=str)))
def test_a_reminder_is_on_while_any_window_is_and_counts_from_the_one_that_began_last(
    seed: int, windows: list[Window], rrule: str | None
) -> None:
    zone, odd_day = Random(seed).choice(ODD_DAYS)
    first_day = odd_day - timedelta(days=2)
    timeline = compile_timeline(
        [reminder(windows, DateRule(first_day, None, rrule))],
        zone,
        first_day,
        fallback_slides=FALLBACK,
        horizon_days=8,
    )
    found = [
        occurrence(first_day + timedelta(days=n), one, ZoneInfo(zone))
        for n in RULES[rrule]
        for one in windows
    ]
    for slot in timeline.slots:
        at_ms = slot.start_ms
        begun = [one for one in found if one.start_ms <= at_ms and one.start_ms < one.end_ms]
        rhythms = [at.offset_ms + slot.day_start_ms for at in timeline.loops[slot.loop].reminders]
        is_on = any(at_ms < one.end_ms for one in begun)
        assert rhythms == ([max(one.start_ms for one in begun)] if is_on else [])


@PATIENT
@given(st.integers(0, 2**32), WINDOWS, st.integers(1, 4))
def test_its_stretches_are_the_same_from_a_later_midnight(
    seed: int, windows: list[Window], later: int
) -> None:
    zone, odd_day = Random(seed).choice(ODD_DAYS)
    day = odd_day - timedelta(days=3)
    longer, shorter = (
        compile_timeline(
            [reminder(windows)], zone, day + timedelta(n), fallback_slides=FALLBACK, horizon_days=12 - n
        )
        for n in (0, later)
    )
    cut = [
        (slot.start_ms, longer.loops[slot.loop])
        for slot in longer.slots
        if slot.start_ms >= shorter.horizon_ms[0]
    ]
    assert cut == [(slot.start_ms, shorter.loops[slot.loop]) for slot in shorter.slots]


def test_it_plays_at_the_start_of_each_window_and_not_in_two_rhythms() -> None:
    day = date(2026, 11, 24)
    spec = reminder([Window(420, 540), Window(490, 600)], DateRule(day, day), every_min=30)
    timeline = compile_timeline([spec], "UTC", day, fallback_slides=FALLBACK, horizon_days=8)
    midnight_ms = timeline.horizon_ms[0]
    shown = [
        (play.start_ms - midnight_ms) // MINUTE_MS
        for play in plays(timeline, midnight_ms, midnight_ms + 1440 * MINUTE_MS)
        if play.role == "reminder"
    ]
    assert shown == [420, 450, 480, 490, 520, 550, 580]
