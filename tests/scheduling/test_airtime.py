from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.airtime import DARK, airtime, block_ms, permilles
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.playout import plays
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, Window, compile_timeline
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import random_timeline
from tests.scheduling.test_explain import ALWAYS, DAY_MS, TUESDAY, VIETNAM, compiled

HOUR_MS = 3_600_000


def rotation(name: str, *durations_ms: int, share_permille: int | None = None) -> ScheduleSpec:
    slides = tuple(SlideSpec(f"{name}{index}", duration) for index, duration in enumerate(durations_ms))
    return ScheduleSpec(name, "rotation", ALWAYS, slides=slides, share_permille=share_permille)


def walked(plan: Plan, from_ms: int, until_ms: int) -> Counter[str]:
    """The truth, play by play."""
    on_air: Counter[str] = Counter()
    for play in plays(plan, from_ms, until_ms):
        on_air[play.schedule or DARK] += min(play.end_ms, until_ms) - max(play.start_ms, from_ms)
    return on_air


def named(plan: Plan, from_ms: int, until_ms: int) -> Iterator[str]:
    ends = [*(slot.start_ms for slot in plan.slots[1:]), plan.horizon_ms[1]]
    for slot, end_ms in zip(plan.slots, ends, strict=True):
        if slot.start_ms < until_ms and end_ms > from_ms:
            loop = plan.loops[slot.loop]
            yield from [DARK] if loop.off else []
            yield from (track.schedule for track in loop.tracks)
            yield from (reminder.schedule for reminder in loop.reminders)


@FEW
@given(st.integers(0, 2**32))
def test_it_is_what_the_plays_add_up_to(seed: int) -> None:
    """To within 1 % of the stretch, and a slide for each slot."""
    random = Random(seed)
    plan = random_timeline(random)
    from_ms = plan.horizon_ms[0] + random.randrange(5 * DAY_MS)
    until_ms = from_ms + random.randint(1, 48) * HOUR_MS
    reckoned, truth = airtime(plan, from_ms, until_ms), walked(plan, from_ms, until_ms)
    longest_ms = max(slide.duration_ms for slide in plan.slides.values())
    slots = sum(1 for slot in plan.slots if from_ms - DAY_MS < slot.start_ms < until_ms)
    for name in reckoned.keys() | truth.keys():
        within_ms = (until_ms - from_ms) // 100 + (slots + 1) * longest_ms
        assert abs(reckoned.get(name, 0) - truth[name]) <= within_ms, name


@FEW
@given(st.integers(0, 2**32))
def test_exactly_those_have_time_whom_a_slot_names(seed: int) -> None:
    random = Random(seed)
    plan = random_timeline(random)
    from_ms = plan.horizon_ms[0] + random.randrange(5 * DAY_MS)
    until_ms = from_ms + random.randint(1, 48) * HOUR_MS
    found = airtime(plan, from_ms, until_ms)
    assert found.keys() == set(named(plan, from_ms, until_ms))
    assert all(span_ms > 0 for span_ms in found.values())


def test_a_reminder_takes_its_part_from_the_tracks_by_their_weights() -> None:
    notice = ScheduleSpec("c", "reminder", ALWAYS, every_ms=900_000, slides=(SlideSpec("c0", 30_000),))
    plan = compiled(rotation("a", 10_000, share_permille=250), rotation("b", 10_000, 20_000), notice)
    day = airtime(plan, plan.horizon_ms[0], plan.horizon_ms[0] + DAY_MS)
    assert day == {"c": 96 * 30_000, "a": (DAY_MS - 96 * 30_000) // 4, "b": (DAY_MS - 96 * 30_000) // 4 * 3}
    loop = plan.loops[plan.slots[0].loop]
    assert permilles(loop) == {"a": 250, "b": 750}
    assert block_ms(plan, loop.reminders[0]) == 30_000


def test_a_reminder_waits_for_slides_that_are_longer_than_its_rhythm() -> None:
    """Slides of five minutes and a reminder every minute: it comes after each of them, not five times."""
    notice = ScheduleSpec("c", "reminder", ALWAYS, every_ms=60_000, slides=(SlideSpec("c0", 10_000),))
    plan = compiled(rotation("a", 300_000), notice)
    from_ms, until_ms = plan.horizon_ms[0], plan.horizon_ms[0] + DAY_MS
    found = airtime(plan, from_ms, until_ms)
    assert found["c"] == pytest.approx(walked(plan, from_ms, until_ms)["c"], rel=0.01)


def test_darkness_is_time_too_and_the_stretch_is_cut_to_the_horizon() -> None:
    night = ScheduleSpec("n", "off", ALWAYS, (Window(22 * 60, 6 * 60),))
    plan = compile_timeline(
        [night], VIETNAM, TUESDAY, fallback_slides=[SlideSpec("f", 9_000)], horizon_days=8
    )
    found = airtime(plan, 0, 2**50)
    assert found == {DARK: 8 * 8 * HOUR_MS, "fallback": 8 * 16 * HOUR_MS}
    assert airtime(plan, 0, plan.horizon_ms[0]) == {}


def test_a_due_time_that_was_silenced_is_made_good_when_the_silence_ends() -> None:
    morning = Window(8 * 60, 10 * 60)
    once = ScheduleSpec(
        "c", "reminder", ALWAYS, (morning,), every_ms=2 * HOUR_MS, slides=(SlideSpec("c0", 10_000),)
    )
    silence = ScheduleSpec(
        "t",
        "takeover",
        ALWAYS,
        (Window(480, 510),),
        silences_reminders=True,
        slides=(SlideSpec("t0", 10_000),),
    )
    plan = compiled(rotation("a", 10_000), once, silence)
    day = plan.horizon_ms[0], plan.horizon_ms[0] + DAY_MS
    assert airtime(plan, *day)["c"] == walked(plan, *day)["c"] == 10_000
    # Named by the slot, and yet not due in it: that is not the same as getting nothing.
    nine_ms = plan.horizon_ms[0] + 9 * HOUR_MS
    assert airtime(plan, nine_ms, nine_ms + HOUR_MS // 2)["c"] == 1


def test_reminders_that_ask_for_more_than_all_the_time_get_all_of_it() -> None:
    endless = ScheduleSpec("c", "reminder", ALWAYS, every_ms=60_000, slides=(SlideSpec("c0", 70_000),))
    plan = compiled(rotation("a", 10_000), endless)
    assert airtime(plan, plan.horizon_ms[0], plan.horizon_ms[0] + DAY_MS) == {"a": 1, "c": DAY_MS}
