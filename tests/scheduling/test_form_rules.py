"""Every shape of rule that the form can make, with every way to end, as python-dateutil expands it from its first day.

The shapes of rules beyond the form are tried by chance in `test_recurrence`; RFC 5545's own examples are in
`tests/vectors/days.json`.
"""

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from dateutil.rrule import rrulestr

from signage_server.scheduling.recurrence import DateRule, days, last_named_day
from signage_server.scheduling.rules import WEEKDAYS, check_rrule

#: Presets know the first day: `{weekday}` is its own, `{nth}` its place in the month, `{day}` and `{month}` its date.
SHAPES = {
    "every day": "FREQ=DAILY",
    "every weekday": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekends": "FREQ=WEEKLY;BYDAY=SA,SU",
    "the weekday of the first day": "FREQ=WEEKLY;BYDAY={weekday}",
    "weekly, and no more said": "FREQ=WEEKLY",
    "chosen weekdays": "FREQ=WEEKLY;BYDAY=MO,WE,SU",
    "monthly on the day": "FREQ=MONTHLY;BYMONTHDAY={day}",
    "monthly, and no more said": "FREQ=MONTHLY",
    "monthly on the last day": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "monthly on the nth weekday": "FREQ=MONTHLY;BYDAY={nth}{weekday}",
    "monthly on the last weekday": "FREQ=MONTHLY;BYDAY=-1{weekday}",
    "yearly on the date": "FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}",
    "yearly, and no more said": "FREQ=YEARLY",
    "yearly on the nth weekday": "FREQ=YEARLY;BYMONTH={month};BYDAY={nth}{weekday}",
    "yearly on the last weekday": "FREQ=YEARLY;BYMONTH={month};BYDAY=-1{weekday}",
}
FIRST_DAYS = [
    date(2024, 2, 29),  # a leap day
    date(2026, 1, 31),  # a day that some months have not
    date(2026, 8, 3),  # a Monday
    date(2026, 11, 29),  # a Sunday, the fifth of its month
    date(2026, 12, 28),  # over the end of a year
    date(2020, 6, 15),  # long ago
]
INTERVALS = ["", ";INTERVAL=2", ";INTERVAL=3"]
ENDS = ["", ";COUNT=1", ";COUNT=9", ";UNTIL={until}"]


def written(shape: str, first_day: date) -> str:
    return SHAPES[shape].format(
        weekday=WEEKDAYS[first_day.weekday()],
        nth=(first_day.day + 6) // 7,
        day=first_day.day,
        month=first_day.month,
    )


def by_dateutil(rule: str, first_day: date, until_day: date) -> list[date]:
    start = datetime.combine(first_day, time())
    ends = "UNTIL" in rule or "COUNT" in rule
    bounded = rule if ends else f"{rule};UNTIL={until_day:%Y%m%d}"
    return [moment.date() for moment in rrulestr(bounded, dtstart=start) if moment.date() < until_day]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_rule_of_the_form_names_the_days_that_dateutil_names(shape: str) -> None:
    for first_day, interval, end in product(FIRST_DAYS, INTERVALS, ENDS):
        until = first_day + timedelta(days=400)
        rule = written(shape, first_day) + interval + end.format(until=f"{until:%Y%m%d}")
        far = first_day + timedelta(days=366 * 12)
        expected = by_dateutil(rule, first_day, far)
        ours = DateRule(first_day, None, check_rrule(rule))
        assert expected, rule
        assert list(days(ours, first_day, far)) == expected, rule
        for back, ahead in ((500, 40), (3, 35)):  # wherever one looks from
            middle = first_day + timedelta(days=600) - timedelta(days=back)
            stop = middle + timedelta(days=ahead)
            assert list(days(ours, middle, stop)) == [day for day in expected if middle <= day < stop], rule
        if end:
            last = last_named_day(ours)
            assert last is not None
            assert list(days(ours, last + timedelta(days=1), far)) == []
            assert expected[-1] <= last
