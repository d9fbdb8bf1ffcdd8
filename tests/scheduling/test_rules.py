import pytest

from signage_server.scheduling.refusals import RecurrenceError, SubDailyRule
from signage_server.scheduling.rules import check_rrule


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("FREQ=DAILY", "FREQ=DAILY"),
        (" rrule:freq=weekly;byday=tu,mo,mo;interval=1;wkst=mo; ", "FREQ=WEEKLY;BYDAY=MO,TU"),
        ("BYDAY=-1fr,+2MO;FREQ=MONTHLY;INTERVAL=2", "FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO,-1FR"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1,01", "FREQ=MONTHLY;BYMONTHDAY=-1,1,15"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;WKST=SU", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;WKST=SU"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        ("FREQ=YEARLY;BYYEARDAY=-1", "FREQ=YEARLY;BYYEARDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
        ("FREQ=DAILY;BYDAY=MO;BYSETPOS=1", "FREQ=DAILY;BYDAY=MO"),
        ("FREQ=DAILY;BYMONTHDAY=5;BYSETPOS=-1,7", "FREQ=DAILY;BYMONTHDAY=5"),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU;BYMONTH=12,1;BYSETPOS=-1",
            "FREQ=WEEKLY;BYMONTH=1,12;BYDAY=MO,TU;BYSETPOS=-1",
        ),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20201231T165959Z", "FREQ=DAILY;UNTIL=20201231"),
        ("COUNT=010;FREQ=DAILY", "FREQ=DAILY;COUNT=10"),
    ],
)
def test_a_rule_has_one_spelling(text: str, normal: str) -> None:
    assert check_rrule(text) == normal
    assert check_rrule(normal) == normal


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
    ],
)
def test_the_examples_of_rfc_5545_that_lie_below_a_day_are_called_reminders(text: str) -> None:
    """All its other examples are in `tests/vectors/days.json`, with the dates that it gives for them."""
    with pytest.raises(SubDailyRule) as refused:
        check_rrule(text)
    assert "reminder" in refused.value.message("en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "rrule_malformed"),
        ("every Monday", "rrule_malformed"),
        ("FREQ=", "rrule_malformed"),
        ("BYDAY=MO", "rrule_malformed"),
        ("FREQ=FORTNIGHTLY", "rrule_malformed"),
        ("FREQ=HOURLY;INTERVAL=2", "rrule_sub_daily"),
        ("FREQ=MINUTELY", "rrule_sub_daily"),
        ("FREQ=DAILY;BYHOUR=9,12", "rrule_sub_daily"),
        ("FREQ=DAILY;BYEASTER=0", "rrule_unknown_part"),
        ("FREQ=DAILY;X-MINE=1", "rrule_unknown_part"),
        ("FREQ=DAILY;FREQ=WEEKLY", "rrule_part_twice"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20200101", "rrule_until_and_count"),
        ("FREQ=DAILY;INTERVAL=0", "rrule_bad_value"),
        ("FREQ=DAILY;INTERVAL=1000", "rrule_bad_value"),
        ("FREQ=DAILY;COUNT=10000", "rrule_bad_value"),
        ("FREQ=DAILY;COUNT=-1", "rrule_bad_value"),
        ("FREQ=DAILY;INTERVAL=two", "rrule_bad_value"),
        ("FREQ=DAILY;INTERVAL=٢", "rrule_bad_value"),
        ("FREQ=DAILY;UNTIL=20200230", "rrule_bad_value"),
        ("FREQ=DAILY;UNTIL=tomorrow", "rrule_bad_value"),
        ("FREQ=WEEKLY;BYDAY=XX", "rrule_bad_value"),
        ("FREQ=WEEKLY;BYDAY=MO,", "rrule_bad_value"),
        ("FREQ=WEEKLY;WKST=1MO", "rrule_bad_value"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "rrule_bad_value"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "rrule_bad_value"),
        ("FREQ=MONTHLY;BYDAY=6MO", "rrule_bad_value"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=20MO", "rrule_bad_value"),
        ("FREQ=YEARLY;BYMONTH=-1", "rrule_bad_value"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=-3,3", "rrule_bad_value"),
        ("FREQ=WEEKLY;BYDAY=1MO", "rrule_part_not_allowed"),
        ("FREQ=DAILY;BYDAY=1MO", "rrule_part_not_allowed"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "rrule_part_not_allowed"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "rrule_part_not_allowed"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "rrule_part_not_allowed"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "rrule_part_not_allowed"),
        ("FREQ=MONTHLY;BYSETPOS=1", "rrule_part_not_allowed"),
        ("FREQ=WEEKLY;BYSETPOS=1", "rrule_part_not_allowed"),
        ("FREQ=DAILY;BYSETPOS=1", "rrule_part_not_allowed"),
        ("FREQ=DAILY;BYDAY=MO,TU;BYSETPOS=2", "rrule_bad_value"),
        ("FREQ=WEEKLY;BYMONTH=4;BYSETPOS=2", "rrule_bad_value"),
    ],
)
def test_what_cannot_be_played_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(RecurrenceError) as refused:
        check_rrule(text)
    assert refused.value.code == code
    assert all("{" not in refused.value.message(language) for language in ("vi", "en"))
