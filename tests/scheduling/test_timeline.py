from datetime import date, timedelta

import pytest

from signage_server.scheduling.plan import Loop
from signage_server.scheduling.timeline import DateRule, SlideSpec, Timeline, Window, compile_timeline
from tests.scheduling.builders import (
    DAY_MS,
    FALLBACK,
    HOUR_MS,
    TUESDAY,
    VIETNAM,
    WEEKDAYS,
    at,
    compiled,
    loop_at,
    slot_at,
    spec,
)


def on(timeline: Timeline, clock: str, day: date = TUESDAY) -> list[str]:
    """The schedules that share the loop."""
    return [track.schedule for track in loop_at(timeline, at(clock, day)).tracks]


# What a schedule says


def test_a_window_is_half_open() -> None:
    timeline = compiled(spec("a", windows=(Window(7 * 60, 9 * 60),)))
    assert [on(timeline, clock) for clock in ("06:59", "07:00", "08:59", "09:00")] == [
        ["fallback"],
        ["a"],
        ["a"],
        ["fallback"],
    ]


def test_a_window_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    friday, saturday, sunday = date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)
    rule = DateRule(date(2026, 11, 1), friday, WEEKDAYS)
    timeline = compiled(spec("a", rule=rule, windows=(Window(22 * 60, 2 * 60),)))
    assert on(timeline, "23:59", friday) == on(timeline, "01:59", saturday) == ["a"]
    assert on(timeline, "02:00", saturday) == on(timeline, "22:00", saturday) == ["fallback"]
    assert on(timeline, "01:00", sunday) == ["fallback"]


def test_a_window_that_began_the_evening_before_the_horizon_is_on() -> None:
    timeline = compiled(spec("a", windows=(Window(22 * 60, 2 * 60),)))
    assert on(timeline, "00:00") == ["a"]


def test_the_last_day_is_whole() -> None:
    timeline = compiled(spec("a", rule=DateRule(TUESDAY, TUESDAY + timedelta(days=1))))
    assert on(timeline, "23:59", TUESDAY + timedelta(days=1)) == ["a"]
    assert on(timeline, "00:00", TUESDAY + timedelta(days=2)) == ["fallback"]


def test_a_fixed_zone_speaks_its_own_wall_clock() -> None:
    timeline = compiled(spec("a", windows=(Window(7 * 60, 9 * 60),), zone_name="America/New_York"))
    assert on(timeline, "18:59") == ["fallback"]
    assert on(timeline, "19:00") == on(timeline, "20:59") == ["a"]
    assert on(timeline, "21:00") == ["fallback"]


def test_the_windows_of_one_schedule_may_touch_and_overlap() -> None:
    windows = (Window(7 * 60, 9 * 60), Window(8 * 60, 10 * 60), Window(10 * 60, 11 * 60))
    timeline = compiled(spec("a", windows=windows))
    edges = [slot.start_ms for slot in timeline.slots if slot.day_start_ms == at("00:00")]
    assert edges == [at("00:00"), at("07:00"), at("11:00")]


# Who is on


def test_off_wins_over_everything() -> None:
    timeline = compiled(spec("a"), spec("b", "takeover", priority=9), spec("c", "reminder"), spec("d", "off"))
    assert loop_at(timeline, at("12:00")) == Loop(off=True)


def test_takeovers_of_the_highest_priority_share_the_loop() -> None:
    others = [spec(name, "takeover", priority=priority) for name, priority in (("d", 1), ("b", 2), ("c", 2))]
    timeline = compiled(spec("a"), *others)
    assert on(timeline, "12:00") == ["b", "c"]
    assert {track.role for track in loop_at(timeline, at("12:00")).tracks} == {"takeover"}


def test_a_takeover_of_negative_priority_still_takes_over() -> None:
    assert on(compiled(spec("a"), spec("b", "takeover", priority=-5)), "12:00") == ["b"]


def test_rotations_share_the_loop_in_the_order_of_their_ids() -> None:
    assert on(compiled(spec("sch_9"), spec("sch_10"), spec("sch_a")), "12:00") == ["sch_10", "sch_9", "sch_a"]


def test_a_takeover_without_slides_takes_nothing_over() -> None:
    silent = spec("b", "takeover", slides=(), silences_reminders=True)
    timeline = compiled(spec("a"), silent, spec("c", "reminder"))
    assert on(timeline, "12:00") == ["a"]
    assert len(loop_at(timeline, at("12:00")).reminders) == 1


@pytest.mark.parametrize("silences", [True, False])
def test_a_takeover_silences_reminders_only_if_it_says_so(silences: bool) -> None:
    timeline = compiled(spec("a", "takeover", silences_reminders=silences), spec("r", "reminder"))
    assert bool(loop_at(timeline, at("12:00")).reminders) is not silences


def test_a_beaten_takeover_silences_nothing() -> None:
    beaten = spec("b", "takeover", priority=1, silences_reminders=True)
    timeline = compiled(spec("a", "takeover", priority=2), beaten, spec("r", "reminder"))
    assert len(loop_at(timeline, at("12:00")).reminders) == 1


def test_where_nothing_is_on_the_fallback_is_and_reminders_ride_on_it() -> None:
    loop = loop_at(compiled(spec("r", "reminder")), at("12:00"))
    assert [(track.schedule, track.role) for track in loop.tracks] == [("fallback", "fallback")]
    assert [reminder.schedule for reminder in loop.reminders] == ["r"]


def test_a_share_is_for_rotations_only() -> None:
    shares = compiled(spec("a", share_permille=200), spec("b"))
    takeovers = compiled(spec("a", "takeover", share_permille=200), spec("b", "takeover"))
    assert [track.weight for track in loop_at(shares, at("12:00")).tracks] == [1, 4]
    assert [track.weight for track in loop_at(takeovers, at("12:00")).tracks] == [1, 1]


# Reminders know where their windows began


def test_the_offset_of_a_reminder_counts_from_the_local_midnight() -> None:
    timeline = compiled(spec("r", "reminder", windows=(Window(7 * 60, 9 * 60),)))
    assert [one.offset_ms for one in loop_at(timeline, at("08:00")).reminders] == [7 * HOUR_MS]


def test_the_offset_is_negative_where_the_window_began_the_day_before() -> None:
    timeline = compiled(spec("r", "reminder", windows=(Window(22 * 60, 2 * 60),)))
    assert [one.offset_ms for one in loop_at(timeline, at("01:00")).reminders] == [-2 * HOUR_MS]


def test_the_offset_is_elapsed_time_where_clocks_are_changed() -> None:
    sunday, zone = date(2026, 3, 8), "America/New_York"
    evening = spec("r", "reminder", windows=(Window(22 * 60, 5 * 60), Window(7 * 60, 9 * 60)))
    timeline = compiled(evening, zone=zone, day=date(2026, 3, 7))
    night, morning = at("04:00", sunday, zone), at("08:00", sunday, zone)
    assert [one.offset_ms for one in loop_at(timeline, night).reminders] == [-2 * HOUR_MS]
    assert [one.offset_ms for one in loop_at(timeline, morning).reminders] == [6 * HOUR_MS]


def test_a_reminder_says_how_often() -> None:
    with pytest.raises(ValueError, match="how often"):
        spec("r", "reminder", every_ms=None)


# Expiry


def test_the_expiry_of_a_slide_is_an_edge() -> None:
    until_ms = at("12:00") + 123
    slides = (SlideSpec("s1", 10_000), SlideSpec("s2", 30_000, until_ms))
    timeline = compiled(spec("a", slides=slides), spec("b"))
    before, after = loop_at(timeline, until_ms - 1), loop_at(timeline, until_ms)
    assert (before.tracks[0].slides, after.tracks[0].slides) == (("s1", "s2"), ("s1",))
    assert [track.weight for track in before.tracks] == [4, 1]
    assert [track.weight for track in after.tracks] == [1, 1]
    assert slot_at(timeline, until_ms).start_ms == until_ms


@pytest.mark.parametrize("role", ["rotation", "takeover", "reminder"])
def test_a_schedule_whose_slides_have_all_expired_is_not_on(role: str) -> None:
    until_ms = at("12:00")
    expiring = spec("a", role, slides=(SlideSpec("s", 10_000, until_ms),))
    assert loop_at(compiled(expiring), until_ms) == loop_at(compiled(), until_ms)


def test_the_fallback_is_shown_even_if_it_has_expired() -> None:
    gone = SlideSpec("gone", 10_000, at("12:00"))
    one = compile_timeline([], VIETNAM, TUESDAY, fallback_slides=[gone])
    two = compile_timeline([], VIETNAM, TUESDAY, fallback_slides=[gone, SlideSpec("f", 1_000)])
    assert loop_at(one, at("13:00")).tracks[0].slides == ("gone",)
    assert loop_at(two, at("13:00")).tracks[0].slides == ("f",)


def test_a_track_knows_when_its_schedule_has_ended_for_good() -> None:
    rule = DateRule(date(2026, 11, 1), date(2026, 12, 31), WEEKDAYS)
    timeline = compiled(
        spec("a", rule=rule, windows=(Window(22 * 60, 2 * 60),)),
        spec("b"),
        spec("o", "off", rule=rule, windows=(Window(60, 90),)),
    )
    assert [track.until_ms for track in loop_at(timeline, at("23:00")).tracks] == [
        at("02:00", date(2027, 1, 1)),
        None,
    ]
    assert loop_at(timeline, at("01:15")).until_ms == at("01:30", date(2026, 12, 31))


def test_darkness_ends_with_the_last_of_its_schedules() -> None:
    ending = spec("a", "off", rule=DateRule(TUESDAY, TUESDAY))
    longer = spec("b", "off", rule=DateRule(TUESDAY, date(2027, 1, 1)))
    assert loop_at(compiled(ending, longer), at("12:00")).until_ms == at("24:00", date(2027, 1, 1))
    assert loop_at(compiled(ending, spec("b", "off")), at("12:00")).until_ms is None


# The horizon


def test_the_horizon_is_35_local_days() -> None:
    timeline = compile_timeline([], "America/New_York", date(2026, 10, 20), fallback_slides=FALLBACK)
    start_ms, end_ms = timeline.horizon_ms
    assert end_ms - start_ms == 35 * DAY_MS + HOUR_MS
    assert [slot.turn for slot in timeline.slots] == list(range(20746, 20781))


def test_a_date_that_the_zone_skipped_has_no_slot() -> None:
    timeline = compiled(zone="Pacific/Apia", day=date(2011, 12, 27))
    turns = [slot.turn - 15335 for slot in timeline.slots]
    assert turns == [0, 1, 2, 4, 5, 6, 7]


def test_a_timeline_needs_a_fallback_and_more_than_a_week() -> None:
    with pytest.raises(ValueError, match="fallback"):
        compile_timeline([], VIETNAM, TUESDAY, fallback_slides=[])
    with pytest.raises(ValueError, match="week"):
        compiled(days=7)


def test_only_slides_in_use_are_named() -> None:
    hidden = spec("a", rule=DateRule(date(2020, 1, 1), date(2020, 1, 2)))
    assert set(compiled(hidden, spec("b")).slides) == {"b_1", "f"}
