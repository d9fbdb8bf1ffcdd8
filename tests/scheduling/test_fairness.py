"""The law of shares: no track is ever further from its part of the time than the longest slide of its loop.

What the edges of slots may add is said here to the millisecond: a slide that is held to the end of its slot has up
to 2,999 ms more than its own time. A track may be ahead by that much more, and behind by that much for each of the
other tracks. A slide that is cut adds nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.plan import Loop
from signage_server.scheduling.playout import SHORTEST_MS, Play, plays
from signage_server.scheduling.timeline import (
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
)
from tests.scheduling.builders import HOUR_MS, MINUTE_MS, TUESDAY, rotation
from tests.scheduling.patience import FEW, PATIENT
from tests.scheduling.random_plans import skewed
from tests.scheduling.table import Table, random_table

SEEDS = st.integers(0, 2**32)
HELD_MS = SHORTEST_MS - 1
#: Three playlists of ten-second slides; that of the third is seven times as long as each of the others.
ONE_ONE_SEVEN = (1, 1, 7)


@PATIENT
@given(SEEDS)
def test_a_tracks_share_is_within_one_slide_of_its_promise(seed: int) -> None:
    table = random_table(Random(seed))
    for _ in range(400):
        track = table.turn()
        table.show(track, table.next_ms(track))
        assert table.worst <= 1


@PATIENT
@given(SEEDS, st.integers(0, 100))
def test_what_the_edges_of_slots_may_add_to_that(seed: int, edges: int) -> None:
    random = Random(seed)
    table = random_table(random)
    ahead_ms = table.longest_ms + HELD_MS
    behind_ms = table.longest_ms + HELD_MS * (len(table.loop.tracks) - 1)
    for _ in range(400):
        track = table.turn()
        span_ms = table.next_ms(track)
        if random.randrange(100) < edges:
            span_ms = random.choice((random.randint(1, span_ms), span_ms + HELD_MS))
        table.show(track, span_ms)
        for one in table.loop.tracks:
            assert -behind_ms * table.total_weight <= table.ahead(one) <= ahead_ms * table.total_weight


@PATIENT
@given(SEEDS)
def test_slides_that_are_only_cut_add_nothing(seed: int) -> None:
    random = Random(seed)
    table = random_table(random)
    for _ in range(400):
        track = table.turn()
        table.show(track, random.randint(1, table.next_ms(track)))
        assert table.worst <= 1


@PATIENT
@given(SEEDS)
def test_of_two_tracks_the_one_furthest_behind_is_always_the_next(seed: int) -> None:
    table = random_table(Random(seed), tracks=2)
    for _ in range(400):
        track = table.turn()
        assert track == table.furthest_behind()
        table.show(track, table.next_ms(track))


def test_always_taking_the_track_furthest_behind_would_break_the_promise() -> None:
    """Why the rule is more than that, on the smallest case there is."""
    simple, ours = (Table(ONE_ONE_SEVEN, ((10_000,),) * 3) for _ in range(2))
    worst = [0.0, 0.0]
    for _ in range(90):
        simple.show(simple.furthest_behind(), 10_000)
        ours.show(ours.turn(), 10_000)
        worst = [max(worst[0], simple.worst), max(worst[1], ours.worst)]
    assert worst == [pytest.approx(10 / 9), pytest.approx(8 / 9)]


@pytest.mark.parametrize(
    ("weights", "lists", "simple_worst"),
    [
        # Found by climbing: the worst that always taking the track furthest behind has come to.
        (
            (1, 16, 16, 310, 16, 7298),
            ((10_000, 9_701, 10_000), (10_000, 6_004), (10_000,), (10_000,), (10_000,), (10_000, 9_701)),
            1.99,
        ),
        (
            (762, 50, 62, 9, 8, 623, 11_093),
            (
                (3_410, 81_147),
                (15_501, 27_362, 15_872, 66_779, 46_812),
                (38_926, 41_167, 81_336),
                (63_313, 2_788, 46_996, 27_864),
                (66_656,),
                (24_050, 32_005, 82_361),
                (34_653, 3_642, 59_084, 68_709, 71_290),
            ),
            1.83,
        ),
    ],
)
def test_the_worst_cases_known(weights: Any, lists: Any, simple_worst: float) -> None:
    simple, ours = Table(weights, lists), Table(weights, lists)
    worst = 0.0
    for _ in range(600):
        furthest = simple.furthest_behind()
        simple.show(furthest, simple.next_ms(furthest))
        worst = max(worst, simple.worst)
        track = ours.turn()
        ours.show(track, ours.next_ms(track))
        assert ours.worst <= 1
    assert worst > simple_worst


def test_a_track_that_is_ahead_is_never_urgent() -> None:
    """Found by climbing: if it were, this would come to four slides."""
    table = Table(
        (2, 10_098, 393, 250, 362, 242, 75, 217),
        (
            (83_056,),
            (66_692, 10_000, 4_494, 34_999, 6_432),
            (31_251,),
            (6_404,),
            (10_000, 10_000, 25_026, 10_000),
            (10_000, 10_000),
            (81_343, 12_658, 84_674, 9_846),
            (17_796, 965, 9_077, 26_490),
        ),
    )
    for _ in range(600):
        track = table.turn()
        table.show(track, table.next_ms(track))
        assert table.worst <= 1


# In whole plans: reminders are no time of tracks, and a loop that was interrupted goes on


def random_plan(random: Random) -> Timeline:
    """Several rotations all day; takeovers at odd minutes; a reminder."""
    slides = [
        [random.randint(3_000, 90_000) for _ in range(random.randint(1, 4))]
        for _ in range(random.randint(2, 6))
    ]
    schedules = [rotation(f"s{index}", *durations) for index, durations in enumerate(slides)]
    schedules[0] = replace(schedules[0], share_permille=random.choice((None, random.randint(50, 800))))
    starts = random.sample(range(6 * 60), random.randint(0, 6))
    windows = tuple(Window(start, start + random.randint(1, 20)) for start in sorted(starts))
    if windows:
        schedules.append(rotation("t", 10_000, role="takeover", windows=windows))
    if random.random() < 0.5:
        schedules.append(rotation("r", 15_000, role="reminder", every_ms=random.randint(2, 20) * MINUTE_MS))
    timeline = compile_timeline(
        schedules, "UTC", TUESDAY, fallback_slides=[SlideSpec("f", 10_000)], horizon_days=8
    )
    return skewed(random, timeline) if random.random() < 0.5 else timeline


def morning(timeline: Timeline) -> Iterator[tuple[Loop, Play]]:
    """Six hours of plays of rotations, each with its loop."""
    start_ms = timeline.horizon_ms[0]
    slots = list(timeline.slots)
    for play in plays(timeline, start_ms, start_ms + 6 * HOUR_MS):
        while len(slots) > 1 and slots[1].start_ms <= play.start_ms:
            slots.pop(0)
        if play.role == "rotation":
            yield timeline.loops[slots[0].loop], play


@FEW
@given(SEEDS)
def test_the_law_holds_in_whole_plans_over_takeovers_reminders_and_edges(seed: int) -> None:
    timeline = random_plan(Random(seed))
    had: dict[Loop, Counter[str | None]] = {}
    for loop, play in morning(timeline):
        mine = had.setdefault(loop, Counter())
        mine[play.schedule] += play.end_ms - play.start_ms
        weight = sum(track.weight for track in loop.tracks)
        longest_ms = max(timeline.slides[name].duration_ms for track in loop.tracks for name in track.slides)
        for track in loop.tracks:
            ahead = weight * mine[track.schedule] - track.weight * mine.total()
            assert ahead <= weight * (longest_ms + HELD_MS)
            assert -ahead <= weight * (longest_ms + HELD_MS * (len(loop.tracks) - 1))
