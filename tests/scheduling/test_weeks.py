from random import Random

from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.explain import slot_at
from signage_server.scheduling.timeline import SlideSpec, Window
from signage_server.scheduling.weeks import Drawn, Part, draw, joined, unknown
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import random_timeline
from tests.scheduling.test_explain import DAY_MS, at, compiled, spec


@FEW
@given(st.integers(0, 2**32))
def test_a_drawing_tiles_its_stretch_and_names_whom_the_slots_name(seed: int) -> None:
    random = Random(seed)
    plan = random_timeline(random)
    from_ms = plan.horizon_ms[0] + random.randrange(5 * DAY_MS)
    until_ms = min(from_ms + random.randrange(1, 3 * DAY_MS), plan.horizon_ms[1])
    drawn = draw(plan, from_ms, until_ms)
    assert (drawn[0].start_ms, drawn[-1].end_ms) == (from_ms, until_ms)
    assert [one.end_ms for one in drawn[:-1]] == [one.start_ms for one in drawn[1:]]
    for one in drawn:
        slot, loop = slot_at(plan, random.randrange(one.start_ms, one.end_ms))
        assert (one.day, one.kind == "off") == (slot.turn, loop.off)
        assert [part.schedule for part in one.parts] == [track.schedule for track in loop.tracks]
        assert {name for name, _ in one.reminders} == {reminder.schedule for reminder in loop.reminders}


def test_the_expiry_of_a_slide_is_no_edge_for_people() -> None:
    slides = (SlideSpec("x", 10_000, until_ms=at(8)), SlideSpec("y", 10_000))
    plan = compiled(spec("a", slides=slides), spec("r", "reminder", Window(420, 540), every_ms=900_000))
    day = draw(plan, at(0), at(0) + DAY_MS)
    assert [(one.start_ms, one.end_ms, one.reminders) for one in day] == [
        (at(0), at(7), ()),
        (at(7), at(9), (("r", 900_000),)),
        (at(9), at(0) + DAY_MS, ()),
    ]
    assert day[0].parts == (Part("a", "rotation", 1000),)


def test_what_is_not_known_is_told_day_by_day() -> None:
    midnights = [(number * DAY_MS, number) for number in range(4)]
    gaps = list(unknown(midnights, DAY_MS // 2, 2 * DAY_MS + 5))
    assert [(one.start_ms, one.end_ms, one.day) for one in gaps] == [
        (DAY_MS // 2, DAY_MS, 0),
        (DAY_MS, 2 * DAY_MS, 1),
        (2 * DAY_MS, 2 * DAY_MS + 5, 2),
    ]


def test_only_equal_neighbours_of_one_day_are_joined() -> None:
    one, other = Drawn(0, 5, 1, "off"), Drawn(5, 9, 1, "off")
    assert joined([one, other]) == [Drawn(0, 9, 1, "off")]
    for kept in (Drawn(6, 9, 1, "off"), Drawn(5, 9, 2, "off"), Drawn(5, 9, 1, "unknown")):
        assert joined([one, kept]) == [one, kept]
