"""The laws of what plays, whatever the plan and the zone.

A reminder is never later than the slide it waits for plus the reminders before it, it never drifts, and its count is
exact but for one · a loop interrupted by a takeover goes on where it stopped · booting in the middle gives the tail of
the same plan · the plan does not depend on the day the horizon begins. The law of shares is in `test_fairness`.
"""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.plan import Reminder, Slot
from signage_server.scheduling.playout import WEEK_MS, Playout, plays, what_plays
from signage_server.scheduling.timeline import DateRule, Timeline, Window
from tests.scheduling.builders import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    TUESDAY,
    compiled,
    rotation,
    slot_at,
)
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import random_place, random_schedules, random_timeline

SEEDS = st.integers(0, 2**32)


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


# Reminders: late by the slide in progress and the reminders before it at most, at edges of slots too


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


def is_owed(timeline: Timeline, slot: Slot, reminder: Reminder) -> bool:
    """Whether a reminder is behind with a due time when a slot begins: the edge had come first, or a takeover."""
    anchor_ms = slot.day_start_ms + reminder.offset_ms
    due_ms = anchor_ms + (slot.start_ms - anchor_ms) // reminder.every_ms * reminder.every_ms
    since_ms = max(due_ms, slot.day_start_ms)
    return not any(
        play.schedule == reminder.schedule and play.start_ms >= since_ms
        for play in plays(timeline, since_ms, slot.start_ms)
    )


@FEW
@given(SEEDS)
def test_a_reminder_is_never_later_than_the_slide_it_waits_for_and_the_reminders_before_it(seed: int) -> None:
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
            if is_owed(timeline, slot, reminder):
                assert waits_only_for_its_turn(playout, timeline, slot.start_ms, window), reminder


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


# Takeovers


@FEW
@given(st.integers(0, 1380), st.integers(1, 59), st.lists(st.integers(3_000, 40_000), min_size=2, max_size=5))
def test_a_loop_interrupted_by_a_takeover_goes_on_where_it_stopped(
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


@FEW
@given(SEEDS)
def test_so_do_all_tracks_that_share_a_loop(seed: int) -> None:
    """Where a takeover begins between two slides, the loop does not even notice."""
    random = Random(seed)
    tracks = [rotation(f"a{n}", *[10_000] * random.randint(1, 5)) for n in range(random.randint(2, 5))]
    start_min = random.randint(1, 200)
    window = Window(start_min, start_min + random.randint(1, 60))
    takeover = rotation("t", 10_000, role="takeover", windows=(window,))
    alone, interrupted = compiled(*tracks), compiled(*tracks, takeover)
    start_ms = alone.horizon_ms[0]
    shown = [
        [play.slide for play in plays(one, start_ms, start_ms + 6 * HOUR_MS) if play.schedule != "t"]
        for one in (alone, interrupted)
    ]
    assert shown[0][: len(shown[1])] == shown[1]


# The horizon


@FEW
@given(SEEDS, st.integers(1, 3))
def test_the_plan_does_not_depend_on_the_day_the_horizon_begins(seed: int, later: int) -> None:
    random = Random(seed)
    zone, odd_day = random_place(random)
    schedules = random_schedules(random, odd_day)
    day = odd_day - timedelta(days=2)
    today = compiled(*schedules, zone=zone, day=day, days=12)
    then = compiled(*schedules, zone=zone, day=day + timedelta(days=later))
    span = (then.horizon_ms[0], then.horizon_ms[0] + DAY_MS // 2)
    assert list(plays(today, *span)) == list(plays(then, *span))
