from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.airtime import DARK, airtime
from signage_server.scheduling.explain import Cast, Code, Why, companions, explain, slot_at, why_none
from signage_server.scheduling.explain_words import _SENTENCES, quoted, say_why, say_why_none
from signage_server.scheduling.playout import what_plays
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.timeline import (
    DateRule,
    ScheduleSpec,
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
)
from tests.scheduling.patience import FEW
from tests.scheduling.random_plans import ODD_DAYS, random_schedules

MINUTE_MS, DAY_MS = 60_000, 86_400_000
VIETNAM = "Asia/Ho_Chi_Minh"
ZONE = ZoneInfo(VIETNAM)
TUESDAY = date(2026, 11, 24)
ALWAYS = DateRule(date(2000, 1, 1))
FALLBACK = [SlideSpec("f", 9_000)]


def spec(
    name: str, role: Any = "rotation", *windows: Window, seconds: int = 10, **values: Any
) -> ScheduleSpec:
    known: dict[str, Any] = {
        "rule": ALWAYS,
        "windows": windows or (Window(0, 1440),),
        "slides": (SlideSpec(name, seconds * 1000),),
    }
    return ScheduleSpec(id=name, role=role, **known | values)


def compiled(*specs: ScheduleSpec) -> Timeline:
    return compile_timeline(specs, VIETNAM, TUESDAY, fallback_slides=FALLBACK, horizon_days=8)


def at(hour: int, minute: int = 0, second: int = 0, day: date = TUESDAY) -> int:
    return wall_to_utc_ms(day, hour * 60 + minute, ZONE) + second * 1000


def explained(specs: Sequence[ScheduleSpec], at_ms: int) -> dict[str, Why]:
    return {why.schedule: why for why in explain(specs, VIETNAM, compiled(*specs), at_ms)}


def said(specs: Sequence[ScheduleSpec], at_ms: int) -> dict[str, str]:
    names = {one.id: one.id.upper() for one in specs}
    return {name: say_why(why, names, ZONE, at_ms, "en") for name, why in explained(specs, at_ms).items()}


# Whatever the schedules


@FEW
@given(st.integers(0, 2**32))
def test_it_never_contradicts_what_plays(seed: int) -> None:
    random = Random(seed)
    zone, odd_day = random.choice(ODD_DAYS)
    specs = list({one.id: one for one in random_schedules(random, odd_day)}.values())
    plan = compile_timeline(specs, zone, odd_day, fallback_slides=FALLBACK, horizon_days=8)
    for _ in range(5):
        at_ms = random.randrange(*plan.horizon_ms)
        play, (_, loop) = what_plays(plan, at_ms), slot_at(plan, at_ms)
        in_loop = {track.schedule for track in loop.tracks} | {one.schedule for one in loop.reminders}
        cast = Cast(specs, zone)
        found = explain(specs, zone, plan, at_ms)
        assert [why.schedule for why in found] == sorted(one.id for one in specs)
        assert {why.schedule for why in found if why.verdict == "shows" and why.role != "off"} == (
            {play.schedule} & {one.id for one in specs}
        )
        for why in found:
            assert why.code != "not_yet"
            if why.role == "off":
                assert (why.verdict == "shows") == cast.is_on(cast.by_id[why.schedule], at_ms)
                continue
            assert (why.verdict in ("shows", "takes_turns")) == (why.schedule in in_loop)
            assert (why.verdict == "not_on") == (not cast.is_on(cast.by_id[why.schedule], at_ms))
            if why.code in ("replaced", "outranked", "silenced"):
                assert set(why.winners) <= in_loop
            if why.code == "dark":
                assert loop.off
                assert why.winners


@FEW
@given(st.integers(0, 2**32))
def test_what_keeps_a_schedule_away_is_known_whenever_it_gets_nothing(seed: int) -> None:
    random = Random(seed)
    zone, odd_day = random.choice(ODD_DAYS)
    specs = list({one.id: one for one in random_schedules(random, odd_day)}.values())
    plan = compile_timeline(specs, zone, odd_day, fallback_slides=FALLBACK, horizon_days=8)
    from_ms, until_ms = plan.horizon_ms
    on_air = airtime(plan, from_ms, until_ms)
    for one in specs:
        if one.role != "off" and one.id not in on_air:
            why = why_none(one, specs, zone, plan, from_ms, until_ms)
            assert why.verdict == ("not_on" if why.code in ("no_time", "done") else "lost")
            assert why.code != "not_yet"


@FEW
@given(st.integers(0, 2**32))
def test_a_plan_alone_tells_the_same_of_those_in_its_loop(seed: int) -> None:
    random = Random(seed)
    zone, odd_day = random.choice(ODD_DAYS)
    specs = list({one.id: one for one in random_schedules(random, odd_day)}.values())
    plan = compile_timeline(specs, zone, odd_day, fallback_slides=FALLBACK, horizon_days=8)
    at_ms = random.randrange(*plan.horizon_ms)
    whole = {why.schedule: why for why in explain(specs, zone, plan, at_ms)}
    alone = companions(plan, at_ms)
    assert all(whole[why.schedule] == why for why in alone)


# One by one


def test_the_winner_and_those_who_take_turns() -> None:
    specs = [spec("a"), spec("b", seconds=30)]
    assert said(specs, at(0, 0, 5)) == {
        "a": "On now, taking turns with 1 more; it has 25 % of the time.",
        "b": "Takes turns with 1 more and has 75 % of the time; just now it is the turn of “A”.",
    }
    assert said(specs[:1], at(7)) == {"a": "On now; but for reminders it has all of the time."}


def test_who_took_its_place_is_named() -> None:
    """xibo#163: people could not tell why something does not play."""
    specs = [
        spec("a"),
        spec("b", "takeover", Window(420, 540), priority=1),
        spec("c", "takeover", Window(480, 540), priority=5, silences_reminders=True),
        spec("r", "reminder", every_ms=900_000),
    ]
    assert said(specs, at(7, 0, 30)) == {
        "a": "Replaced by “B”.",
        "b": "On now; but for reminders it has all of the time.",
        "c": "Outside its hours; next at 08:00.",
        "r": "A reminder that is not due until 07:15.",
    }
    assert said(specs, at(8)) == {
        "a": "Replaced by “C”.",
        "b": "Replaced by “C”: its priority “normal (5)” comes before “normal (1)”.",
        "c": "On now; but for reminders it has all of the time.",
        "r": "A reminder that “C” silences.",
    }


def test_darkness_on_purpose_is_named() -> None:
    specs = [spec("a"), spec("n", "off", Window(1320, 360), slides=())]
    assert said(specs, at(23)) == {
        "a": "Not shown: “N” makes the screen dark.",
        "n": "The screen is dark because of this schedule.",
    }


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (DateRule(date(2026, 12, 1)), "Not begun: it starts on Tuesday, 1 December 2026."),
        (DateRule(date(2020, 1, 1), date(2020, 12, 31)), "It ended on Thursday, 31 December 2020."),
        (
            DateRule(date(2020, 1, 1), rrule="FREQ=WEEKLY;BYDAY=MO,WE"),
            "Tuesday, 24 November 2026 is none of its days; next at 00:00 on Wednesday, 25 November 2026.",
        ),
        (
            DateRule(date(2020, 1, 1), except_days=(TUESDAY,)),
            "Tuesday, 24 November 2026 is one of its exceptions; next at 00:00 on Wednesday, 25 November 2026.",
        ),
        (
            DateRule(date(2020, 1, 1), exclude_days=frozenset([TUESDAY])),
            "Tuesday, 24 November 2026 is in a day set that it leaves out; "
            "next at 00:00 on Wednesday, 25 November 2026.",
        ),
        (
            DateRule(date(2020, 1, 1), only_days=frozenset([TUESDAY + timedelta(days=1)])),
            "Tuesday, 24 November 2026 is not in the day set that it keeps to; "
            "next at 00:00 on Wednesday, 25 November 2026.",
        ),
    ],
)
def test_why_it_is_not_on_that_day(rule: DateRule, sentence: str) -> None:
    assert said([spec("a", rule=rule)], at(9)) == {"a": sentence}


def test_a_playlist_without_a_slide_to_show_says_so() -> None:
    gone = (SlideSpec("x", 10_000, until_ms=at(8)),)
    specs = [spec("a", slides=()), spec("b", slides=gone)]
    assert [why.code for why in explained(specs, at(9)).values()] == ["nothing_ready", "expired"]
    assert explained(specs, at(7))["b"].verdict == "shows"


def test_a_reminder_tells_when_it_comes_next() -> None:
    specs = [spec("a", seconds=40), spec("r", "reminder", Window(480, 540), every_ms=900_000)]
    assert explained(specs, at(8, 0, 5))["r"].code == "reminds"
    waiting = explained(specs, at(8, 0, 5))["a"]
    assert (waiting.verdict, waiting.code, waiting.winners) == ("takes_turns", "gives_way", ("r",))
    assert said(specs, at(8, 14, 30))["r"] == "A reminder that is not due until 08:15."
    due = explained(specs, at(8, 15, 0))["r"]
    assert (due.code, due.at_ms) == ("due_now", what_plays(compiled(*specs), at(8, 15)).end_ms)
    assert explained(specs, at(8, 59))["r"].code == "due_later"  # tomorrow
    assert said(specs, at(9))["r"] == "Outside its hours; next at 08:00 on Wednesday, 25 November 2026."


def test_a_reminder_in_its_last_hours_says_that_it_is_done() -> None:
    today = DateRule(TUESDAY, TUESDAY)
    specs = [spec("a"), spec("r", "reminder", Window(480, 540), every_ms=3_600_000, rule=today)]
    assert explained(specs, at(8, 30))["r"].code == "done"


def test_an_edit_that_is_not_in_the_plan_yet_says_so() -> None:
    plan = compiled(spec("a"))
    whys = explain([spec("a"), spec("b")], VIETNAM, plan, at(9))
    assert [(why.schedule, why.code) for why in whys] == [("a", "alone"), ("b", "not_yet")]


def test_why_a_schedule_gets_nothing_all_week() -> None:
    """The starvation that nobody is told of elsewhere: by whom, for the longest time."""
    specs = [
        spec("a", "rotation", Window(480, 600)),
        spec("meeting", "takeover", Window(420, 720), priority=1),
        spec("night", "off", Window(0, 300), slides=()),
        spec("b", "rotation", Window(60, 120)),
        spec("c", rule=DateRule(date(2027, 6, 1))),
    ]
    plan = compiled(*specs)
    names = {"meeting": "Họp khẩn", "night": "Đêm"}
    reasons = {
        one.id: say_why_none(why_none(one, specs, VIETNAM, plan, *plan.horizon_ms), names, ZONE, at(0), "vi")
        for one in specs
        if one.role != "off" and one.id not in airtime(plan, *plan.horizon_ms)
    }
    assert reasons == {
        "a": "Bị “Họp khẩn” thay thế suốt tuần.",
        "b": "Màn hình tắt theo “Đêm” suốt các giờ của lịch này.",
        "c": "Chưa bắt đầu: lần đầu lúc 00:00 Thứ Ba, 01/06/2027.",
    }
    assert DARK in airtime(plan, *plan.horizon_ms)


def test_only_takeovers_that_silence_are_named_for_a_reminder() -> None:
    specs = [
        spec("loud", "takeover"),
        spec("quiet", "takeover", silences_reminders=True),
        spec("r", "reminder", every_ms=900_000),
    ]
    assert explained(specs, at(8))["r"].winners == ("quiet",)


def test_what_keeps_a_schedule_away_for_the_longest_is_named() -> None:
    specs = [
        spec("a", "rotation", Window(480, 720)),
        spec("n", "off", Window(480, 540), slides=()),
        spec("t", "takeover", Window(540, 720)),
    ]
    plan = compiled(*specs)
    why = why_none(specs[0], specs, VIETNAM, plan, *plan.horizon_ms)
    assert (why.code, why.winners) == ("replaced", ("t",))


def test_who_makes_it_dark_from_when_to_when() -> None:
    specs = [
        spec("n", "off", Window(1200, 1320), slides=()),
        spec("m", "off", Window(1260, 1380), slides=()),
        spec("a"),
    ]
    assert Cast(specs, VIETNAM).darkness(at(12), at(24)) == (
        (at(20), at(21), ("n",)),
        (at(21), at(22), ("m", "n")),
        (at(22), at(23), ("m",)),
    )


def test_many_names_are_counted() -> None:
    names = {name: name for name in "abcde"}
    assert quoted("abcde", names, "vi") == "“a”, “b”, “c” và 2 lịch khác"
    assert quoted("abc", names, "en") == "“a”, “b”, “c”"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_has_words(language: Any) -> None:
    assert set(_SENTENCES) == set(get_args(Code))
    for code in get_args(Code):
        why = Why("a", "rotation", "lost", code, ("b",), at(8), TUESDAY, 125, 2, (1, 2))
        sentence = say_why(why, {"b": "B"}, ZONE, at(9), language)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert say_why_none(why, {"b": "B"}, ZONE, at(9), language)
