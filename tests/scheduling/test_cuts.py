from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from signage_server.scheduling.cuts import before_day, from_day, is_on, without_day
from signage_server.scheduling.recurrence import DateRule, check_rule, days
from tests.scheduling.patience import PATIENT

FIRST = date(2026, 1, 1)
END = date(2034, 1, 1)
"""Far enough for leap days and every fifth year."""

RULES = st.one_of(
    st.none(),
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 9)),
    st.builds("FREQ=DAILY;INTERVAL={};BYMONTH={}".format, st.integers(1, 4), st.integers(1, 12)),
    st.builds("FREQ=WEEKLY;INTERVAL={}".format, st.integers(1, 5)),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY={};WKST={}".format,
        st.integers(1, 4),
        st.sampled_from(["MO", "SU", "MO,WE", "SA,SU", "MO,TU,WE,TH,FR"]),
        st.sampled_from(["MO", "SU", "TH"]),
    ),
    st.builds(
        "FREQ=WEEKLY;INTERVAL={};BYDAY=MO,WE,FR;BYSETPOS={}".format,
        st.integers(1, 3),
        st.sampled_from(["1", "-1", "2", "1,3"]),
    ),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 5)),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format,
        st.integers(1, 3),
        st.sampled_from(["31", "-1", "1,15"]),
    ),
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYDAY={}".format,
        st.integers(1, 3),
        st.sampled_from(["5MO", "-1FR", "2TU", "MO"]),
    ),
    st.builds("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from(["1", "-1", "3"])),
    st.builds("FREQ=YEARLY;INTERVAL={}".format, st.integers(1, 3)),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH=2,9".format, st.integers(1, 2)),
    st.builds("FREQ=YEARLY;INTERVAL={};BYDAY=-1SU;BYMONTH=10".format, st.integers(1, 2)),
    st.just("FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO,SU"),
    st.just("FREQ=YEARLY;BYYEARDAY=1,-1"),
)
NEAR = st.dates(FIRST, date(2028, 12, 31))
SETS = st.frozensets(NEAR, max_size=12)


@st.composite
def rules(draw: st.DrawFn) -> DateRule:
    """Any rule of the form, with days added and left out by hand and by sets; it names some day."""
    first = draw(st.dates(FIRST, date(2026, 12, 31)))
    rrule = draw(RULES)
    if rrule is not None:
        ends = [
            "",
            f";COUNT={draw(st.integers(1, 30))}",
            f";UNTIL={draw(st.dates(first, date(2028, 12, 31))):%Y%m%d}",
        ]
        rrule += draw(st.sampled_from(ends))
    rule = DateRule(
        first_day=first,
        last_day=draw(st.none() | st.dates(first, date(2030, 12, 31))),
        rrule=rrule,
        except_days=tuple(sorted(draw(st.sets(NEAR, max_size=5)))),
        extra_days=tuple(sorted(draw(st.sets(NEAR, max_size=5)))),
        only_days=draw(st.none() | st.just(frozenset(FIRST + timedelta(days=n) for n in range(0, 900, 2)))),
        include_days=draw(SETS),
        exclude_days=draw(SETS),
    )
    assume(named(rule))
    return rule


def named(rule: DateRule | None) -> set[date]:
    return set(days(rule, date(2025, 1, 1), END)) if rule else set()


@PATIENT
@given(rules(), st.dates(date(2025, 12, 1), date(2029, 1, 31)))
def test_both_parts_of_a_cut_name_the_days_of_the_whole(rule: DateRule, day: date) -> None:
    whole = named(rule)
    assert named(before_day(rule, day)) == {one for one in whole if one < day}
    assert named(from_day(rule, day)) == {one for one in whole if one >= day}


@PATIENT
@given(rules(), st.data())
def test_a_cut_at_one_of_its_days_begins_a_rule_that_can_be_saved(
    rule: DateRule, data: st.DataObject
) -> None:
    whole = sorted(named(rule))
    day = data.draw(st.sampled_from(whole[:60]))
    assert is_on(rule, day)
    rest = from_day(rule, day)
    assert rest is not None
    check_rule(rest)
    assert named(rest) == {one for one in whole if one >= day}
    before = before_day(rule, day)
    assert (before is None) == (whole[0] == day)
    if before is not None:
        check_rule(before)
        assert before.last_day == day - timedelta(days=1)


@PATIENT
@given(rules(), st.data())
def test_a_day_that_is_left_out_is_all_that_goes(rule: DateRule, data: st.DataObject) -> None:
    whole = named(rule)
    day = data.draw(st.sampled_from(sorted(whole)))
    assert named(without_day(rule, day)) == whole - {day}


@PATIENT
@given(rules(), st.data())
def test_what_is_cut_twice_is_cut_once(rule: DateRule, data: st.DataObject) -> None:
    early, late = sorted(data.draw(st.lists(st.sampled_from(sorted(named(rule))), min_size=2, max_size=2)))
    once = from_day(rule, late)
    rest = from_day(rule, early)
    assert rest is not None
    assert named(from_day(rest, late)) == named(once)


def test_a_rule_that_says_all_itself_is_not_rewritten() -> None:
    fortnightly = DateRule(date(2026, 1, 5), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE")
    assert from_day(fortnightly, date(2026, 1, 21)) == replace(fortnightly, first_day=date(2026, 1, 21))
    monthly = DateRule(date(2026, 1, 31), rrule="FREQ=MONTHLY")
    assert from_day(monthly, date(2026, 3, 31)) == replace(monthly, first_day=date(2026, 3, 31))


def test_a_count_goes_on_counting() -> None:
    ten = DateRule(date(2026, 3, 1), rrule="FREQ=DAILY;COUNT=10", except_days=(date(2026, 3, 2),))
    assert before_day(ten, date(2026, 3, 4)) == DateRule(
        date(2026, 3, 1), date(2026, 3, 3), "FREQ=DAILY;COUNT=3", (date(2026, 3, 2),)
    )
    assert from_day(ten, date(2026, 3, 4)) == DateRule(date(2026, 3, 4), rrule="FREQ=DAILY;COUNT=7")


def test_a_cut_at_an_added_day_keeps_the_phase() -> None:
    """Every third day from 1 March: 1, 4, 7, 10 …; the 8th was added by hand."""
    rule = DateRule(date(2026, 3, 1), rrule="FREQ=DAILY;INTERVAL=3", extra_days=(date(2026, 3, 8),))
    rest = from_day(rule, date(2026, 3, 8))
    assert rest == replace(rule, first_day=date(2026, 3, 7), except_days=(date(2026, 3, 7),))


def test_what_took_its_day_of_the_month_from_the_first_day_writes_it_down() -> None:
    rule = DateRule(date(2026, 1, 31), rrule="FREQ=MONTHLY", extra_days=(date(2026, 2, 14),))
    assert from_day(rule, date(2026, 2, 14)) == replace(
        rule, first_day=date(2026, 2, 14), rrule="FREQ=MONTHLY;BYMONTHDAY=31"
    )


def test_added_days_outlive_a_rule_that_is_used_up() -> None:
    late = (date(2026, 6, 1), date(2026, 7, 1))
    rule = DateRule(date(2026, 3, 1), rrule="FREQ=DAILY;COUNT=3", extra_days=late)
    assert from_day(rule, date(2026, 3, 10)) == DateRule(late[0], rrule="FREQ=DAILY;COUNT=1", extra_days=late)
    assert from_day(rule, date(2026, 7, 2)) is None


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 2, 1)])
def test_nothing_is_before_the_first_day(day: date) -> None:
    rule = DateRule(date(2026, 3, 1))
    assert before_day(rule, day) is None
    assert from_day(rule, day) == rule


def test_the_only_day_leaves_nothing() -> None:
    one = DateRule(date(2026, 3, 1), date(2026, 3, 1))
    assert without_day(one, date(2026, 3, 1)) is None


def test_places_in_a_week_are_counted_in_whole_weeks() -> None:
    """The second of Monday, Wednesday and Friday is Wednesday, also in the week of the cut."""
    rule = DateRule(date(2026, 3, 2), date(2026, 3, 31), "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2")
    wednesdays = {date(2026, 3, day) for day in (11, 18, 25)}
    assert named(from_day(rule, date(2026, 3, 11))) == wednesdays


def test_a_count_does_not_count_what_was_before_the_first_day() -> None:
    """From Wednesday on: Friday, then Monday and Friday of every other week; Thursday was added by hand."""
    rule = DateRule(
        date(2026, 3, 4), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=3", extra_days=(date(2026, 3, 5),)
    )
    left = {date(2026, 3, day) for day in (5, 6, 16, 20)}
    assert named(rule) == left == named(from_day(rule, date(2026, 3, 5)))
