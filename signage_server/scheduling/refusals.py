"""Why a repetition cannot be played, in words that say what to do instead.

Invalid
└── RecurrenceError
    ├── MalformedRule · SubDailyRule · UnknownRulePart · RulePartTwice
    ├── BadRuleValue · RulePartNotAllowed · UntilAndCount
    ├── DayOutOfRange · LastBeforeFirst · NoDays · NoDaysLeft
    └── WindowOutsideDay · EmptyWindow
"""

from signage_server.errors import Invalid


class RecurrenceError(Invalid):
    """A repetition that cannot be played."""

    code = "recurrence_invalid"


class MalformedRule(RecurrenceError):
    """Not an RRULE."""

    code = "rrule_malformed"
    vi = "Quy tắc lặp lại “{rrule}” không đọc được. Ví dụ đúng: FREQ=WEEKLY;BYDAY=MO,TU."
    en = "The repetition “{rrule}” cannot be read. A correct one is FREQ=WEEKLY;BYDAY=MO,TU."


class SubDailyRule(RecurrenceError):
    """A rule below a day."""

    code = "rrule_sub_daily"
    vi = "Lịch lặp lại theo ngày, tuần, tháng hoặc năm. Muốn chiếu lại nhiều lần trong một ngày, hãy dùng lời nhắc."
    en = "Schedules repeat by whole days. For something that comes back within a day, use a reminder."


class UnknownRulePart(RecurrenceError):
    """A part that RFC 5545 does not know, or that is not about dates."""

    code = "rrule_unknown_part"
    vi = "Quy tắc lặp lại có phần “{part}” mà hệ thống không hiểu. Hãy bỏ phần này."
    en = "The repetition has a part “{part}” that is not understood. Leave it out."


class RulePartTwice(RecurrenceError):
    """The same part twice."""

    code = "rrule_part_twice"
    vi = "Quy tắc lặp lại ghi “{part}” hai lần. Hãy chỉ giữ một."
    en = "The repetition says “{part}” twice. Keep one of them."


class BadRuleValue(RecurrenceError):
    """A value outside what its part can be."""

    code = "rrule_bad_value"
    vi = "Trong quy tắc lặp lại, “{value}” không phải giá trị hợp lệ của {part}."
    en = "In the repetition, “{value}” is not a value that {part} can have."


class RulePartNotAllowed(RecurrenceError):
    """A part that cannot stand with this FREQ or with another part."""

    code = "rrule_part_not_allowed"
    vi = "Quy tắc lặp lại FREQ={freq} không dùng được {part} theo cách này."
    en = "A repetition with FREQ={freq} cannot use {part} in this way."


class UntilAndCount(RecurrenceError):
    """Two ends."""

    code = "rrule_until_and_count"
    vi = "Lịch chỉ kết thúc theo một cách: vào một ngày (UNTIL) hoặc sau một số lần (COUNT)."
    en = "A repetition ends in one way only: on a day (UNTIL) or after a number of times (COUNT)."


class DayOutOfRange(RecurrenceError):
    """A day so far away that it can only be a slip of the keyboard."""

    code = "day_out_of_range"
    vi = "Ngày {day:%d/%m}/{day.year:04} không hợp lệ: năm phải từ 1970 đến 2199."
    en = "{day:%d/%m}/{day.year:04} cannot be right: the year must lie between 1970 and 2199."


class LastBeforeFirst(RecurrenceError):
    """A range of days that is upside down."""

    code = "last_before_first"
    vi = "Ngày cuối ({last_day:%d/%m}/{last_day.year:04}) đứng trước ngày đầu ({first_day:%d/%m}/{first_day.year:04})."
    en = (
        "The last day ({last_day:%d/%m}/{last_day.year:04}) is before "
        "the first ({first_day:%d/%m}/{first_day.year:04})."
    )


class NoDays(RecurrenceError):
    """A rule that names no day."""

    code = "no_days"
    vi = "Lịch này không rơi vào ngày nào cả. Hãy kiểm tra ngày đầu, ngày cuối và cách lặp lại."
    en = "This schedule falls on no day at all. Check the first day, the last day and the repetition."


class NoDaysLeft(RecurrenceError):
    """A rule of whose days the day sets leave none."""

    code = "no_days_left"
    vi = (
        "Các bộ ngày đã chọn không để lại ngày nào cho lịch này. "
        "Hãy bỏ bớt bộ ngày, hoặc đổi ngày đầu, ngày cuối hay cách lặp lại."
    )
    en = (
        "The day sets leave this schedule no day at all. "
        "Take one of them out, or change the first day, the last day or the repetition."
    )


class WindowOutsideDay(RecurrenceError):
    """Minutes outside 00:00–24:00."""

    code = "window_outside_day"
    vi = "Giờ bắt đầu phải từ 00:00 đến 23:59, giờ kết thúc từ 00:00 đến 24:00."
    en = "A window begins between 00:00 and 23:59 and ends between 00:00 and 24:00."


class EmptyWindow(RecurrenceError):
    """A window without length."""

    code = "window_empty"
    vi = "Giờ bắt đầu và giờ kết thúc trùng nhau. Muốn phát cả ngày, hãy chọn 00:00–24:00."
    en = "The window begins and ends at the same time. For the whole day choose 00:00–24:00."
