"""The laws of slots, whatever the schedules and the zone (the odd ones pinned, else any that IANA knows).

Every instant is in exactly one slot · adjacent windows tile · the order of input changes nothing · a weaker schedule
changes nothing where a stronger one is on · beginning at a later local midnight is cutting · alerts change nothing.
The laws of what plays in them are in `test_laws_of_plays`, the law of shares in `test_fairness`.
"""

import ast
import inspect
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.delivery import manifest
from signage_server.scheduling import fairness, plan, playout, timeline
from signage_server.scheduling.plan import Loop
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, Timeline, Window
from tests.house.tree import ROOT
from tests.scheduling.builders import DAY_MS, at, compiled, loop_at, spec
from tests.scheduling.patience import PATIENT
from tests.scheduling.random_plans import ALL_ZONES, ODD_DAYS, changes, random_place, random_schedules

SEEDS = st.integers(0, 2**32)


def random_case(seed: int) -> tuple[list[ScheduleSpec], str, date, int]:
    random = Random(seed)
    zone, odd_day = random_place(random)
    schedules = random_schedules(random, odd_day)
    return schedules, zone, odd_day - timedelta(days=random.randint(0, 4)), random.randint(8, 12)


def slots_by_content(timeline: Timeline, since_ms: int = 0) -> list[tuple[Any, ...]]:
    return [
        (slot.start_ms, timeline.loops[slot.loop], slot.day_start_ms, slot.turn)
        for slot in timeline.slots
        if slot.start_ms >= since_ms
    ]


# Every instant is in exactly one slot


def assert_tiles(timeline: Timeline) -> None:
    starts = [slot.start_ms for slot in timeline.slots]
    start_ms, end_ms = timeline.horizon_ms
    assert starts[0] == start_ms
    assert all(one < other for one, other in pairwise([*starts, end_ms]))
    assert {slot.loop for slot in timeline.slots} | {"f"} == set(timeline.loops)


@PATIENT
@given(SEEDS)
def test_every_instant_is_in_exactly_one_slot(seed: int) -> None:
    schedules, zone, day, days = random_case(seed)
    assert_tiles(compiled(*schedules, zone=zone, day=day, days=days))


@pytest.mark.parametrize(("zone", "odd_day"), ODD_DAYS, ids=str)
def test_so_it_is_where_clocks_are_changed_in_odd_ways(zone: str, odd_day: date) -> None:
    for seed in range(4):
        schedules = random_schedules(Random(f"{zone} {seed}"), odd_day)
        assert_tiles(compiled(*schedules, zone=zone, day=odd_day - timedelta(days=3)))


def test_so_it_is_in_every_zone() -> None:
    for zone in ALL_ZONES:
        odd_day = (changes(zone, 2026) or [date(2026, 6, 15)])[0]
        schedules = random_schedules(Random(zone), odd_day)
        assert_tiles(compiled(*schedules, zone=zone, day=odd_day - timedelta(days=3)))


@PATIENT
@given(SEEDS)
def test_every_local_midnight_begins_a_slot_and_a_turn(seed: int) -> None:
    schedules, zone, day, days = random_case(seed)
    timeline = compiled(*schedules, zone=zone, day=day, days=days)
    midnights = {at("00:00", day + timedelta(days=n), zone): n for n in range(days)}
    first_turn = (day - date(1970, 1, 1)).days
    assert {
        slot.start_ms: slot.turn - first_turn for slot in timeline.slots if slot.start_ms == slot.day_start_ms
    } == midnights
    assert all(
        slot.day_start_ms == max(m for m in midnights if m <= slot.start_ms) for slot in timeline.slots
    )


@PATIENT
@given(SEEDS)
def test_neighbours_within_a_day_differ(seed: int) -> None:
    schedules, zone, day, days = random_case(seed)
    timeline = compiled(*schedules, zone=zone, day=day, days=days)
    for one, other in pairwise(timeline.slots):
        assert (
            one.day_start_ms != other.day_start_ms or timeline.loops[one.loop] != timeline.loops[other.loop]
        )


# The order of input, and where the horizon begins, change nothing


@PATIENT
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_in_which_schedules_are_given_changes_nothing(seed: int, shuffling: Random) -> None:
    schedules, zone, day, days = random_case(seed)
    shuffled = shuffling.sample(schedules, len(schedules))
    assert compiled(*shuffled, zone=zone, day=day, days=days) == compiled(
        *schedules, zone=zone, day=day, days=days
    )


@PATIENT
@given(SEEDS, st.integers(1, 4))
def test_beginning_at_a_later_midnight_is_cutting(seed: int, later: int) -> None:
    schedules, zone, day, _ = random_case(seed)
    longer = compiled(*schedules, zone=zone, day=day, days=later + 8)
    shorter = compiled(*schedules, zone=zone, day=day + timedelta(days=later), days=8)
    assert longer.horizon_ms[1] == shorter.horizon_ms[1]
    assert slots_by_content(longer, shorter.horizon_ms[0]) == slots_by_content(shorter)


# A weaker schedule changes nothing where a stronger one is on


def strength(loop: Loop) -> str:
    return "off" if loop.off else loop.tracks[0].role


#: Takeovers have priorities from 0 up here; darkness is stronger than all.
WEAKER = {
    "rotation": ("takeover", "off"),
    "takeover": ("takeover", "off"),
    "reminder": ("off",),
}


@PATIENT
@given(SEEDS, st.sampled_from(sorted(WEAKER)))
def test_a_weaker_schedule_changes_nothing_where_a_stronger_one_is_on(seed: int, role: str) -> None:
    schedules, zone, day, days = random_case(seed)
    plain = compiled(*schedules, zone=zone, day=day, days=days)
    expiring = (SlideSpec("w", 7_000, plain.horizon_ms[0] + DAY_MS + 1),)
    weaker = spec("sch_5x", role, priority=-1, slides=expiring, silences_reminders=True)
    joined = compiled(*schedules, weaker, zone=zone, day=day, days=days)
    instants = {slot.start_ms for timeline in (plain, joined) for slot in timeline.slots}
    for instant in instants:
        if strength(loop_at(plain, instant)) in WEAKER[role]:
            assert loop_at(joined, instant) == loop_at(plain, instant)


# Adjacent windows tile; the same for instants is in `test_recurrence`


@PATIENT
@given(SEEDS, st.lists(st.integers(1, 1439), min_size=1, max_size=4, unique=True))
def test_schedules_with_adjacent_windows_follow_each_other_without_gap_or_overlap(
    seed: int, cuts: list[int]
) -> None:
    zone, odd_day = random_place(Random(seed))
    edges = [0, *sorted(cuts), 1440]
    windows = [Window(*pair) for pair in pairwise(edges)]
    schedules = [spec(f"s{index}", windows=(window,)) for index, window in enumerate(windows)]
    timeline = compiled(*schedules, zone=zone, day=odd_day - timedelta(days=2))
    assert all(len(loop.tracks) == 1 for loop in timeline.loops.values())
    assert "fallback" not in {timeline.loops[slot.loop].tracks[0].schedule for slot in timeline.slots}


# Alerts


def names_in(source: str) -> set[str]:
    """All names and texts of a Python source, without its documentation."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        named = (getattr(node, field, None) for field in ("id", "attr", "name", "arg", "module"))
        found |= {str(name) for name in named if name}
    return found


def test_alerts_are_neither_in_the_manifest_nor_in_the_plan() -> None:
    """Nothing that makes, writes or plays a plan knows of alerts, so raising and ending one leaves them unchanged."""
    for module in (plan, timeline, fairness, playout, manifest):
        assert not [name for name in names_in(inspect.getsource(module)) if "alert" in name.lower()]
    for name in ("manifest", "playout", "day", "fairness", "weeks"):
        assert "alert" not in (ROOT / "player/src" / f"{name}.ts").read_text(encoding="utf-8").lower()
    assert "alert" not in (ROOT / "docs/protocol/manifest.schema.json").read_text(encoding="utf-8").lower()
