"""Days of day sets and days named by hand, held against the arithmetic of sets."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.recurrence import DateRule, check_rule, days, last_named_day
from signage_server.scheduling.refusals import NoDays, NoDaysLeft
from tests.scheduling.patience import PATIENT

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FAR = date(2200, 1, 1)
NEAR_DAYS = st.dates(date(2026, 7, 30), date(2026, 8, 20))
SOME_DAYS = st.frozensets(NEAR_DAYS, max_size=12)


@st.composite
def rules_with_sets(draw: st.DrawFn) -> DateRule:
    """Rules of a few weeks, with days of all kinds in and around them."""
    return DateRule(
        first_day=draw(st.dates(date(2026, 7, 28), date(2026, 8, 10))),
        last_day=draw(st.none() | st.dates(date(2026, 8, 11), date(2026, 8, 25))),
        rrule=draw(st.sampled_from([None, WEEKDAYS, "FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;UNTIL=20260820"])),
        except_days=tuple(draw(SOME_DAYS)),
        extra_days=tuple(draw(SOME_DAYS)),
        only_days=draw(st.none() | st.frozensets(NEAR_DAYS, max_size=30)),
        include_days=draw(SOME_DAYS),
        exclude_days=draw(SOME_DAYS),
    )


def named_by_sets(rule: DateRule) -> set[date]:
    """The days of a rule until October, by the arithmetic of sets alone."""
    whole = {date(2026, 7, 1) + timedelta(days=n) for n in range(92)}
    own = set(days(DateRule(rule.first_day, None, rule.rrule), date(2026, 7, 1), date(2026, 10, 1)))
    by_sets = ((own & (whole if rule.only_days is None else rule.only_days)) | rule.include_days) - (
        rule.exclude_days
    )
    by_hand = (by_sets | set(rule.extra_days)) - set(rule.except_days)
    return {day for day in by_hand if rule.first_day <= day <= (rule.last_day or max(whole))}


@PATIENT
@given(rules_with_sets(), NEAR_DAYS, st.integers(0, 50))
def test_day_sets_choose_add_and_leave_out_days(rule: DateRule, from_day: date, length: int) -> None:
    until_day = from_day + timedelta(days=length)
    expected = sorted(day for day in named_by_sets(rule) if from_day <= day < until_day)
    assert list(days(rule, from_day, until_day)) == expected


@PATIENT
@given(rules_with_sets())
def test_after_its_last_named_day_a_rule_with_sets_names_none(rule: DateRule) -> None:
    last = last_named_day(rule)
    if last is None:
        assert max(named_by_sets(rule)) > date(2026, 9, 1)
    else:
        assert all(day <= last for day in named_by_sets(rule))


@PATIENT
@given(rules_with_sets())
def test_a_rule_is_refused_exactly_where_sets_and_exceptions_leave_no_day(rule: DateRule) -> None:
    if named_by_sets(rule) or last_named_day(rule) is None:
        check_rule(rule)
    else:
        with pytest.raises((NoDays, NoDaysLeft)):
            check_rule(rule)


def test_a_date_named_by_hand_outranks_a_day_set_and_an_exception_outranks_everything() -> None:
    third, fourth, fifth = (date(2026, 8, day) for day in (3, 4, 5))
    rule = DateRule(
        third,
        fifth,
        except_days=(fifth,),
        extra_days=(fourth, fifth),
        include_days=frozenset({fifth}),
        exclude_days=frozenset({third, fourth}),
    )
    assert list(days(rule, third, FAR)) == [fourth]


def test_a_count_counts_the_days_of_the_rule_not_those_that_sets_leave() -> None:
    rule = DateRule(date(2026, 8, 3), None, "FREQ=DAILY;COUNT=3", only_days=frozenset({date(2026, 8, 5)}))
    assert list(days(rule, date(2026, 8, 3), FAR)) == [date(2026, 8, 5)]
