from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.delivery.manifest import parse_manifest
from signage_server.scheduling.plan import Loop
from signage_server.scheduling.playout import WEEK_MS, Play, Playout, plays, what_plays
from signage_server.scheduling.timeline import Window
from tests.scheduling.builders import DAY_MS, HOUR_MS, MINUTE_MS, compiled, loop_at, rotation, slot_at
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import random_timeline
from tests.scheduling.vectors import manifest_text, vectors

CASES = [case for name in ("edges", "reminders", "tracks", "horizon", "numbers") for case in vectors(name)]
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_plays(case: dict[str, Any]) -> None:
    manifest = parse_manifest(manifest_text(case["plan"]))
    found = plays(manifest, case["from_ms"], case["until_ms"])
    assert [list(play) for play in found] == case["plays"]


# Whatever the plan


@FEW
@given(SEEDS)
def test_plays_follow_each_other_without_gap_and_keep_to_their_slots(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    start_ms = random.randrange(timeline.horizon_ms[0], timeline.horizon_ms[1] - 2 * HOUR_MS)
    found = list(plays(timeline, start_ms, start_ms + 2 * HOUR_MS))
    assert found[0].start_ms <= start_ms < found[0].end_ms
    assert all(one.end_ms == other.start_ms for one, other in pairwise(found))
    for play in found:
        assert play.start_ms < play.end_ms
        assert slot_at(timeline, play.start_ms) == slot_at(timeline, play.end_ms - 1)
        assert_belongs(loop_at(timeline, play.start_ms), play)


def assert_belongs(loop: Loop, play: Play) -> None:
    owners = {(track.schedule, track.role): track.slides for track in loop.tracks}
    owners |= {(reminder.schedule, "reminder"): reminder.slides for reminder in loop.reminders}
    if loop.off:
        assert (play.slide, play.schedule, play.role) == (None, None, "off")
    else:
        assert play.slide in owners[str(play.schedule), play.role]


@FEW
@given(SEEDS)
def test_the_order_in_which_one_asks_changes_nothing(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    midnights = [slot.start_ms for slot in timeline.slots if slot.start_ms == slot.day_start_ms]
    instants = [
        random.choice([*midnights[-2:], midnights[-1] + WEEK_MS, midnights[0] - WEEK_MS])
        + random.randrange(HOUR_MS)
        for _ in range(6)
    ]
    playout = Playout(timeline)
    for instant in [*instants, *sorted(instants)]:
        assert playout.at(instant) == what_plays(timeline, instant)
        assert playout.at(instant).start_ms <= instant < playout.at(instant).end_ms


@FEW
@given(SEEDS)
def test_only_the_first_slide_of_a_slot_may_get_less_than_it_needs(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    slot = random.choice(timeline.slots)
    start_ms, end_ms = timeline.horizon_ms
    span = (max(start_ms, slot.start_ms - HOUR_MS // 2), min(end_ms, slot.start_ms + HOUR_MS // 2))
    for play in plays(timeline, *span):
        if play.slide and slot_at(timeline, play.start_ms).start_ms != play.start_ms:
            needed_ms = min(3_000, timeline.slides[play.slide].duration_ms)
            assert play.end_ms - play.start_ms >= needed_ms


@FEW
@given(SEEDS)
def test_the_stand_in_weeks_show_neither_takeovers_nor_what_has_ended(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    since_ms = timeline.horizon_ms[1] + random.randrange(4 * WEEK_MS)
    for play in plays(timeline, since_ms, since_ms + HOUR_MS):
        assert play.role != "takeover"
        if play.slide and play.role != "fallback":
            until_ms = timeline.slides[play.slide].until_ms
            assert until_ms is None or play.end_ms <= until_ms


def test_a_week_later_nothing_is_different_where_nothing_ends() -> None:
    reminder = rotation("r", 5_000, role="reminder", every_ms=7 * MINUTE_MS, windows=(Window(420, 1140),))
    timeline = compiled(rotation("a", 7_000, 8_000, 9_000), rotation("b", 11_000), reminder, days=14)
    last_week = timeline.horizon_ms[1] - WEEK_MS
    first = plays(timeline, last_week, last_week + DAY_MS)
    later = plays(timeline, last_week + 5 * WEEK_MS, last_week + 5 * WEEK_MS + DAY_MS)
    for one, other in zip(first, later, strict=True):
        moved = one._replace(start_ms=one.start_ms + 5 * WEEK_MS, end_ms=one.end_ms + 5 * WEEK_MS)
        assert moved == other


def test_next_shows_each_slide_of_a_reminder_in_its_order() -> None:
    reminder = rotation("r", 5_000, 5_000, 5_000, role="reminder", every_ms=15 * MINUTE_MS)
    timeline = compiled(rotation("a", 10_000), reminder)
    start_ms = timeline.horizon_ms[0]
    shown = [
        play.slide for play in plays(timeline, start_ms, start_ms + 3 * HOUR_MS) if play.role == "reminder"
    ]
    turn = timeline.slots[0].turn
    assert shown == [f"r{(turn + number) % 3}" for number in range(12)]


# Tracks


def test_without_shares_every_slide_airs_once_a_round() -> None:
    lists = ([10_000, 15_000], [20_000], [5_000, 5_000, 5_000, 25_000])
    timeline = compiled(*(rotation(f"s{index}", *durations) for index, durations in enumerate(lists)))
    start_ms, round_ms = timeline.horizon_ms[0], 85_000
    for number in range(20):
        from_ms = start_ms + number * round_ms
        shown = [play.slide for play in plays(timeline, from_ms, from_ms + round_ms)]
        assert sorted(map(str, shown)) == ["s00", "s01", "s10", "s20", "s21", "s22", "s23"]
