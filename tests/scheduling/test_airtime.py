from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.airtime import DARK, airtime, block_ms, permilles
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.playout import SHORTEST_MS, plays
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, Timeline, Window, compile_timeline
from tests.scheduling.patience import FEW, PATIENT
from tests.scheduling.random_plans import random_timeline, skewed
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


def crowded(random: Random) -> Timeline:
    """Many tracks, some with hardly any weight, in slots of a minute or a few."""
    slots = [random.randint(0, 1380) for _ in range(4)]
    every = (20_000, 60_000, 900_000)
    specs = [
        ScheduleSpec(
            f"s{number}",
            role := random.choice(("rotation", "takeover", "takeover", "reminder")),
            ALWAYS,
            tuple(Window(start, start + random.choice((1, 2, 5, 30))) for start in random.sample(slots, 2)),
            share_permille=random.choice((None, 1, 5, 300)) if role == "rotation" else None,
            silences_reminders=random.random() < 0.3,
            every_ms=random.choice(every) if role == "reminder" else None,
            take=random.choice(("next", "all")),
            slides=tuple(
                SlideSpec(f"s{number}_{one}", random.choice((1_000, 5_000, 10_000, 60_000)))
                for one in range(random.randint(1, 3))
            ),
        )
        for number in range(random.randint(2, 14))
    ]
    return skewed(random, compiled(*specs)) if random.random() < 0.5 else compiled(*specs)


PLANS = st.sampled_from((random_timeline, crowded))


def stretch(random: Random, plan: Plan) -> tuple[int, int]:
    from_ms = plan.horizon_ms[0] + random.choice((random.randrange(5 * DAY_MS), 0, DAY_MS))
    return from_ms, from_ms + random.choice((random.randint(1, 48 * 60) * 60_000, 2 * DAY_MS))


@FEW
@given(st.integers(0, 2**32), PLANS)
def test_it_is_what_the_plays_add_up_to(seed: int, make: Callable[[Random], Plan]) -> None:
    """To within 1 % of the stretch, and a slide for each slot."""
    random = Random(seed)
    plan = make(random)
    from_ms, until_ms = stretch(random, plan)
    reckoned, truth = airtime(plan, from_ms, until_ms), walked(plan, from_ms, until_ms)
    longest_ms = max(slide.duration_ms for slide in plan.slides.values())
    slots = sum(1 for slot in plan.slots if from_ms - DAY_MS < slot.start_ms < until_ms)
    for name in reckoned.keys() | truth.keys():
        within_ms = (until_ms - from_ms) // 100 + (slots + 1) * longest_ms
        assert abs(reckoned.get(name, 0) - truth[name]) <= within_ms, name


@PATIENT
@given(st.integers(0, 2**32))
def test_without_reminders_it_is_right_to_within_a_slide_for_each_loop_and_day(seed: int) -> None:
    random = Random(seed)
    timeline = random.choice((random_timeline, crowded))(random)
    bare = {key: replace(loop, reminders=()) for key, loop in timeline.loops.items()}
    plan = replace(timeline, loops=bare)
    midnights = sorted({slot.day_start_ms for slot in plan.slots})
    from_ms, until_ms = midnights[1], midnights[4]
    reckoned, truth = airtime(plan, from_ms, until_ms), walked(plan, from_ms, until_ms)
    within_ms: Counter[str] = Counter()
    for day, key in {(slot.day_start_ms, slot.loop) for slot in plan.slots}:
        if from_ms <= day < until_ms:
            loop = plan.loops[key]
            durations = [plan.slides[name].duration_ms for name in loop.slides]
            # Up to three seconds for every track, where a slide is held until its slot ends (docs/adr/0007).
            within_ms.update(
                {one.schedule: max(durations) + SHORTEST_MS * len(loop.tracks) for one in loop.tracks}
            )
    for name in reckoned.keys() | truth.keys():
        assert abs(reckoned.get(name, 0) - truth[name]) <= within_ms[name] + 1, name


@PATIENT
@given(st.integers(0, 2**32), PLANS)
def test_exactly_those_have_time_whom_the_plan_shows(seed: int, make: Callable[[Random], Plan]) -> None:
    random = Random(seed)
    plan = make(random)
    from_ms, until_ms = stretch(random, plan)
    found = airtime(plan, from_ms, until_ms)
    assert found.keys() == walked(plan, from_ms, until_ms).keys()
    assert all(span_ms > 0 for span_ms in found.values())


def minute(name: str, until_min: int = 301) -> ScheduleSpec:
    """A takeover from five o'clock on, for a minute or two, with a slide of a minute."""
    slides = (SlideSpec(f"{name}0", 60_000),)
    return ScheduleSpec(name, "takeover", ALWAYS, (Window(300, until_min),), slides=slides)


def test_a_minute_has_room_for_one_slide_of_a_minute() -> None:
    """By their weights three have twenty seconds each; the plan begins anew every day, and two of them never come."""
    plan = compiled(rotation("a", 10_000), minute("t1"), minute("t2"), minute("t3"))
    week = plan.horizon_ms[0], plan.horizon_ms[0] + 7 * DAY_MS
    assert airtime(plan, *week) == walked(plan, *week)
    assert airtime(plan, *week).keys() == {"a", "t1"}


def test_whoever_is_crowded_out_on_one_day_may_have_time_on_another() -> None:
    plan = compiled(rotation("a", 10_000), minute("t1"), minute("t2", until_min=302))
    week = plan.horizon_ms[0], plan.horizon_ms[0] + 7 * DAY_MS
    assert airtime(plan, *week)["t2"] == 7 * 60_000


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
    # Named by the slot, and yet not due in it.
    nine_ms = plan.horizon_ms[0] + 9 * HOUR_MS
    assert "c" not in airtime(plan, nine_ms, nine_ms + HOUR_MS // 2)


def test_reminders_that_ask_for_more_than_all_the_time_get_all_of_it() -> None:
    endless = ScheduleSpec("c", "reminder", ALWAYS, every_ms=60_000, slides=(SlideSpec("c0", 70_000),))
    plan = compiled(rotation("a", 10_000), endless)
    assert airtime(plan, plan.horizon_ms[0], plan.horizon_ms[0] + DAY_MS) == {"c": DAY_MS}
