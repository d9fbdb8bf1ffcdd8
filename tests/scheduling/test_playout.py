from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.delivery.manifest import parse_manifest
from signage_server.scheduling.plan import Loop, Plan, Reminder, Slot
from signage_server.scheduling.playout import WEEK_MS, Play, Playout, plays, what_plays
from signage_server.scheduling.timeline import (
    DateRule,
    ScheduleSpec,
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
    local_day,
)
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import random_timeline
from tests.scheduling.vectors import manifest_text, vectors

CASES = [case for name in ("edges", "reminders", "tracks", "horizon", "numbers") for case in vectors(name)]
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
VIETNAM = "Asia/Ho_Chi_Minh"
TUESDAY = date(2026, 11, 24)
ALWAYS = DateRule(date(2000, 1, 1))
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_plays(case: dict[str, Any]) -> None:
    manifest = parse_manifest(manifest_text(case["plan"]))
    found = plays(manifest, case["from_ms"], case["until_ms"])
    assert [list(play) for play in found] == case["plays"]


def slot_at(plan: Plan, at_ms: int) -> Slot:
    return plan.slots[bisect_right([slot.start_ms for slot in plan.slots], at_ms) - 1]


def loop_at(plan: Plan, at_ms: int) -> Loop:
    return plan.loops[slot_at(plan, at_ms).loop]


def compiled(*schedules: ScheduleSpec, days: int = 8) -> Timeline:
    fallback = [SlideSpec("f", 10_000)]
    return compile_timeline(schedules, VIETNAM, TUESDAY, fallback_slides=fallback, horizon_days=days)


def rotation(name: str, *durations_ms: int, **values: Any) -> ScheduleSpec:
    slides = tuple(SlideSpec(f"{name}{index}", duration) for index, duration in enumerate(durations_ms))
    return ScheduleSpec(**{"id": name, "role": "rotation", "rule": ALWAYS, "slides": slides} | values)


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
def test_booting_in_the_middle_gives_the_tail_of_the_same_plan(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    start_ms, end_ms = timeline.horizon_ms
    since_ms = random.randrange(start_ms - 2 * WEEK_MS, end_ms + 3 * WEEK_MS)
    whole = list(plays(timeline, since_ms, since_ms + HOUR_MS))
    for _ in range(3):
        boot_ms = since_ms + random.randrange(HOUR_MS)
        tail = [play for play in whole if play.end_ms > boot_ms]
        assert list(plays(timeline, boot_ms, since_ms + HOUR_MS)) == tail


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


# Reminders


def due_times(timeline: Timeline, slot: Slot, reminder: Reminder, end_ms: int) -> Iterator[int]:
    due_ms = slot.day_start_ms + reminder.offset_ms
    while due_ms < end_ms:
        if due_ms >= slot.start_ms:
            yield due_ms
        due_ms += reminder.every_ms


def windows_on(timeline: Timeline, at_ms: int) -> set[tuple[str, int]]:
    """The reminders that are on, each with the start of its window."""
    slot = slot_at(timeline, at_ms)
    loop = timeline.loops[slot.loop]
    return {(reminder.schedule, slot.day_start_ms + reminder.offset_ms) for reminder in loop.reminders}


def waits_only_for_its_turn(
    playout: Playout, timeline: Timeline, due_ms: int, window: tuple[str, int]
) -> bool:
    """From its due time on: the slide in progress, then reminders only, until it plays or is on no more."""
    play = playout.at(due_ms)
    at_ms = due_ms if play.start_ms == due_ms else play.end_ms
    while at_ms < timeline.horizon_ms[1]:
        if window not in windows_on(timeline, at_ms):
            return True
        play = playout.at(at_ms)
        if play.role != "reminder":
            return False
        if play.schedule == window[0]:
            return True
        at_ms = play.end_ms
    return True


@FEW
@given(SEEDS)
def test_a_reminder_waits_for_the_slide_in_progress_and_other_reminders_only(seed: int) -> None:
    random = Random(seed)
    timeline = random_timeline(random)
    playout = Playout(timeline)
    reminding = [slot for slot in timeline.slots if timeline.loops[slot.loop].reminders]
    for slot in sorted(random.sample(reminding, min(2, len(reminding)))):
        end_ms = min([other.start_ms for other in timeline.slots if other.start_ms > slot.start_ms] or [0])
        for reminder in timeline.loops[slot.loop].reminders:
            window = (reminder.schedule, slot.day_start_ms + reminder.offset_ms)
            dues = list(due_times(timeline, slot, reminder, end_ms))
            for due_ms in [*dues[:1], *dues[-2:]]:
                assert waits_only_for_its_turn(playout, timeline, due_ms, window), (due_ms, reminder)


@FEW
@given(
    st.lists(st.integers(3_000, 60_000), min_size=1, max_size=5),
    st.integers(5 * MINUTE_MS, 90 * MINUTE_MS),
    st.integers(0, 1439),
    st.integers(10, 1430),
    st.sampled_from(["next", "all"]),
)
def test_a_reminder_never_drifts_and_its_count_is_exact_but_for_one(
    durations: list[int], every_ms: int, start_min: int, length: int, take: Any
) -> None:
    window = Window(start_min, (start_min + length) % 1440 or 1440)
    once = DateRule(TUESDAY, TUESDAY)
    reminder = rotation(
        "r", 20_000, 15_000, role="reminder", rule=once, windows=(window,), every_ms=every_ms, take=take
    )
    timeline = compiled(rotation("a", *durations), reminder)
    from_ms = timeline.horizon_ms[0] + start_min * MINUTE_MS
    until_ms = from_ms + length * MINUTE_MS
    starts = [play.start_ms for play in plays(timeline, from_ms, until_ms) if play.slide == "r0"]
    if take == "all":
        lateness = [(start - from_ms) % every_ms for start in starts if not is_midnight(timeline, start)]
        assert all(late < 60_000 for late in lateness)
        due = -(-length * MINUTE_MS // every_ms)
        assert abs(len(starts) - due) <= 1
    else:
        shown = [play for play in plays(timeline, from_ms, until_ms) if play.role == "reminder"]
        assert abs(len(shown) - -(-length * MINUTE_MS // every_ms)) <= 1


def is_midnight(timeline: Timeline, at_ms: int) -> bool:
    return slot_at(timeline, at_ms).day_start_ms == at_ms


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


@FEW
@given(st.integers(0, 1380), st.integers(1, 59), st.lists(st.integers(3_000, 40_000), min_size=2, max_size=5))
def test_a_loop_that_was_interrupted_goes_on_where_it_stopped(
    start_min: int, length: int, durations: list[int]
) -> None:
    window = Window(start_min, start_min + length)
    takeover = rotation("t", 10_000, role="takeover", windows=(window,))
    timeline = compiled(rotation("a", *durations), takeover)
    from_ms = timeline.horizon_ms[0] + start_min * MINUTE_MS
    until_ms = from_ms + length * MINUTE_MS
    names = [f"a{index}" for index in range(len(durations))]
    shown = list(plays(timeline, timeline.horizon_ms[0], until_ms + 10 * MINUTE_MS))
    order = [play.slide for play in shown if play.schedule == "a"]
    first = timeline.slots[0].turn % len(names)
    assert order == [names[(first + number) % len(names)] for number in range(len(order))]
    assert what_plays(timeline, from_ms).schedule == "t"
    assert what_plays(timeline, until_ms).start_ms == until_ms


def test_the_plan_does_not_depend_on_the_day_the_horizon_begins() -> None:
    reminder = rotation("r", 5_000, role="reminder", every_ms=7 * MINUTE_MS, windows=(Window(1320, 420),))
    schedules = [rotation("a", 7_000, 8_000), rotation("b", 9_000, share_permille=300), reminder]
    fallback = [SlideSpec("f", 10_000)]
    today = compile_timeline(schedules, VIETNAM, TUESDAY, fallback_slides=fallback)
    tomorrow_day = local_day(today.horizon_ms[0] + DAY_MS, ZoneInfo(VIETNAM))
    tomorrow = compile_timeline(schedules, VIETNAM, tomorrow_day, fallback_slides=fallback)
    span = (tomorrow.horizon_ms[0], tomorrow.horizon_ms[0] + 2 * DAY_MS)
    assert list(plays(today, *span)) == list(plays(tomorrow, *span))
