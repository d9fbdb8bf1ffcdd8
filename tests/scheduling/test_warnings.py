from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.playout import SHORTEST_MS, plays
from signage_server.scheduling.timeline import DateRule, ScheduleSpec, SlideSpec, Window, compile_timeline
from signage_server.scheduling.warning_words import (
    _SENTENCES,
    say_airtime,
    say_concern,
    say_promise,
    say_span,
)
from signage_server.scheduling.warnings import (
    Audience,
    Concern,
    Promise,
    Prospect,
    WarningCode,
    foresee,
    merged,
    worst_promise,
)
from tests.scheduling.patience import FEW
from tests.scheduling.test_explain import FALLBACK, TUESDAY, VIETNAM, at, spec

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
NINE = at(9)


def reminder(
    name: str, *windows: Window, seconds: int = 10, minutes: int = 15, **values: Any
) -> ScheduleSpec:
    return spec(name, "reminder", *windows, seconds=seconds, every_ms=minutes * MINUTE_MS, **values)


def foreseen(draft: ScheduleSpec, *others: ScheduleSpec, now_ms: int = NINE) -> Prospect:
    return foresee(Audience(VIETNAM, others, draft, tuple(FALLBACK)), now_ms)


def codes(prospect: Prospect) -> dict[str, tuple[str, ...]]:
    return {concern.code: concern.schedules for concern in prospect.concerns}


def test_a_harmless_schedule_raises_no_concern() -> None:
    prospect = foreseen(spec("d"), spec("a"))
    assert prospect == Prospect((7 * 24 - 9) * HOUR_MS // 2, None, [])


def test_its_week_begins_with_its_first_coming_day() -> None:
    later = DateRule(TUESDAY + timedelta(days=60))
    assert foreseen(spec("d", rule=later)).airtime_ms == 7 * DAY_MS
    assert codes(foreseen(spec("d", rule=DateRule(date(2020, 1, 1), date(2020, 2, 1))))) == {"over": ()}


def test_a_schedule_that_would_get_nothing_says_by_whom() -> None:
    """Nobody else tells before saving that a schedule will get no time at all."""
    meeting = spec("m", "takeover", Window(420, 720), priority=3)
    prospect = foreseen(spec("d", "rotation", Window(480, 600)), meeting)
    assert (prospect.airtime_ms, codes(prospect)) == (0, {"starved": ("m",)})
    weaker = foreseen(spec("d", "takeover", Window(480, 600), priority=1), meeting)
    assert codes(weaker) == {"starved": ("m",)}
    dark = spec("n", "off", Window(420, 720), slides=())
    assert codes(foreseen(spec("d", "rotation", Window(480, 600)), dark)) == {"starved": ("n",)}


def test_others_that_would_get_nothing_because_of_it_are_named() -> None:
    morning, always = spec("a", "rotation", Window(480, 540)), spec("b")
    takeover = foreseen(spec("d", "takeover", Window(420, 720), priority=1), morning, always)
    assert codes(takeover) == {"starves": ("a",), "covers": ("b", "a")}
    covers = takeover.concerns[1]
    assert covers.spans_ms == ((7 * 5 - 2) * HOUR_MS - 6 * HOUR_MS // 2, 6 * HOUR_MS // 2)


def test_a_reminder_that_loses_most_of_its_showings_is_told_first_and_by_name() -> None:
    """Ranked by time on air it would stand last: it has little, and yet everybody waits for it."""
    bluezone = reminder("r", Window(360, 1080))
    others = [spec(name) for name in "abcd"]
    silent = spec("d1", "takeover", Window(420, 1080), silences_reminders=True)
    prospect = foreseen(silent, bluezone, *others)
    first = prospect.concerns[0]
    assert first == Concern("silences", ("r",), ms=11 * HOUR_MS, at_ms=at(0) + 6 * DAY_MS, counts=(44, 48))
    assert "r" not in codes(prospect)["covers"]
    zone, names = ZoneInfo(VIETNAM), {"r": "Bluezone"}
    assert say_concern(first, 1, names, zone, "vi").startswith(
        "Lời nhắc “Bluezone” tạm ngừng 11 giờ mỗi ngày: mất 44 trong 48 lần."
    )
    assert codes(foreseen(replace(silent, silences_reminders=False), bluezone)).get("silences") is None
    dark = spec("d1", "off", Window(420, 1080), slides=())
    assert foreseen(dark, bluezone).concerns[0] == first


def test_a_reminder_that_is_silent_on_some_days_says_on_which() -> None:
    zone, names, bluezone = ZoneInfo(VIETNAM), {"r": "Bluezone"}, reminder("r", Window(360, 1080))
    tomorrow = DateRule(TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=1))
    one_day = spec("d", "off", Window(420, 1080), slides=(), rule=tomorrow)
    assert say_concern(foreseen(one_day, bluezone).concerns[0], 1, names, zone, "en").startswith(
        "The reminder “Bluezone” is silent for 11 hours on Wednesday, 25 November 2026: "
        "44 of its 48 showings are lost."
    )
    weekend = DateRule(TUESDAY, rrule="FREQ=WEEKLY;BYDAY=SA,SU")
    two_days = spec("d", "off", Window(420, 1080), slides=(), rule=weekend)
    assert say_concern(foreseen(two_days, bluezone).concerns[0], 1, names, zone, "vi").startswith(
        "Lời nhắc “Bluezone” tạm ngừng 22 giờ trong 2 ngày của 7 ngày đầu: mất 88 trong 96 lần."
    )


def test_of_several_groups_the_one_that_loses_most_is_told_of_each_reminder() -> None:
    few, many = (Concern("silences", ("r",), ms=ms, counts=(lost, 48)) for ms, lost in ((1, 2), (9, 44)))
    other = Concern("silences", ("s",), counts=(40, 48))
    starved = Concern("starved")
    assert merged([(Prospect(0, None, [starved, few, other]), 10), (Prospect(0, None, [many]), 3)]) == [
        replace(many, screens=3),
        replace(other, screens=10),
        replace(starved, screens=10),
    ]
    alike = merged([(Prospect(0, None, [many]), 3), (Prospect(0, None, [many]), 2)])
    assert alike == [replace(many, screens=5)]


def test_how_long_a_reminder_is_silent_and_by_whom_is_told_of_the_same_screens() -> None:
    few = Concern("reminder_silenced", ("a",), ms=HOUR_MS, at_ms=at(12))
    many = Concern("reminder_silenced", ("b",), ms=9 * HOUR_MS, at_ms=at(20))
    assert merged([(Prospect(0, None, [few]), 10), (Prospect(0, None, [many]), 3)]) == [
        replace(many, screens=3)
    ]


def test_a_takeover_takes_no_more_than_the_clock_shows() -> None:
    five_minutes = DateRule(TUESDAY, TUESDAY)
    takeover = spec("d", "takeover", Window(600, 605), rule=five_minutes)
    (covers,) = foreseen(takeover, spec("a"), reminder("r", seconds=20, minutes=1)).concerns
    assert covers.code == "covers"
    assert max(covers.spans_ms) <= 5 * MINUTE_MS


def short(name: str, until_min: int = 301, **values: Any) -> ScheduleSpec:
    """Replaces all from five o'clock on, with one slide of a minute."""
    return spec(name, "takeover", Window(300, until_min), seconds=60, **values)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_minute_that_has_room_for_one_slide_starves_all_but_one(language: Any) -> None:
    """By their weights each had its share of the minute; the plan begins anew every day and shows the first."""
    names = {"a": "Chào cờ", "b": "Sơ tán"}
    last = foreseen(short("d"), short("a"), short("b"), spec("r"))
    assert (last.airtime_ms, codes(last)) == (0, {"starved": ("a",)})
    sentence = say_concern(last.concerns[0], 1, names, ZoneInfo(VIETNAM), language)
    assert ("mỗi ngày chỉ có chỗ cho 1 trang, và đó là trang của “Chào cờ”" in sentence) == (language == "vi")
    assert ("the room for slides (1) goes to “Chào cờ”" in sentence) == (language == "en")
    first = foreseen(short("D"), short("a"), spec("r"))
    assert codes(first)["starves"] == ("a",)
    sentence = say_concern(
        next(one for one in first.concerns if one.code == "starves"), 1, names, ZoneInfo(VIETNAM), language
    )
    assert ("mỗi ngày chỉ có chỗ cho 1 trang" in sentence) == (language == "vi")
    assert ("room for no more than 1 of their slides" in sentence) == (language == "en")


def test_whoever_plays_on_another_day_or_a_minute_later_is_not_starved() -> None:
    assert codes(foreseen(short("d", until_min=302), short("a"), spec("r"))).keys() == {"covers"}
    tuesdays = DateRule(TUESDAY, rrule="FREQ=WEEKLY;BYDAY=TU")
    assert "starved" not in codes(foreseen(short("d"), short("a", rule=tuesdays), spec("r")))


def test_a_reminder_that_is_not_due_any_more_is_over() -> None:
    today = DateRule(TUESDAY, TUESDAY)
    gone = reminder("d", Window(480, 600), minutes=50, rule=today)
    assert codes(foreseen(gone, spec("a"), now_ms=at(9, 45))) == {"over": ()}


def test_darkness_covers_whatever_it_hides() -> None:
    prospect = foreseen(spec("d", "off", Window(1320, 300), slides=()), spec("a"))
    hidden_ms = (7 * 2 + 6 * 5) * HOUR_MS
    assert prospect.airtime_ms == hidden_ms
    assert prospect.concerns == [Concern("covers", ("a",), spans_ms=(hidden_ms,))]


def test_a_playlist_without_a_slide_that_is_ready_is_told() -> None:
    assert codes(foreseen(spec("d", slides=()), spec("a"))) == {"nothing_to_show": ()}
    gone = (SlideSpec("x", 10_000, until_ms=at(8)),)
    assert codes(foreseen(spec("d", slides=gone), spec("a"))) == {"nothing_to_show": ()}


def test_a_reminder_that_can_keep_its_rhythm_says_how_late_it_may_be() -> None:
    prospect = foreseen(reminder("d"), spec("a", seconds=40), reminder("r", seconds=20))
    assert prospect.promise == Promise(
        900_000, 60_000, 10_000, 10_000 * 1000 // 900_000 + 20_000 * 1000 // 900_000
    )
    assert prospect.promise.kept
    assert prospect.concerns == []
    assert prospect.airtime_ms == 10_000 * 4 * (7 * 24 - 9)


def test_slides_too_long_for_the_rhythm() -> None:
    long_slide = foreseen(
        reminder("d", minutes=5), spec("a", seconds=240), reminder("r", seconds=60, minutes=30)
    )
    assert codes(long_slide) == {"reminder_slides_long": ()}
    assert long_slide.promise is not None
    assert not long_slide.promise.kept
    block = foreseen(reminder("d", seconds=70, minutes=1), spec("a"))
    assert set(codes(block)) == {"starves", "reminder_block_long", "reminders_over_half"}


def test_reminders_that_add_up_to_more_than_half_of_the_time() -> None:
    prospect = foreseen(reminder("d", seconds=20, minutes=1), spec("a"), reminder("r", seconds=25, minutes=1))
    assert codes(prospect) == {"reminders_over_half": ("r",)}
    assert prospect.concerns[0].permilles == (500, 749)
    elsewhere = reminder("r", Window(0, 60), seconds=25, minutes=1)
    assert codes(foreseen(reminder("d", Window(600, 660), seconds=20, minutes=1), spec("a"), elsewhere)) == {}


def test_a_reminder_that_is_silenced_says_when_and_by_whom() -> None:
    loud = spec("loud", "takeover", Window(600, 660))
    quiet = spec("quiet", "takeover", Window(720, 780), silences_reminders=True)
    prospect = foreseen(reminder("d", Window(480, 840)), spec("a"), loud, quiet)
    assert prospect.concerns == [Concern("reminder_silenced", ("quiet",), ms=7 * HOUR_MS, at_ms=at(12))]
    night = spec("night", "off", Window(1260, 1320), slides=())
    dark = foreseen(reminder("d", Window(1200, 1320)), night)
    assert dark.concerns == [Concern("reminder_silenced", ("night",), ms=7 * HOUR_MS, at_ms=at(21))]


def test_windows_that_overlap_are_told() -> None:
    zone, morning, noon = ZoneInfo(VIETNAM), Window(600, 720), Window(690, 780)
    twice = foreseen(reminder("d", morning, noon), spec("a")).concerns
    assert twice == [Concern("windows_overlap", ms=900_000, at_ms=at(11, 30))]
    assert say_concern(twice[0], 1, {}, zone, "vi") == (
        "Các khung giờ của lịch này chồng lên nhau, lần đầu lúc 11:30 Thứ Ba, 24/11/2026: phần chung chỉ được tính "
        "một lần, và nhịp nhắc bắt đầu lại từ đầu mỗi khung giờ. Hãy gộp hoặc tách các khung giờ."
    )
    (once,) = foreseen(spec("d", "rotation", morning, noon), spec("a")).concerns
    assert "rhythm" not in say_concern(once, 1, {}, zone, "en")
    night = foreseen(spec("d", "rotation", Window(1320, 120), Window(60, 180)), spec("a"))
    assert codes(night) == {"windows_overlap": ()}
    assert foreseen(spec("d", "rotation", morning, Window(720, 780)), spec("a")).concerns == []


def test_a_share_that_comes_to_something_else_is_told() -> None:
    both = foreseen(spec("d", share_permille=200), spec("a", share_permille=300))
    assert both.concerns == [Concern("share_scaled", ("a",), permilles=(200, 400))]
    assert foreseen(spec("d", share_permille=200), spec("a", share_permille=300), spec("b")).concerns == []


@FEW
@given(st.integers(0, 2**32))
def test_no_reminder_is_later_than_promised(seed: int) -> None:
    """Measured on the plays of a day, edges of slots included, wherever the promise is kept at all."""
    random = Random(seed)
    durations = (5, 10, 20, 60)
    others = [
        spec("a", "rotation", seconds=random.choice(durations)),
        spec("b", "rotation", Window(random.randrange(1400), 1440), seconds=random.choice(durations)),
        spec("t", "takeover", Window(random.randrange(600), 700), seconds=random.choice(durations)),
        reminder("r", seconds=random.choice(durations), minutes=random.choice((5, 10, 15))),
    ]
    draft = reminder("d", seconds=random.choice(durations), minutes=random.choice((3, 5, 15)))
    prospect = foreseen(draft, *others, now_ms=at(0))
    assert prospect.promise is not None
    if not prospect.promise.kept or prospect.promise.load_permille > 500:
        return
    plan = compile_timeline([*others, draft], VIETNAM, TUESDAY, fallback_slides=FALLBACK, horizon_days=8)
    served = [one.start_ms for one in plays(plan, at(0), at(0) + DAY_MS) if one.schedule == "d"]
    every_ms = draft.every_ms or 0
    for due_ms in range(at(0), at(0) + DAY_MS - every_ms, every_ms):
        late_ms = min(start_ms for start_ms in served if start_ms >= due_ms) - due_ms
        assert late_ms <= prospect.promise.late_at_most_ms + SHORTEST_MS


@FEW
@given(st.integers(0, 2**32))
def test_whoever_is_starved_had_time_before_and_has_none_after(seed: int) -> None:
    random = Random(seed)
    others = [
        spec(
            name,
            random.choice(("rotation", "takeover")),
            Window(start := random.randrange(1200), start + 200),
        )
        for name in "abce"
    ]
    others = [replace(one, priority=random.randint(0, 2)) for one in others]
    draft = spec("d", random.choice(("rotation", "takeover", "off")), Window(300, 900), priority=1)
    found = codes(foreseen(draft, *others))
    after = compile_timeline([*others, draft], VIETNAM, TUESDAY, fallback_slides=FALLBACK, horizon_days=8)
    shown = {one.schedule for one in plays(after, NINE, at(0) + 7 * DAY_MS)}
    for name in found.get("starves", ()):
        assert name not in shown
    if draft.role != "off":
        assert ("starved" in found) == ("d" not in shown)


def test_what_several_audiences_have_in_common_is_told_once() -> None:
    one = Prospect(0, None, [Concern("covers", ("a",), spans_ms=(5,)), Concern("starved", ("x",))])
    other = Prospect(0, None, [Concern("covers", ("b", "a"), spans_ms=(9, 7))])
    assert merged([(one, 10), (other, 3)]) == [
        Concern("covers", ("b", "a"), screens=13, spans_ms=(9, 5)),
        Concern("starved", ("x",), screens=10),
    ]
    easy, hard = Promise(900_000, 1, 1, 1), Promise(60_000, 70_000, 1, 1)
    assert worst_promise([easy, None, hard]) == hard
    assert worst_promise([None]) is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_concern_has_words_that_say_what_to_do(language: Any) -> None:
    zone, names = ZoneInfo(VIETNAM), {"a": "A", "b": "B"}
    assert set(_SENTENCES) == set(get_args(WarningCode))
    for code in get_args(WarningCode):
        concern = Concern(code, ("a", "b"), 3, HOUR_MS, NINE, (250, 400), spans_ms=(HOUR_MS, 5))
        for known in (names, {}):
            sentence = say_concern(concern, 10, known, zone, language)
            assert sentence.endswith(".")
            assert "{" not in sentence
    for late_ms in (5_000, 10**6):
        assert say_promise(Promise(900_000, late_ms, 1, 1), language).endswith(".")


def test_time_on_air_is_said_by_what_the_schedule_does() -> None:
    assert say_airtime(44 * HOUR_MS, "rotation", "vi") == "Lên màn hình 44 giờ trong bảy ngày đầu"
    assert say_airtime(44 * HOUR_MS, "off", "vi") == "Màn hình tắt 44 giờ trong bảy ngày đầu"
    assert say_airtime(HOUR_MS + 10_000, "reminder", "en") == "On air for 1 hour in the first seven days"
    assert say_airtime(0, "takeover", "en") == "Not on air at all in the first seven days"


def test_words() -> None:
    zone = ZoneInfo(VIETNAM)
    covers = Concern("covers", ("a", "b"), 3, spans_ms=(14 * HOUR_MS, 90_000))
    names = {"a": "Bluezone", "b": "Rửa tay"}
    assert say_concern(covers, 10, names, zone, "vi") == (
        "Trên 3 trong 10 màn hình: Trong 7 ngày đầu, lịch này lấy thời lượng của “Bluezone” (14 giờ), "
        "“Rửa tay” (1 phút 30 giây)."
    )
    silenced = Concern("reminder_silenced", ("a",), 10, 2 * HOUR_MS, at(12))
    assert say_concern(silenced, 10, names, zone, "en") == (
        "In its first 7 days the reminder is silent for 2 hours because of “Bluezone”, "
        "first at 12:00 on Tuesday, 24 November 2026."
    )
    assert [say_span(ms, "en") for ms in (0, 1_000, DAY_MS + 5 * MINUTE_MS, 3_661_000)] == [
        "0 seconds",
        "1 second",
        "24 hours 5 minutes",
        "1 hour 1 minute",
    ]
