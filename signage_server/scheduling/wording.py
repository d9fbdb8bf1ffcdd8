"""The words in which schedules are said back. A new language is one more `Words`."""

from collections.abc import Mapping
from dataclasses import dataclass

from signage_server.errors import Language

Unit = str
#: The priorities that have names.
LEVELS = (0, 100, 1000)


@dataclass(frozen=True, slots=True)
class Words:
    """Templates of one language; what stands in braces is filled in."""

    point: str
    """The decimal point."""
    also: str
    """Before the last item of a list."""
    weekdays: tuple[str, ...]
    """From Monday on."""
    months: tuple[str, ...]
    date: str
    short_date: str
    units: Mapping[Unit, tuple[str, str]]
    """One of it (without a number), and several."""
    ordinals: tuple[str, ...]
    """First to fifth."""

    reminder: str
    all: str
    takeover: str
    silent: str
    priority: str
    levels: tuple[str, str, str]
    """Of priority, as the form calls them: LEVELS."""
    off: str
    share: str

    on_day: str
    every_day: str
    every_week: str
    """Of a single weekday."""
    days_apart: str
    apart: str
    count: str
    count_one: str
    by_rule: str
    month_day: str
    last_month_day: str
    from_end_of_month: str
    working_day: str
    every_weekday: str
    nth_weekday: str
    last_weekday: str
    nth_last_weekday: str
    every_month: str
    of_the_month: str
    weekday_of_month: str
    day_of_month: str
    every_year: str

    all_day: str
    next_day: str
    first: str
    last: str
    only_sets: str
    """Day sets are called by their names."""
    include_sets: str
    left_out: str
    """Day sets and days."""
    many_days: str
    extra_days: str
    extra_many: str
    zone: str


VIETNAMESE = Words(
    point=",",
    also=" và ",
    weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    months=tuple(f"tháng {number}" for number in range(1, 13)),
    date="{day:%d/%m/%Y}",
    short_date="{day:%d/%m}",
    units={
        "hours": ("giờ", "{n} giờ"),
        "minutes": ("phút", "{n} phút"),
        "seconds": ("giây", "{n} giây"),
        "days": ("ngày", "{n} ngày"),
        "weeks": ("tuần", "{n} tuần"),
        "months": ("tháng", "{n} tháng"),
        "years": ("năm", "{n} năm"),
    },
    ordinals=("đầu tiên", "thứ hai", "thứ ba", "thứ tư", "thứ năm"),
    reminder="nhắc lại mỗi {span}",
    all="mỗi lần phát cả danh sách",
    takeover="thay toàn bộ nội dung khác",
    silent="tạm ngừng lời nhắc",
    priority="mức ưu tiên {level}",
    levels=("thường", "cao", "cao nhất"),
    off="tắt màn hình",
    share="chiếm {percent} % thời lượng",
    on_day="ngày {day}",
    every_day="hằng ngày",
    every_week="{weekday} hằng tuần",
    days_apart="{span} một lần",
    apart=", {span} một lần",
    count=" (tổng cộng {count} ngày)",
    count_one=" (tổng cộng 1 ngày)",
    by_rule="theo quy tắc {rule}",
    month_day="ngày {n}",
    last_month_day="ngày cuối cùng",
    from_end_of_month="ngày thứ {n} tính từ cuối",
    working_day="làm việc",
    every_weekday="mọi {weekday}",
    nth_weekday="ngày {weekday} {nth}",
    last_weekday="ngày {weekday} cuối cùng",
    nth_last_weekday="ngày {weekday} thứ {n} tính từ cuối",
    every_month="{days} hằng tháng",
    of_the_month="{days} trong tháng",
    weekday_of_month="{days} của {months}",
    day_of_month="ngày {n} {month}",
    every_year="{days} hằng năm",
    all_day="cả ngày",
    next_day=" hôm sau",
    first="từ {day}",
    last=" đến hết {day}",
    only_sets="chỉ vào {sets}",
    include_sets="thêm {sets}",
    left_out="trừ {days}",
    many_days="{count} ngày",
    extra_days="thêm {days}",
    extra_many="thêm {count} ngày",
    zone="theo giờ {zone}",
)

ENGLISH = Words(
    point=".",
    also=" and ",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    date="{day.day} {month} {day.year}",
    short_date="{day.day} {month}",
    units={
        "hours": ("hour", "{n} hours"),
        "minutes": ("minute", "{n} minutes"),
        "seconds": ("second", "{n} seconds"),
        "days": ("day", "{n} days"),
        "weeks": ("week", "{n} weeks"),
        "months": ("month", "{n} months"),
        "years": ("year", "{n} years"),
    },
    ordinals=("1st", "2nd", "3rd", "4th", "5th"),
    reminder="comes back every {span}",
    all="the whole playlist each time",
    takeover="replaces everything else",
    silent="reminders pause",
    priority="{level} priority",
    levels=("normal", "high", "highest"),
    off="the screen is dark",
    share="{percent} % of the time",
    on_day="on {day}",
    every_day="every day",
    every_week="every {weekday}",
    days_apart="every {span}",
    apart=", every {span}",
    count=" ({count} days in all)",
    count_one=" (1 day in all)",
    by_rule="by the rule {rule}",
    month_day="day {n}",
    last_month_day="the last day",
    from_end_of_month="day {n} from the end",
    working_day="working day",
    every_weekday="every {weekday}",
    nth_weekday="the {nth} {weekday}",
    last_weekday="the last {weekday}",
    nth_last_weekday="{weekday} number {n} from the end",
    every_month="{days} of every month",
    of_the_month="{days} of the month",
    weekday_of_month="{days} of {months}",
    day_of_month="{n} {month}",
    every_year="{days} every year",
    all_day="all day",
    next_day=" the next day",
    first="from {day}",
    last=" until the end of {day}",
    only_sets="only on {sets}",
    include_sets="also on {sets}",
    left_out="except {days}",
    many_days="{count} days",
    extra_days="also {days}",
    extra_many="also {count} more days",
    zone="{zone} time",
)

WORDS: Mapping[Language, Words] = {"vi": VIETNAMESE, "en": ENGLISH}


def say_percent(permille: int, language: Language) -> str:
    """A part of the whole: 80 %, 12,5 %."""
    return f"{permille / 10:g} %".replace(".", WORDS[language].point)


def say_priority(priority: int, language: Language) -> str:
    """A priority in the words of the form; with its number where it lies between two that have names."""
    level = max(index for index, least in enumerate(LEVELS) if priority >= least)
    name = WORDS[language].levels[level]
    return name if priority == LEVELS[level] else f"{name} ({priority})"
