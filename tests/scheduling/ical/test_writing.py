"""What is written names the same occurrences when it is read: by us, and by a reader that shares no code with us."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from signage_server.scheduling.ical.reading import read_ics
from signage_server.scheduling.ical.writing import NothingToExport, write_ics
from signage_server.scheduling.recurrence import (
    DAY_MINUTES,
    DateRule,
    RecurrenceError,
    Window,
    check_rule,
    days,
    occurrence,
)
from signage_server.scheduling.timeline import ScheduleSpec
from tests.scheduling.patience import FEW, PATIENT
from tests.scheduling.test_recurrence import rrules

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
FIRST_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SOME_DAYS = st.lists(st.dates(date(2026, 1, 1), date(2028, 6, 30)), max_size=4)
ZONES = st.sampled_from([None, None, "UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Australia/Lord_Howe"])
ALL_DAY = Window(0, DAY_MINUTES)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    begins, ends = draw(st.lists(st.integers(0, DAY_MINUTES), min_size=2, max_size=2, unique=True))
    return Window(begins, ends) if begins < DAY_MINUTES else Window(ends, begins)


@st.composite
def specs(draw: st.DrawFn) -> ScheduleSpec:
    """Schedules of every shape: rules, ends, exceptions, day sets, windows, zones."""
    first_day = draw(FIRST_DAYS)
    rrule = draw(st.none() | rrules())
    if rrule and draw(st.booleans()):
        until = first_day + timedelta(days=draw(st.integers(0, 500)))
        rrule += draw(st.sampled_from([";COUNT=3", ";COUNT=40", f";UNTIL={until:%Y%m%d}"]))
    days_off = st.frozensets(st.dates(date(2026, 1, 1), date(2028, 6, 30)), max_size=20)
    return ScheduleSpec(
        id="sch_1",
        role="rotation",
        rule=DateRule(
            first_day,
            draw(st.none() | st.integers(0, 700).map(lambda n: first_day + timedelta(days=n))),
            rrule,
            except_days=tuple(draw(SOME_DAYS)),
            extra_days=tuple(draw(SOME_DAYS)),
            only_days=draw(st.none() | st.none() | days_off),
            include_days=draw(st.just(frozenset()) | days_off),
            exclude_days=draw(st.just(frozenset()) | days_off),
        ),
        windows=tuple(draw(st.lists(windows() | st.just(ALL_DAY), min_size=1, max_size=3, unique=True))),
        zone_name=draw(ZONES),
    )


def playable(spec: ScheduleSpec) -> bool:
    try:
        check_rule(spec.rule)
    except RecurrenceError:
        return False
    return any(True for _ in days(spec.rule, spec.rule.first_day, UNTIL))


UNTIL = date(2030, 1, 1)
LOOKED_UNTIL = date(2028, 5, 30)


def occurrences(spec: ScheduleSpec) -> set[tuple[int, int]]:
    """Everything that is on until 2030, in a zone where clocks change."""
    zone = ZoneInfo(spec.zone_name or "America/Santiago")
    named = days(spec.rule, spec.rule.first_day, UNTIL)
    found = (occurrence(day, window, zone) for day in named for window in spec.windows)
    return {(one.start_ms, one.end_ms) for one in found}


@PATIENT
@given(specs().filter(playable))
def test_what_is_written_and_read_again_names_the_same_occurrences(spec: ScheduleSpec) -> None:
    reading = read_ics(write_ics("Sảnh", spec, "", NOW))
    assert reading.refused == []
    found = [event.spec for event in reading.events]
    assert [event.name for event in reading.events] == ["Sảnh"]
    assert found[0].zone_name == spec.zone_name
    assert occurrences(found[0]) == occurrences(spec)


@FEW
@given(specs().filter(playable))
def test_an_independent_reader_finds_the_same_walls_in_it(spec: ScheduleSpec) -> None:
    calendar = Calendar.from_ical(write_ics("Sảnh", spec, "", NOW))
    found = recurring_ical_events.of(calendar).between(date(2025, 6, 1), date(2028, 6, 1))
    named = list(days(spec.rule, spec.rule.first_day, LOOKED_UNTIL))
    expected = sorted((wall(day, w.from_min), wall(day, w.end_min)) for day in named for w in spec.windows)
    told = sorted((naive(event["DTSTART"].dt), naive(event["DTEND"].dt)) for event in found)
    assert [one for one in told if one[0] < wall(LOOKED_UNTIL, 0)] == expected


def wall(day: date, minutes: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


def naive(at: Any) -> datetime:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else wall(at, 0)


def written(spec: ScheduleSpec) -> str:
    return write_ics("Sảnh", spec, "Hằng ngày", NOW).decode().replace("\r\n ", "")


def spec_of(rule: DateRule, **fields: Any) -> ScheduleSpec:
    return ScheduleSpec(id="sch_1", role=fields.pop("role", "rotation"), rule=rule, **fields)


@pytest.mark.parametrize(
    ("zone", "window", "start", "end"),
    [
        (None, ALL_DAY, "DTSTART;VALUE=DATE:20260302", "UNTIL=20260309"),
        (None, Window(420, 540), "DTSTART:20260302T070000", "UNTIL=20260309T070000"),
        ("UTC", Window(420, 540), "DTSTART:20260302T070000Z", "UNTIL=20260309T070000Z"),
        (
            "America/New_York",
            Window(420, 540),
            "DTSTART;TZID=America/New_York:20260302T070000",
            "UNTIL=20260309T110000Z",
        ),
        (
            "America/New_York",
            ALL_DAY,
            "DTSTART;TZID=America/New_York:20260302T000000",
            "UNTIL=20260309T040000Z",
        ),
    ],
)
def test_until_is_of_the_kind_that_the_start_is(
    zone: str | None, window: Window, start: str, end: str
) -> None:
    rule = DateRule(date(2026, 3, 1), date(2026, 3, 9), "FREQ=WEEKLY;BYDAY=MO")
    text = written(spec_of(rule, zone_name=zone, windows=(window,)))
    assert f"{start}\r\n" in text
    assert f"RRULE:FREQ=WEEKLY;{end};BYDAY=MO\r\n" in text
    assert ("BEGIN:VTIMEZONE" in text) == (zone == "America/New_York")


@pytest.mark.parametrize(
    ("rrule", "last_day", "expected"),
    [
        ("FREQ=DAILY;COUNT=5", None, "FREQ=DAILY;COUNT=5"),
        ("FREQ=DAILY;COUNT=5", date(2026, 3, 4), "FREQ=DAILY;UNTIL=20260304"),
        ("FREQ=DAILY;COUNT=5", date(2026, 3, 30), "FREQ=DAILY;COUNT=5"),
        ("FREQ=DAILY;UNTIL=20260310", date(2026, 3, 4), "FREQ=DAILY;UNTIL=20260304"),
        ("FREQ=DAILY;UNTIL=20260310", date(2026, 3, 30), "FREQ=DAILY;UNTIL=20260310"),
        (None, None, "FREQ=DAILY"),
    ],
)
def test_the_first_of_several_ends_is_written(
    rrule: str | None, last_day: date | None, expected: str
) -> None:
    assert f"RRULE:{expected}\r\n" in written(spec_of(DateRule(date(2026, 3, 1), last_day, rrule)))


def test_the_start_is_a_day_of_the_rule_and_keeps_its_phase() -> None:
    rule = DateRule(date(2026, 3, 6), None, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    text = written(spec_of(rule))
    assert "DTSTART;VALUE=DATE:20260316" in text
    assert "EXDATE" not in text


@pytest.mark.parametrize(
    "rule",
    [
        DateRule(date(2026, 3, 4), None, "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2"),
        DateRule(date(2026, 3, 4), None, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH;BYSETPOS=-1;COUNT=5"),
        DateRule(date(2026, 3, 4), None, "FREQ=WEEKLY;BYDAY=MO", extra_days=(date(2026, 3, 5),)),
        DateRule(date(2026, 3, 2), None, "FREQ=WEEKLY;BYDAY=MO", except_days=(date(2026, 3, 2),)),
        DateRule(
            date(2026, 3, 4), None, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260320", extra_days=(date(2026, 4, 5),)
        ),
    ],
    ids=str,
)
def test_rules_whose_start_cannot_be_moved(rule: DateRule) -> None:
    spec = spec_of(rule)
    (found,) = read_ics(write_ics("Sảnh", spec, "", NOW)).events
    assert occurrences(found.spec) == occurrences(spec)


def test_a_start_that_is_no_day_of_the_schedule_is_taken_out_for_those_who_count_it() -> None:
    rule = DateRule(date(2026, 3, 4), None, "FREQ=WEEKLY;BYDAY=MO", extra_days=(date(2026, 3, 5),))
    text = written(spec_of(rule))
    assert "DTSTART;VALUE=DATE:20260304\r\n" in text
    assert "EXDATE;VALUE=DATE:20260304\r\n" in text


def test_day_sets_are_written_out_until_the_end_of_the_fifth_year() -> None:
    tet = frozenset(date(year, 2, 5) for year in range(2020, 2100))
    text = written(spec_of(DateRule(date(2025, 1, 1), exclude_days=tet)))
    assert [line[-8:] for line in text.splitlines() if line.startswith("EXDATE")] == [
        f"{year}0205" for year in range(2025, 2032)
    ]
    only = written(spec_of(DateRule(date(2025, 1, 1), only_days=tet)))
    assert "RRULE" not in only
    assert [line[-8:] for line in only.splitlines() if line.startswith(("DTSTART;", "RDATE"))] == [
        f"{year}0205" for year in range(2025, 2032)
    ]


def test_days_named_by_hand_are_written_however_far_away_they_are() -> None:
    rule = DateRule(date(2026, 1, 1), None, "FREQ=WEEKLY;BYDAY=MO", (date(2048, 1, 6),), (date(2050, 1, 1),))
    text = written(spec_of(rule))
    assert "EXDATE;VALUE=DATE:20480106" in text
    assert "RDATE;VALUE=DATE:20500101" in text


def test_role_and_rhythm_come_back() -> None:
    rule = DateRule(date(2026, 3, 1), date(2026, 3, 9))
    for spec in (
        spec_of(rule, role="reminder", every_ms=90_500, take="all"),
        spec_of(rule, role="takeover", priority=7, silences_reminders=True),
        spec_of(rule, role="off"),
        spec_of(rule, share_permille=250),
    ):
        (found,) = read_ics(write_ics("Sảnh", spec, "", NOW)).events
        assert found.spec == replace(spec, id="")


def test_a_schedule_keeps_its_uids() -> None:
    spec = spec_of(DateRule(date(2026, 3, 1)), windows=(Window(420, 540), Window(1320, 60)))
    later = replace(spec, rule=DateRule(date(2027, 3, 1)))
    uids = [line for line in written(spec).splitlines() if line.startswith("UID")]
    assert len(set(uids)) == 2
    assert [line for line in written(later).splitlines() if line.startswith("UID")] == uids


def test_a_schedule_without_a_day_left_is_not_written() -> None:
    for rule in (
        DateRule(date(2026, 3, 1), only_days=frozenset({date(2060, 1, 1)})),
        DateRule(date(2026, 3, 1), date(2026, 3, 1), exclude_days=frozenset({date(2026, 3, 1)})),
    ):
        with pytest.raises(NothingToExport):
            written(spec_of(rule))


@pytest.mark.parametrize("zone", [None, "America/New_York"])
@pytest.mark.parametrize("end", [None, date(2060, 1, 1)])
def test_a_schedule_that_comes_late_is_written_with_its_first_day(zone: str | None, end: date | None) -> None:
    late = DateRule(date(2026, 11, 26), end, "FREQ=YEARLY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29")
    text = written(replace(spec_of(late), zone_name=zone))
    assert ("DTSTART;TZID=America/New_York:20320229T" if zone else "DTSTART;VALUE=DATE:20320229") in text
    (back,) = read_ics(text.encode()).events
    assert list(days(back.spec.rule, date(2026, 1, 1), date(2050, 1, 1))) == [
        date(2032, 2, 29),
        date(2044, 2, 29),
    ]


def test_no_line_is_longer_than_75_bytes_and_all_end_as_rfc_5545_says() -> None:
    data = write_ics("Đeo khẩu trang, rửa tay; " * 8, spec_of(DateRule(date(2026, 3, 1))), "", NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
