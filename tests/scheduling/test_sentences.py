from datetime import date
from typing import Any

import pytest
from hypothesis import given

from signage_server.errors import Language
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.sentences import SetNames, say_days, say_schedule
from signage_server.scheduling.timeline import ScheduleSpec
from tests.scheduling.patience import PATIENT
from tests.scheduling.test_recurrence import rrules

FIRST = date(2020, 8, 3)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def said(**values: Any) -> tuple[str, str]:
    spec = ScheduleSpec(**{"id": "sch_1", "role": "rotation", "rule": DateRule(FIRST)} | values)
    return say_schedule(spec, "vi"), say_schedule(spec, "en")


def test_a_rotation_within_hours() -> None:
    rule = DateRule(FIRST, date(2020, 12, 31), WEEKDAYS)
    assert said(rule=rule, windows=(Window(420, 540),)) == (
        "Thứ Hai–Thứ Sáu, 07:00–09:00, từ 03/08/2020 đến hết 31/12/2020",
        "Monday–Friday, 07:00–09:00, from 3 August 2020 until the end of 31 December 2020",
    )


def test_a_reminder() -> None:
    rule = DateRule(FIRST, None, WEEKDAYS)
    assert said(role="reminder", every_ms=900_000, rule=rule, windows=(Window(420, 1140),)) == (
        "Nhắc lại mỗi 15 phút, Thứ Hai–Thứ Sáu, 07:00–19:00, từ 03/08/2020",
        "Comes back every 15 minutes, Monday–Friday, 07:00–19:00, from 3 August 2020",
    )


@pytest.mark.parametrize(
    ("every_ms", "vietnamese", "english"),
    [
        (3_600_000, "Nhắc lại mỗi giờ", "Comes back every hour"),
        (7_200_000, "Nhắc lại mỗi 2 giờ", "Comes back every 2 hours"),
        (5_400_000, "Nhắc lại mỗi 90 phút", "Comes back every 90 minutes"),
        (90_000, "Nhắc lại mỗi 90 giây", "Comes back every 90 seconds"),
    ],
)
def test_how_often(every_ms: int, vietnamese: str, english: str) -> None:
    found = said(role="reminder", every_ms=every_ms, take="all")
    assert [text.split(", ")[0] for text in found] == [vietnamese, english]
    assert [text.split(", ")[1] for text in found] == [
        "mỗi lần phát cả danh sách",
        "the whole playlist each time",
    ]


def test_a_takeover_on_one_day_and_overnight() -> None:
    windows = (Window(1320, 120), Window(60, 90))
    assert said(role="takeover", silences_reminders=True, rule=DateRule(FIRST, FIRST), windows=windows) == (
        "Thay toàn bộ nội dung khác, tạm ngừng lời nhắc, ngày 03/08/2020, 01:00–01:30 và 22:00–02:00 hôm sau",
        "Replaces everything else, reminders pause, on 3 August 2020, 01:00–01:30 and 22:00–02:00 the next day",
    )


@pytest.mark.parametrize(
    ("priority", "vietnamese", "english"),
    [
        (1000, "mức ưu tiên cao nhất", "highest priority"),
        (100, "mức ưu tiên cao", "high priority"),
        (7, "mức ưu tiên thường (7)", "normal (7) priority"),
        (150, "mức ưu tiên cao (150)", "high (150) priority"),
    ],
)
def test_a_takeover_says_its_priority_in_the_words_of_the_form(
    priority: int, vietnamese: str, english: str
) -> None:
    found = said(role="takeover", priority=priority, silences_reminders=True)
    assert [text.split(", ")[1] for text in found] == [vietnamese, english]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_day_sets_are_called_by_their_names(language: Language) -> None:
    rule = DateRule(FIRST, rrule=WEEKDAYS, except_days=(date(2020, 9, 1),), extra_days=(date(2020, 9, 5),))
    sets = SetNames(("Năm học", "Hè"), ("Ngày thi",), ("Ngày nghỉ lễ Việt Nam", "Tết Nguyên đán", "Nghỉ bão"))
    found = say_schedule(ScheduleSpec("sch_1", "rotation", rule), language, sets)
    assert (
        found
        == {
            "vi": "Thứ Hai–Thứ Sáu, cả ngày, từ 03/08/2020, chỉ vào Năm học và Hè, thêm Ngày thi, "
            "trừ Ngày nghỉ lễ Việt Nam, Tết Nguyên đán, Nghỉ bão và 01/09/2020, thêm 05/09/2020",
            "en": "Monday–Friday, all day, from 3 August 2020, only on Năm học and Hè, also on Ngày thi, "
            "except Ngày nghỉ lễ Việt Nam, Tết Nguyên đán, Nghỉ bão and 1 September 2020, "
            "also 5 September 2020",
        }[language]
    )


def test_a_dark_screen_until_midnight() -> None:
    assert said(role="off", windows=(Window(1320, 0),)) == (
        "Tắt màn hình, hằng ngày, 22:00–24:00, từ 03/08/2020",
        "The screen is dark, every day, 22:00–24:00, from 3 August 2020",
    )


def test_a_share_in_a_fixed_zone() -> None:
    assert said(share_permille=125, zone_name="Asia/Ho_Chi_Minh") == (
        "Chiếm 12,5 % thời lượng, hằng ngày, cả ngày, từ 03/08/2020, theo giờ Asia/Ho_Chi_Minh",
        "12.5 % of the time, every day, all day, from 3 August 2020, Asia/Ho_Chi_Minh time",
    )


def test_days_left_out_and_added() -> None:
    holidays = (date(2020, 9, 2), date(2021, 1, 1))
    many = tuple(date(2021, 2, day) for day in range(11, 16))
    assert said(rule=DateRule(FIRST, None, None, holidays, many)) == (
        "Hằng ngày, cả ngày, từ 03/08/2020, trừ 02/09/2020 và 01/01/2021, thêm 5 ngày",
        "Every day, all day, from 3 August 2020, except 2 September 2020 and 1 January 2021, also 5 more days",
    )


def test_the_earlier_of_two_ends_is_said() -> None:
    rule = DateRule(FIRST, date(2020, 12, 31), "FREQ=DAILY;UNTIL=20200901")
    assert said(rule=rule)[1].endswith("until the end of 1 September 2020")


@pytest.mark.parametrize(
    ("rrule", "vietnamese", "english"),
    [
        (None, "Hằng ngày", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "3 ngày một lần", "Every 3 days"),
        ("FREQ=DAILY;BYDAY=SA,SU", "Thứ Bảy và Chủ Nhật", "Saturday and Sunday"),
        ("FREQ=DAILY;COUNT=5", "Hằng ngày (tổng cộng 5 ngày)", "Every day (5 days in all)"),
        ("FREQ=WEEKLY", "Thứ Hai hằng tuần", "Every Monday"),
        ("FREQ=DAILY;BYDAY=TU", "Thứ Ba hằng tuần", "Every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Hằng ngày", "Every day"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,TH,FR", "Thứ Hai và Thứ Tư–Thứ Sáu", "Monday and Wednesday–Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "Thứ Hai, Thứ Tư và Thứ Sáu", "Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Thứ Ba, 2 tuần một lần", "Tuesday, every 2 weeks"),
        ("FREQ=MONTHLY", "Ngày 3 hằng tháng", "Day 3 of every month"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,-1",
            "Ngày 15 và ngày cuối cùng hằng tháng",
            "Day 15 and the last day of every month",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "Ngày thứ 3 tính từ cuối hằng tháng",
            "Day 3 from the end of every month",
        ),
        ("FREQ=MONTHLY;BYDAY=4TU", "Ngày Thứ Ba thứ tư hằng tháng", "The 4th Tuesday of every month"),
        ("FREQ=MONTHLY;BYDAY=1MO", "Ngày Thứ Hai đầu tiên hằng tháng", "The 1st Monday of every month"),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
            "Ngày Thứ Sáu cuối cùng trong tháng, 2 tháng một lần",
            "The last Friday of the month, every 2 months",
        ),
        ("FREQ=YEARLY", "Ngày 3 tháng 8 hằng năm", "3 August every year"),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2", "Ngày 2 tháng 9 hằng năm", "2 September every year"),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=4TH",
            "Ngày Thứ Năm thứ tư của tháng 11, 4 năm một lần",
            "The 4th Thursday of November, every 4 years",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "Ngày làm việc cuối cùng hằng tháng",
            "The last working day of every month",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-2",
            "Ngày làm việc đầu tiên và ngày làm việc thứ 2 tính từ cuối trong tháng, 3 tháng một lần",
            "The 1st working day and working day number 2 from the end of the month, every 3 months",
        ),
        (
            "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "Ngày làm việc cuối cùng của tháng 12 hằng năm",
            "The last working day of December every year",
        ),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "Theo quy tắc FREQ=YEARLY;BYMONTH=6,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "By the rule FREQ=YEARLY;BYMONTH=6,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=20",
            "Theo quy tắc FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=20",
            "By the rule FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=20",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
            "Theo quy tắc FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
            "By the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        ),
        (
            "FREQ=YEARLY;BYDAY=20MO",
            "Theo quy tắc FREQ=YEARLY;BYDAY=20MO",
            "By the rule FREQ=YEARLY;BYDAY=20MO",
        ),
    ],
)
def test_which_days(rrule: str | None, vietnamese: str, english: str) -> None:
    rule = DateRule(FIRST, None, rrule)
    assert (say_days(rule, "vi"), say_days(rule, "en")) == (vietnamese, english)


@PATIENT
@given(rrules())
def test_every_rule_can_be_said(rrule: str) -> None:
    rule = DateRule(FIRST, None, rrule)
    for language in ("vi", "en"):
        text = say_days(rule, language)
        assert text
        assert "{" not in text


def test_a_single_day_is_one_day() -> None:
    once = ScheduleSpec("sch_1", "rotation", DateRule(FIRST, rrule="FREQ=DAILY;COUNT=1"), (Window(0, 1440),))
    assert "(1 day in all)" in say_schedule(once, "en")
    assert "(tổng cộng 1 ngày)" in say_schedule(once, "vi")
