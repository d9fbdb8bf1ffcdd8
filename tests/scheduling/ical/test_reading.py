"""Events as calendar programs write them, and what becomes of them."""

from datetime import date
from time import perf_counter
from typing import Any

import pytest

from signage_server.scheduling.ical import refusals
from signage_server.scheduling.ical.reading import DAYS_MOST, EVENTS_MOST, ReadEvent, read_ics
from signage_server.scheduling.recurrence import DateRule, Window, days
from tests.scheduling.vectors import vectors

NEW_YORK = "DTSTART;TZID=America/New_York:19970902T090000"


def calendar(*events: str, before: str = "") -> bytes:
    """A file with these events; the lines of each are told apart by blanks."""
    bodies = "".join(
        "BEGIN:VEVENT\r\n" + "".join(f"{line}\r\n" for line in event.split(" ") if line) + "END:VEVENT\r\n"
        for event in events
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{before}{bodies}END:VCALENDAR\r\n".encode()


def read(*events: str) -> list[ReadEvent]:
    reading = read_ics(calendar(*events))
    assert [(one.name, str(one.why)) for one in reading.refused] == []
    return list(reading.events)


def read_one(event: str) -> ReadEvent:
    (found,) = read(event)
    return found


def named(rule: DateRule, until: str = "2100-01-01") -> list[str]:
    return [day.isoformat() for day in days(rule, rule.first_day, date.fromisoformat(until))]


def walls(found: ReadEvent) -> list[str]:
    return [f"{wall(one.from_min)}–{wall(one.to_min)}" for one in found.spec.windows]


def wall(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize("case", vectors("days"), ids=lambda case: str(case["name"]))
def test_the_examples_of_rfc_5545_and_others_as_files(case: dict[str, Any]) -> None:
    lines = [f"DTSTART;TZID=America/New_York:{compact(case['first_day'])}T090000 DURATION:PT1H UID:1"]
    lines += [f"RRULE:{in_new_york(case['rrule'] or 'FREQ=DAILY', case.get('last_day'))}"]
    exdates = ",".join(f"{compact(day)}T090000" for day in case.get("except_days", []))
    lines += [f"EXDATE;TZID=America/New_York:{exdates}"] if exdates else []
    inside = [
        day for day in case.get("extra_days", []) if case["first_day"] <= day <= case.get("last_day", day)
    ]
    lines += [f"RDATE;TZID=America/New_York:{compact(day)}T090000" for day in inside]
    found = read_one(" ".join(lines))
    assert (found.spec.zone_name, walls(found)) == ("America/New_York", ["09:00–10:00"])
    listed = days(found.spec.rule, date.fromisoformat(case["from"]), date.fromisoformat(case["until"]))
    assert [day.isoformat() for day in listed] == case["days"]


def compact(day: str) -> str:
    return day.replace("-", "")


def in_new_york(rrule: str, last_day: str | None) -> str:
    """With the last day as the UNTIL that a calendar program writes: an instant in UTC, after that day's start."""
    if last_day is None:
        return rrule
    return f"{rrule.replace(';COUNT=9', '')};UNTIL={compact(last_day)}T150000Z"


@pytest.mark.parametrize(
    ("event", "until"),
    [
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T060000 UNTIL=20260305T230000Z", "2026-03-06"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T060000 UNTIL=20260305T225959Z", "2026-03-05"),
        ("DTSTART;TZID=America/New_York:20260302T200000 UNTIL=20260309T000000Z", "2026-03-08"),
        ("DTSTART;TZID=America/New_York:20260302T200000 UNTIL=20260308T235900Z", "2026-03-07"),
        ("DTSTART:20260302T060000 UNTIL=20260305T060000", "2026-03-05"),
        ("DTSTART:20260302T060000 UNTIL=20260305T055900", "2026-03-04"),
        ("DTSTART:20260302T060000 UNTIL=20260305T060000Z", "2026-03-05"),
        ("DTSTART:20260302T060000Z UNTIL=20260305T060000Z", "2026-03-05"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T060000 UNTIL=20260305", "2026-03-05"),
        ("DTSTART;VALUE=DATE:20260302 UNTIL=20260305", "2026-03-05"),
        ("DTSTART;VALUE=DATE:20260302 UNTIL=20260305T170000Z", "2026-03-05"),
    ],
)
def test_until_is_the_last_day_whose_start_is_not_after_it(event: str, until: str) -> None:
    start, end = event.split(" ")
    length = "" if "VALUE=DATE" in start else "DURATION:PT1H"
    found = read_one(f"{start} {length} RRULE:FREQ=DAILY;{end}")
    assert (found.spec.rule.last_day, found.spec.rule.rrule) == (date.fromisoformat(until), None)
    assert named(found.spec.rule)[-1] == until


@pytest.mark.parametrize(
    ("times", "expected", "count"),
    [
        ("DTSTART:20260302T070000 DTEND:20260302T090000", "07:00–09:00", 1),
        ("DTSTART:20260302T070000 DURATION:PT2H", "07:00–09:00", 1),
        ("DTSTART:20260302T220000 DTEND:20260303T060000", "22:00–06:00", 1),
        ("DTSTART:20260302T220000 DTEND:20260303T000000", "22:00–24:00", 1),
        ("DTSTART:20260302T000000 DTEND:20260303T000000", "00:00–24:00", 1),
        ("DTSTART:20260302T000000 DTEND:20260302T235959", "00:00–24:00", 1),
        ("DTSTART:20260302T100000 DTEND:20260303T095900", "10:00–09:59", 1),
        ("DTSTART;VALUE=DATE:20260302", "00:00–24:00", 1),
        ("DTSTART;VALUE=DATE:20260302 DTEND;VALUE=DATE:20260303", "00:00–24:00", 1),
        ("DTSTART;VALUE=DATE:20260302 DTEND;VALUE=DATE:20260305", "00:00–24:00", 3),
        ("DTSTART;VALUE=DATE:20260302 DURATION:P1W", "00:00–24:00", 7),
        ("DTSTART:20260302T000000 DTEND:20260305T000000", "00:00–24:00", 3),
        ("DTSTART:20260302T070000Z DTEND;TZID=Asia/Ho_Chi_Minh:20260302T150000", "07:00–08:00", 1),
    ],
)
def test_length_becomes_a_window(times: str, expected: str, count: int) -> None:
    found = read_one(times)
    assert walls(found) == [expected]
    assert named(found.spec.rule) == [f"2026-03-{day:02}" for day in range(2, 2 + count)]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("DTSTART:20260302T070000", None),
        ("DTSTART:20260302T070000Z", "UTC"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T070000", "Asia/Ho_Chi_Minh"),
        ('DTSTART;TZID="Asia/Ho_Chi_Minh":20260302T070000', "Asia/Ho_Chi_Minh"),
        ("DTSTART;TZID=SE§Asia§Standard§Time:20260302T070000", "Asia/Bangkok"),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/America/Argentina/Salta:20260302T070000",
            "America/Argentina/Salta",
        ),
        ("DTSTART;TZID=Giờ§Hà§Nội:20260302T070000", "Asia/Ho_Chi_Minh"),
    ],
)
def test_the_zone(zone: str, expected: str | None) -> None:
    told = "BEGIN:VTIMEZONE\r\nTZID:Giờ Hà Nội\r\nX-LIC-LOCATION:Asia/Ho_Chi_Minh\r\nEND:VTIMEZONE\r\n"
    data = calendar(f"{zone} DURATION:PT1H", before=told).replace("§".encode(), b" ")
    (found,) = read_ics(data).events
    assert (found.spec.zone_name, walls(found)) == (expected, ["07:00–08:00"])


@pytest.mark.parametrize(
    ("windows", "own", "expected"),
    [
        ("SE Asia Standard Time", "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        ("SE Asia Standard Time", "Asia/Tokyo", "Asia/Bangkok"),
        ("SE Asia Standard Time", None, "Asia/Bangkok"),
        ("Romance Standard Time", "Africa/Lagos", "Europe/Paris"),
        ("Romance Standard Time", "Europe/Madrid", "Europe/Madrid"),
    ],
)
def test_a_windows_zone_is_called_as_the_reader_calls_it(
    windows: str, own: str | None, expected: str
) -> None:
    """Outlook says one name for Bangkok, Hanoi and Jakarta."""
    event = f"DTSTART;TZID={windows.replace(' ', '§')}:20260302T070000 DURATION:PT1H"
    data = calendar(event).replace("§".encode(), b" ")
    (found,) = read_ics(data, own_zone=own).events
    assert (found.spec.zone_name, walls(found)) == (expected, ["07:00–08:00"])


def test_one_files_zones_mean_nothing_in_the_next() -> None:
    event = "DTSTART;TZID=Hanoi:20260302T070000 DURATION:PT1H"
    told = "BEGIN:VTIMEZONE\r\nTZID:Hanoi\r\nX-LIC-LOCATION:Asia/Ho_Chi_Minh\r\nEND:VTIMEZONE\r\n"
    assert read_ics(calendar(event, before=told)).events
    assert [one.why.code for one in read_ics(calendar(event)).refused] == ["ics_zone_unknown"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("EXDATE:20260303T070000,20260305T070000", "02 04 06"),
        ("EXDATE:20260303T070000 EXDATE:20260305T070000", "02 04 06"),
        ("EXDATE;VALUE=DATE:20260303", "02 04 05 06"),
        ("EXDATE:20260303T080000", "02 03 04 05 06"),
        ("EXDATE:20260302T070000", "03 04 05 06"),
        ("RDATE:20260310T070000,20260308T070000", "02 03 04 05 06 08 10"),
        ("RDATE;VALUE=DATE:20260310", "02 03 04 05 06 10"),
        ("RDATE;VALUE=PERIOD:20260310T070000/PT1H,20260311T070000/20260311T080000", "02 03 04 05 06 10 11"),
        ("RDATE:20260303T070000", "02 03 04 05 06"),
        ("RDATE:20260308T070000 EXDATE:20260308T070000", "02 03 04 05 06"),
        ("RDATE:", "02 03 04 05 06"),
    ],
)
def test_single_days_out_and_in(lines: str, expected: str) -> None:
    found = read_one(f"DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=5 {lines}")
    assert named(found.spec.rule) == [f"2026-03-{day}" for day in expected.split()]


def test_days_in_other_zones_are_those_of_the_start() -> None:
    found = read_one(
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20260302T060000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=5 "
        "EXDATE:20260302T230000Z EXDATE;TZID=America/New_York:20260303T180000 RDATE:20260309T230000Z"
    )
    assert named(found.spec.rule) == [f"2026-03-{day}" for day in ("02", "05", "06", "10")]


def test_added_days_at_another_time_or_before_the_start_stand_on_their_own() -> None:
    found = read(
        "UID:a SUMMARY:Loa DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3 "
        "RDATE:20260305T190000,20260307T190000,20260225T070000 RDATE;VALUE=PERIOD:20260309T070000/PT3H"
    )
    assert [(walls(one), named(one.spec.rule)) for one in found] == [
        (["07:00–08:00"], ["2026-02-25"]),
        (["07:00–08:00"], ["2026-03-02", "2026-03-16", "2026-03-30"]),
        (["19:00–20:00"], ["2026-03-05", "2026-03-07"]),
        (["07:00–10:00"], ["2026-03-09"]),
    ]
    assert {one.name for one in found} == {"Loa"}


@pytest.mark.parametrize(
    ("rule", "windows", "expected"),
    [
        ("FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0;BYSECOND=0", ["09:00–09:30"], "02 03 04"),
        ("FREQ=DAILY;COUNT=6;BYHOUR=9,14", ["09:00–09:30", "14:00–14:30"], "02 03 04"),
        ("FREQ=DAILY;UNTIL=20260304;BYMINUTE=0,30", ["09:00–09:30", "09:30–10:00"], "02 03 04"),
        ("FREQ=DAILY;UNTIL=20260304;BYHOUR=10", ["10:00–10:30"], "02 03 04"),
        ("FREQ=DAILY;UNTIL=20260304;BYHOUR=8", ["08:00–08:30"], "03 04"),
    ],
)
def test_times_of_day_in_a_rule_become_windows(rule: str, windows: list[str], expected: str) -> None:
    found = read_one(f"DTSTART:20260302T090000 DURATION:PT30M RRULE:{rule}")
    assert walls(found) == windows
    assert named(found.spec.rule) == [f"2026-03-{day}" for day in expected.split()]


def test_rfc_5545s_every_twenty_minutes_of_the_working_day_is_just_playable() -> None:
    rule = "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"
    found = read_one(f"{NEW_YORK} DURATION:PT10M RRULE:{rule}")
    assert (len(walls(found)), walls(found)[0], walls(found)[-1]) == (24, "09:00–09:10", "16:40–16:50")


def test_times_of_day_that_end_on_different_days_are_apart() -> None:
    early, late = read(
        "DTSTART:20260302T090000 DURATION:PT1H RRULE:FREQ=DAILY;UNTIL=20260304T100000;BYHOUR=9,14"
    )
    assert (walls(early), named(early.spec.rule)[-1]) == (["09:00–10:00"], "2026-03-04")
    assert (walls(late), named(late.spec.rule)[-1]) == (["14:00–15:00"], "2026-03-03")


def test_a_start_that_its_rule_does_not_name_is_no_occurrence() -> None:
    found = read_one("DTSTART:20260304T090000 DURATION:PT1H RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    assert named(found.spec.rule) == ["2026-03-09", "2026-03-16"]


MASTER = "UID:a SUMMARY:Loa DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=4"


def test_a_moved_occurrence_leaves_its_day_and_stands_on_its_own() -> None:
    found = read(
        MASTER, "UID:a SUMMARY:Loa RECURRENCE-ID:20260303T070000 DTSTART:20260308T190000 DURATION:PT2H"
    )
    assert [(walls(one), named(one.spec.rule)) for one in found] == [
        (["07:00–08:00"], ["2026-03-02", "2026-03-04", "2026-03-05"]),
        (["19:00–21:00"], ["2026-03-08"]),
    ]


def test_a_cancelled_occurrence_is_only_left_out() -> None:
    change = "UID:a STATUS:CANCELLED RECURRENCE-ID:20260303T070000 DTSTART:20260303T070000"
    assert named(read(change, MASTER)[0].spec.rule) == ["2026-03-02", "2026-03-04", "2026-03-05"]


def test_an_occurrence_of_which_only_words_changed_is_none() -> None:
    change = "UID:a SUMMARY:Loa RECURRENCE-ID:20260303T070000 DTSTART:20260303T070000 DURATION:PT1H"
    assert len(named(read(MASTER, change)[0].spec.rule)) == 4


def test_a_changed_occurrence_without_its_event_is_read() -> None:
    (found,) = read("UID:a RECURRENCE-ID:20260303T070000 DTSTART:20260308T190000 DURATION:PT2H")
    assert named(found.spec.rule) == ["2026-03-08"]


def test_the_newest_state_of_an_event_holds() -> None:
    newer = "UID:a SEQUENCE:2 DTSTART:20260302T190000 DURATION:PT1H"
    (found,) = read(MASTER, newer)
    assert walls(found) == ["19:00–20:00"]


def test_the_same_rule_twice_is_one() -> None:
    found = read_one(
        "DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=2 RRULE:FREQ=DAILY;COUNT=2"
    )
    assert len(named(found.spec.rule)) == 2


def test_windows_of_one_event_only_where_the_days_are_the_same() -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    found = read(
        f"UID:1 X-SIGNAGE-SCHEDULE:s DTSTART:20260302T070000 DURATION:PT1H {rule}",
        f"UID:2 X-SIGNAGE-SCHEDULE:s DTSTART:20260302T170000 DURATION:PT1H {rule}",
        f"UID:3 X-SIGNAGE-SCHEDULE:s DTSTART:20260303T190000 DURATION:PT1H {rule}",
        f"UID:4 DTSTART:20260302T070000 DURATION:PT1H {rule}",
    )
    assert [walls(one) for one in found] == [
        ["07:00–08:00", "17:00–18:00"],
        ["19:00–20:00"],
        ["07:00–08:00"],
    ]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("DURATION:PT1H", "ics_start_missing"),
        ("DTSTART:20260302T070000", "ics_no_length"),
        ("DTSTART:20260302T070000 DTEND:20260302T070000", "ics_no_length"),
        ("DTSTART:20260302T070000 DTEND:20260302T060000", "ics_no_length"),
        ("DTSTART:20260302T070000 DURATION:PT0S", "ics_no_length"),
        ("DTSTART:20260302T070000 DURATION:-PT1H", "ics_no_length"),
        ("DTSTART:20260302T070000 DTEND:20260303T070000", "ics_too_long"),
        ("DTSTART:20260302T070000 DTEND:20260304T080000", "ics_too_long"),
        ("DTSTART;VALUE=DATE:20260302 DURATION:P2D RRULE:FREQ=WEEKLY", "ics_too_long"),
        ("DTSTART:20260302T070030 DURATION:PT1H", "ics_seconds"),
        ("DTSTART:20260302T070000 DURATION:PT1H30S", "ics_seconds"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;BYSECOND=30", "ics_seconds"),
        ("DTSTART:20260302T070000 DURATION:ONEHOUR", "ics_line_malformed"),
        ("DTSTART:20261302T070000 DURATION:PT1H", "ics_line_malformed"),
        ("DTSTART:99990302T070000 DURATION:PT1H", "ics_year_out_of_range"),
        ("DTSTART:20260302T070000 DTEND;VALUE=DATE:20260303", "ics_line_malformed"),
        ("DTSTART;TZID:20260302T070000 DURATION:PT1H", "ics_line_malformed"),
        ("DTSTART;TZID=Middle-Earth/Shire:20260302T070000 DURATION:PT1H", "ics_zone_unknown"),
        ("DTSTART;TZID=../../etc/passwd:20260302T070000 DURATION:PT1H", "ics_zone_unknown"),
        ("DTSTART:20260302T070000 DURATION:PT1H EXDATE:20260303T000000Z", "ics_zones_mixed"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY RRULE:FREQ=WEEKLY", "ics_several_rules"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY EXRULE:FREQ=WEEKLY", "ics_several_rules"),
        ("DTSTART:20260302T070000 DURATION:PT1H STATUS:CANCELLED", "ics_cancelled"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=HOURLY;INTERVAL=3", "rrule_sub_daily"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=MINUTELY;BYHOUR=9", "rrule_sub_daily"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=SECONDLY", "rrule_sub_daily"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;BYHOUR=7,9;COUNT=3", "ics_times_of_rule"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;BYHOUR=5;COUNT=3", "ics_times_of_rule"),
        (
            "DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=MONTHLY;BYDAY=MO;BYHOUR=7,9;BYSETPOS=1",
            "ics_times_of_rule",
        ),
        (
            "DTSTART:20260302T000000 DURATION:PT1M RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5",
            "ics_too_many_windows",
        ),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;BYHOUR=24", "rrule_bad_value"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;SKIP=OMIT", "rrule_unknown_part"),
        (
            "DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101",
            "rrule_until_and_count",
        ),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:nonsense", "rrule_malformed"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=DAILY;UNTIL=20260101", "last_before_first"),
        ("DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no_days"),
        ("DTSTART:20260302T070000 DURATION:PT1H EXDATE:20260302T070000", "no_days"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(event: str, code: str) -> None:
    reading = read_ics(calendar(f"SUMMARY:Loa {event}"))
    assert [(one.name, one.why.code) for one in reading.refused] == [("Loa", code)]
    assert list(reading.events) == []
    assert all(reading.refused[0].why.message(language) for language in ("vi", "en"))


def test_a_change_from_one_occurrence_on_is_refused() -> None:
    change = "UID:a RECURRENCE-ID;RANGE=THISANDFUTURE:20260303T070000 DTSTART:20260303T090000 DURATION:PT1H"
    assert [one.why.code for one in read_ics(calendar(MASTER, change)).refused] == ["ics_this_and_future"]


def test_sub_daily_rules_are_sent_to_reminders_in_both_languages() -> None:
    event = "DTSTART:20260302T070000 DURATION:PT1M RRULE:FREQ=MINUTELY;INTERVAL=15"
    (why,) = (one.why for one in read_ics(calendar(event)).refused)
    assert "lời nhắc" in why.message("vi")
    assert "reminder" in why.message("en")


def test_one_bad_event_hinders_no_other() -> None:
    reading = read_ics(calendar("SUMMARY:A", "SUMMARY:B DTSTART;VALUE=DATE:20260302", "SUMMARY:C"))
    assert ([one.name for one in reading.events], [one.name for one in reading.refused]) == (
        ["B"],
        ["A", "C"],
    )


def test_names_are_unescaped_unfolded_and_on_one_line() -> None:
    data = calendar("SUMMARY:§ DTSTART;VALUE=DATE:20260302").replace(
        "§".encode(), "Đeo khẩu\r\n  trang\\, rửa\\ntay\\; giữ khoảng cách\u200b".encode()
    )
    assert read_ics(data).events[0].name == "Đeo khẩu trang, rửa tay; giữ khoảng cách"


def test_alarms_and_tasks_are_passed_over() -> None:
    alarm = "BEGIN:VALARM TRIGGER:-PT15M DURATION:PT5M SUMMARY:Chuông END:VALARM"
    todo = "BEGIN:VTODO\r\nSUMMARY:Việc\r\nDTSTART:20260301T000000\r\nEND:VTODO\r\n"
    event = f"SUMMARY:Loa DTSTART:20260302T070000 {alarm} DURATION:PT1H"
    (found,) = read_ics(calendar(event, before=todo)).events
    assert (found.name, walls(found)) == ("Loa", ["07:00–08:00"])


@pytest.mark.parametrize("ends", [b"\r\n", b"\n", b"\r"])
def test_every_kind_of_line_end_and_a_byte_order_mark(ends: bytes) -> None:
    data = calendar("SUMMARY:Loa DTSTART;VALUE=DATE:20260302").replace(b"\r\n", ends)
    assert read_ics(b"\xef\xbb\xbf" + data).events[0].name == "Loa"


GOOD = calendar("SUMMARY:Loa DTSTART;VALUE=DATE:20260302")
BROKEN = [
    (b"", "ics_not_calendar"),
    (b"PK\x03\x04", "ics_not_calendar"),
    (b"\xff\xfe" + GOOD.decode().encode("utf-16-le"), "ics_not_utf8"),
    ("Đ".encode("cp1258") + GOOD, "ics_not_utf8"),
    (b"<html>" + GOOD, "ics_not_calendar"),
    (GOOD[:-20], "ics_not_calendar"),
    (GOOD.replace(b"END:VEVENT\r\n", b""), "ics_not_calendar"),
    (GOOD.replace(b"BEGIN:VEVENT\r\n", b""), "ics_not_calendar"),
    (GOOD.replace(b"VEVENT", b"VTODO"), "ics_no_events"),
    (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000, "ics_not_calendar"),
    (b"BEGIN:VCALENDAR" + b"\n " * 700_000, "ics_not_calendar"),
    (b"BEGIN:VCALENDAR\n" + b"\n" * 2_000_000, "ics_not_calendar"),
    (b"BEGIN:VCALENDAR\n" + b"A" * 2_000_000, "ics_not_calendar"),
    (calendar(*["DTSTART;VALUE=DATE:20260302"] * 10_000), "ics_too_many_events"),
    (calendar(*["DTSTART;VALUE=DATE:20260302"] * (EVENTS_MOST + 1)), "ics_too_many_events"),
]


@pytest.mark.parametrize(("data", "code"), BROKEN, ids=range(len(BROKEN)))
def test_broken_and_boundless_files_are_refused_quickly(data: bytes, code: str) -> None:
    began = perf_counter()
    with pytest.raises(refusals.CalendarError) as error:
        read_ics(data)
    assert error.value.code == code
    assert perf_counter() - began < 3


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("RDATE:" + ",".join(["20260302T070000"] * 60_000), "ics_too_many_days"),
        ("EXDATE:" + ",".join(["20260302T070000"] * (DAYS_MOST + 1)), "ics_too_many_days"),
        ('DTEND;X="' + ";" * 900_000 + ":20260302T080000", "ics_line_malformed"),
        ("RRULE:" + "BYDAY=MO;" * 90_000, "rrule_part_twice"),
        ("RRULE:FREQ=DAILY;BYHOUR=" + "1," * 400_000 + "1", None),
        ("DURATION:P" + "9" * 900_000 + "D", "ics_line_malformed"),
        ("DURATION:P99999999W", "ics_too_long"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9999", "no_days"),
        ("SUMMARY:" + "\\n" * 400_000, None),
    ],
    ids=["rdate", "exdate", "params", "rrule", "hours", "digits", "weeks", "never", "name"],
)
def test_an_event_that_is_made_to_hurt_is_dealt_with_quickly(lines: str, code: str | None) -> None:
    length = "" if "DURATION" in lines or "DTEND" in lines else "DURATION:PT1H"
    began = perf_counter()
    reading = read_ics(calendar(f"DTSTART:20260302T070000 {length} {lines}"))
    assert [one.why.code for one in reading.refused] == ([code] if code else [])
    assert perf_counter() - began < 5


def test_a_window_is_as_the_schedules_know_it() -> None:
    assert read_one("DTSTART;VALUE=DATE:20260302").spec.windows == (Window(0, 1440),)


@pytest.mark.parametrize("until", ["99991231T235959Z", "99991231", "22000101T000000"])
def test_an_until_beyond_all_schedules_is_no_end(until: str) -> None:
    found = read_one(f"DTSTART;TZID=Asia/Tokyo:20261201T070000 DURATION:PT1H RRULE:FREQ=WEEKLY;UNTIL={until}")
    assert (found.spec.rule.last_day, found.spec.rule.rrule) == (None, "FREQ=WEEKLY")


def test_a_place_among_the_times_of_a_day_is_no_place_among_days() -> None:
    reading = read_ics(
        calendar("DTSTART:20261201T070000 DURATION:PT1H RRULE:FREQ=DAILY;BYDAY=MO;BYHOUR=7,9;BYSETPOS=1")
    )
    assert [one.why.code for one in reading.refused] == ["ics_times_of_rule"]


@pytest.mark.parametrize(
    ("lines", "code", "matter"),
    [
        (
            "DTSTART:20261201T070000 DTEND:99991231T235959",
            "ics_year_out_of_range",
            "DTEND lies in the year 9999",
        ),
        ("DTSTART:20261201T070000 DTEND:99991231T235959Z", "ics_year_out_of_range", "9999"),
        ("DTSTART:20261201T070000Z DTEND:00010101T000000Z", "ics_year_out_of_range", "year 0001"),
        (
            "DTSTART;VALUE=DATE:19550310 RRULE:FREQ=YEARLY",
            "ics_year_out_of_range",
            "DTSTART lies in the year 1955",
        ),
        (
            "DTSTART;VALUE=DATE:20261201 DURATION:P5000000D",
            "ics_out_of_reach",
            "between the years 1970 and 2199",
        ),
        ("DTSTART;VALUE=DATE:20261201 DURATION:P300000D", "day_out_of_range", "between 1970 and 2199"),
    ],
)
def test_an_event_that_reaches_out_of_the_calendar_loses_no_other(lines: str, code: str, matter: str) -> None:
    good = "DTSTART:20261201T070000 DURATION:PT1H SUMMARY:Good"
    reading = read_ics(calendar(good, f"{lines} SUMMARY:Bad", good))
    assert [one.name for one in reading.events] == ["Good"]
    assert [(one.name, one.why.code) for one in reading.refused] == [("Bad", code)]
    assert matter in reading.refused[0].why.message("en")


def test_a_day_that_is_added_and_taken_out_is_no_extra_day() -> None:
    found = read_one(
        "DTSTART:20260302T070000 DURATION:PT1H RRULE:FREQ=WEEKLY RDATE:20260304T070000 EXDATE:20260304T070000"
    )
    assert (found.spec.rule.extra_days, found.spec.rule.except_days) == ((), (date(2026, 3, 4),))
