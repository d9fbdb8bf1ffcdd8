from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.recurrence import (
    DAY_MINUTES,
    DateRule,
    RecurrenceError,
    Window,
    check_rule,
    days,
    last_named_day,
    local_day,
    next_occurrences,
    occurrence,
    wall_to_utc_ms,
)
from signage_server.scheduling.refusals import (
    DayOutOfRange,
    EmptyWindow,
    LastBeforeFirst,
    NoDays,
    NoDaysLeft,
    WindowOutsideDay,
)
from tests.scheduling.patience import PATIENT
from tests.scheduling.random_plans import ODD_DAYS
from tests.scheduling.vectors import vectors

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MINUTE_MS = 60_000
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FAR = date(2200, 1, 1)


def dates(texts: list[str]) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def utc_ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


@pytest.mark.parametrize("case", vectors("days"), ids=lambda case: str(case["name"]))
def test_the_days_of_a_rule(case: dict[str, Any]) -> None:
    rule = DateRule(
        first_day=date.fromisoformat(case["first_day"]),
        last_day=date.fromisoformat(case["last_day"]) if "last_day" in case else None,
        rrule=case["rrule"],
        except_days=dates(case.get("except_days", [])),
        extra_days=dates(case.get("extra_days", [])),
    )
    from_day, until_day = dates([case["from"], case["until"]])
    assert [day.isoformat() for day in days(rule, from_day, until_day)] == case["days"]


def day_lists(largest: int, signed: bool) -> st.SearchStrategy[str]:
    numbers = st.integers(1, largest)
    if signed:
        numbers |= st.integers(-largest, -1)
    return st.lists(numbers, min_size=1, max_size=3).map(lambda some: ",".join(map(str, some)))


NAMES = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
PLAIN_DAYS = st.lists(NAMES, min_size=1, max_size=4, unique=True).map(",".join)
NTH_DAYS = st.tuples(st.integers(1, 5) | st.integers(-5, -1), NAMES).map(lambda pair: f"{pair[0]}{pair[1]}")


@st.composite
def rrules(draw: st.DrawFn) -> str:
    """Rules of every shape, of which dateutil reads each as we do."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    optional = {
        "DAILY": {"BYDAY": PLAIN_DAYS, "BYMONTHDAY": day_lists(31, True), "BYMONTH": day_lists(12, False)},
        "WEEKLY": {"BYDAY": PLAIN_DAYS, "BYMONTH": day_lists(12, False), "WKST": NAMES},
        "MONTHLY": {"BYDAY": PLAIN_DAYS | NTH_DAYS, "BYMONTHDAY": day_lists(31, True)},
        "YEARLY": {
            "BYDAY": PLAIN_DAYS | NTH_DAYS,
            "BYMONTH": day_lists(12, False),
            "BYMONTHDAY": day_lists(31, True),
        },
    }[freq]
    parts = [f"FREQ={freq}"]
    if interval := draw(st.sampled_from([1, 1, 2, 3, 5])):
        parts.append(f"INTERVAL={interval}")
    parts += [f"{part}={draw(values)}" for part, values in optional.items() if draw(st.booleans())]
    if any(part.startswith("BY") for part in parts) and draw(st.booleans()):
        places = {"DAILY": ["1", "-1"], "WEEKLY": ["1", "-1", "-1,2"], "MONTHLY": ["1", "-1", "2"]}
        parts += [f"BYSETPOS={draw(st.sampled_from(some))}" for some in [places.get(freq)] if some]
    return ";".join(parts)


@PATIENT
@given(rrules(), st.dates(date(2015, 1, 1), date(2027, 12, 31)), st.integers(0, 1500), st.integers(0, 40))
def test_a_rule_names_the_days_that_dateutil_finds_from_the_beginning(
    rule: str, first_day: date, age: int, length: int
) -> None:
    from_day = first_day + timedelta(days=age)
    until_day = from_day + timedelta(days=length)
    start = datetime.combine(first_day, datetime.min.time())
    from_the_beginning = rrulestr(f"{rule};UNTIL={until_day:%Y%m%d}", dtstart=start)
    # Where nothing matches, dateutil would search until the year 9999: it is asked for a bounded while only.
    expected = (
        [
            moment.date()
            for moment in from_the_beginning.xafter(start, inc=True)
            if from_day <= moment.date() < until_day
        ]
        if list(islice(days(DateRule(first_day, None, rule), first_day, FAR), 1))
        else []
    )
    assert list(days(DateRule(first_day, None, rule), from_day, until_day)) == expected


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=MO;BYSETPOS=2",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;COUNT=3;BYMONTH=1;INTERVAL=999",
    ],
)
def test_a_rule_that_never_matches_is_refused_in_no_time(rule: str) -> None:
    with pytest.raises(NoDays):
        check_rule(DateRule(date(2026, 8, 3), date(2100, 1, 1), rule))


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        (DateRule(date(2026, 8, 3), date(2026, 8, 2)), LastBeforeFirst),
        (DateRule(date(2026, 8, 3), date(9999, 12, 31)), DayOutOfRange),
        (DateRule(date(202, 8, 3)), DayOutOfRange),
        (DateRule(date(2026, 8, 3), None, None, (date(2206, 8, 3),)), DayOutOfRange),
        (DateRule(date(2026, 8, 4), date(2026, 8, 7), "FREQ=WEEKLY;BYDAY=MO"), NoDays),
        (DateRule(date(2026, 8, 3), date(2026, 8, 3), None, (date(2026, 8, 3),)), NoDays),
        (DateRule(date(2026, 8, 3), None, "FREQ=HOURLY"), RecurrenceError),
        (DateRule(date(2026, 8, 3), only_days=frozenset()), NoDaysLeft),
        (DateRule(date(2026, 8, 3), None, WEEKDAYS, only_days=frozenset({date(2026, 8, 9)})), NoDaysLeft),
        (DateRule(date(2026, 8, 3), only_days=frozenset({date(2026, 8, 2)})), NoDaysLeft),
        (
            DateRule(date(2026, 8, 3), date(2026, 8, 3), exclude_days=frozenset({date(2026, 8, 3)})),
            NoDaysLeft,
        ),
        (
            DateRule(date(2026, 8, 4), date(2026, 8, 7), "FREQ=WEEKLY;BYDAY=MO", exclude_days=frozenset()),
            NoDays,
        ),
    ],
    ids=str,
)
def test_a_rule_that_names_no_day_is_refused(rule: DateRule, error: type[RecurrenceError]) -> None:
    with pytest.raises(error):
        check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        (DateRule(date(2026, 8, 3)), None),
        (DateRule(date(2026, 8, 3), date(2026, 9, 1)), date(2026, 9, 1)),
        (DateRule(date(2026, 8, 3), date(2026, 9, 1), "FREQ=DAILY;UNTIL=20260810"), date(2026, 8, 10)),
        (DateRule(date(2026, 8, 3), date(2026, 9, 1), "FREQ=DAILY;UNTIL=20261010"), date(2026, 9, 1)),
        (DateRule(date(2026, 8, 3), None, "FREQ=WEEKLY;COUNT=3"), date(2026, 8, 17)),
        (
            DateRule(date(2026, 8, 3), None, "FREQ=DAILY;COUNT=3", extra_days=(date(2026, 8, 9),)),
            date(2026, 8, 9),
        ),
        (DateRule(date(2026, 8, 3), date(2026, 8, 4), "FREQ=DAILY;COUNT=3"), date(2026, 8, 4)),
        (DateRule(date(2026, 8, 3), only_days=frozenset({date(2026, 8, 9)})), date(2026, 8, 9)),
        (DateRule(date(2026, 8, 3), only_days=frozenset()), date(2026, 8, 2)),
        (
            DateRule(
                date(2026, 8, 3),
                only_days=frozenset({date(2026, 8, 9)}),
                include_days=frozenset({date(2026, 8, 11)}),
            ),
            date(2026, 8, 11),
        ),
        (DateRule(date(2026, 8, 3), include_days=frozenset({date(2026, 8, 11)})), None),
        (DateRule(date(2026, 8, 3), exclude_days=frozenset({date(2026, 8, 11)})), None),
    ],
    ids=str,
)
def test_when_a_rule_has_ended_for_good(rule: DateRule, last: date | None) -> None:
    assert last_named_day(rule) == last
    if last is not None:
        assert list(days(rule, last + timedelta(days=1), FAR)) == []


@pytest.mark.parametrize("case", vectors("wall_clock"), ids=str)
def test_the_instant_of_a_wall_clock_time(case: list[str]) -> None:
    zone, day, clock, instant = case
    hours, minutes = map(int, clock.split(":"))
    assert wall_to_utc_ms(date.fromisoformat(day), hours * 60 + minutes, ZoneInfo(zone)) == utc_ms(instant)


ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
ANY_DAY = st.dates(date(1971, 1, 1), date(2037, 12, 31))
ODD = st.sampled_from(ODD_DAYS).map(lambda odd: (ZoneInfo(odd[0]), odd[1]))
ZONED_DAYS = st.tuples(ZONES, ANY_DAY) | ODD


@PATIENT
@given(ZONED_DAYS, st.lists(st.integers(0, 2 * DAY_MINUTES), min_size=2, max_size=6))
def test_later_on_the_wall_is_never_earlier_in_time(zoned: tuple[ZoneInfo, date], minutes: list[int]) -> None:
    zone, day = zoned
    instants = [wall_to_utc_ms(day, minute, zone) for minute in sorted(minutes)]
    assert instants == sorted(instants)


@PATIENT
@given(ZONED_DAYS, st.integers(0, DAY_MINUTES))
def test_the_map_finds_the_first_instant_at_which_the_clock_has_come_so_far(
    zoned: tuple[ZoneInfo, date], minutes: int
) -> None:
    zone, day = zoned
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    at_ms = wall_to_utc_ms(day, minutes, zone)
    assert wall_at(at_ms, zone) >= wall > wall_at(at_ms - 1000, zone)
    assert all(wall_at(at_ms - back * MINUTE_MS, zone) < wall for back in range(1, 200, 7))


def wall_at(at_ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, zone).replace(tzinfo=None)


@PATIENT
@given(ZONED_DAYS, st.lists(st.integers(1, DAY_MINUTES - 1), min_size=1, max_size=5, unique=True))
def test_adjacent_windows_tile_the_day(zoned: tuple[ZoneInfo, date], cuts: list[int]) -> None:
    zone, day = zoned
    edges = [0, *sorted(cuts), DAY_MINUTES]
    found = [occurrence(day, Window(*pair), zone) for pair in pairwise(edges)]
    assert all(one.end_ms == other.start_ms for one, other in pairwise(found))
    assert all(one.start_ms <= one.end_ms for one in found)
    whole = occurrence(day, Window(0, DAY_MINUTES), zone)
    assert (found[0].start_ms, found[-1].end_ms) == (whole.start_ms, whole.end_ms)


#: Any time of the day, its last hours more often: the date in UTC may be another one then.
SINCE_MIDNIGHT = st.integers(0, 86_399_999) | st.integers(75_000_000, 86_399_999)


@PATIENT
@given(ZONED_DAYS, SINCE_MIDNIGHT)
def test_an_instant_belongs_to_the_local_day_whose_midnights_it_lies_between(
    zoned: tuple[ZoneInfo, date], since_ms: int
) -> None:
    zone, day = zoned
    at_ms = wall_to_utc_ms(day, 0, zone) + since_ms
    found = local_day(at_ms, zone)
    assert wall_to_utc_ms(found, 0, zone) <= at_ms < wall_to_utc_ms(found + timedelta(days=1), 0, zone)


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("America/New_York", "2026-11-25T04:59:59Z", date(2026, 11, 24)),
        ("America/New_York", "2026-11-25T05:00:00Z", date(2026, 11, 25)),
        ("Asia/Ho_Chi_Minh", "2026-11-24T16:59:59Z", date(2026, 11, 24)),
        ("Asia/Ho_Chi_Minh", "2026-11-24T17:00:00Z", date(2026, 11, 25)),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", date(2011, 12, 29)),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", date(2011, 12, 31)),
    ],
)
def test_the_local_day_of_an_instant(zone: str, instant: str, day: date) -> None:
    assert local_day(utc_ms(instant), ZoneInfo(zone)) == day


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Antarctica/Troll", date(2026, 3, 29), 22),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Asia/Ho_Chi_Minh", date(2026, 11, 24), 24),
    ],
)
def test_all_day_is_as_long_as_the_day(zone: str, day: date, hours: float) -> None:
    found = occurrence(day, Window(0, DAY_MINUTES), ZoneInfo(zone))
    assert found.end_ms - found.start_ms == hours * 3_600_000


def test_a_window_inside_a_missing_hour_is_empty() -> None:
    found = occurrence(date(2026, 3, 8), Window(130, 170), ZoneInfo("America/New_York"))
    assert found.start_ms == found.end_ms


def test_days_may_end_at_the_end_of_the_calendar() -> None:
    rule = DateRule(date(2026, 8, 3), date.max)
    assert len(list(days(rule, date(2026, 8, 1), date(2026, 8, 10)))) == 7


@pytest.mark.parametrize(
    ("edges", "end_min"), [((0, 1440), 1440), ((600, 601), 601), ((600, 599), 2039), ((1320, 0), 1440)]
)
def test_a_window_that_ends_before_it_begins_ends_the_next_day(edges: tuple[int, int], end_min: int) -> None:
    assert Window(*edges).end_min == end_min


@pytest.mark.parametrize("edges", [(0, 0), (600, 600)])
def test_a_window_without_length_is_refused(edges: tuple[int, int]) -> None:
    with pytest.raises(EmptyWindow):
        Window(*edges)


@pytest.mark.parametrize("edges", [(-1, 5), (1440, 5), (0, 1441), (5, -1)])
def test_a_window_outside_the_day_is_refused(edges: tuple[int, int]) -> None:
    with pytest.raises(WindowOutsideDay):
        Window(*edges)


def test_the_next_occurrences_begin_with_the_one_that_is_running() -> None:
    rule = DateRule(date(2020, 8, 3), None, WEEKDAYS)
    windows = [Window(13 * 60, 15 * 60), Window(7 * 60, 9 * 60)]
    friday_eight = utc_ms("2026-11-27T01:00Z")
    found = next_occurrences(rule, windows, VIETNAM, friday_eight, 3)
    assert [(one.day.day, one.start_ms) for one in found] == [
        (27, utc_ms("2026-11-27T00:00Z")),
        (27, utc_ms("2026-11-27T06:00Z")),
        (30, utc_ms("2026-11-30T00:00Z")),
    ]


def test_an_occurrence_that_ends_now_is_over() -> None:
    rule = DateRule(date(2026, 11, 24), date(2026, 11, 25))
    found = next_occurrences(rule, [Window(7 * 60, 9 * 60)], VIETNAM, utc_ms("2026-11-24T02:00Z"), 5)
    assert [one.day.day for one in found] == [25]


def test_an_overnight_occurrence_of_yesterday_is_still_running() -> None:
    rule = DateRule(date(2026, 11, 24), date(2026, 11, 24))
    found = next_occurrences(rule, [Window(22 * 60, 2 * 60)], VIETNAM, utc_ms("2026-11-24T18:00Z"), 5)
    assert [(one.day.day, one.end_ms) for one in found] == [(24, utc_ms("2026-11-24T19:00Z"))]


def test_occurrences_that_a_missing_hour_swallows_are_left_out() -> None:
    rule = DateRule(date(2026, 3, 7), date(2026, 3, 9))
    zone = ZoneInfo("America/New_York")
    found = next_occurrences(rule, [Window(130, 170)], zone, utc_ms("2026-03-01T00:00Z"), 5)
    assert [one.day.day for one in found] == [7, 9]
