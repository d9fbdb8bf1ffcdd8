"""Why a calendar file, or an event in it, cannot become a schedule, and what to do instead.

Invalid
├── CalendarError           the file as a whole
│   ├── NotUtf8 · NotCalendar · NoEvents
│   └── TooManyEvents
└── EventError              one event; the others are read
    ├── LineMalformed · YearOutOfRange · OutOfReach · StartMissing · ZoneUnknown · ZonesMixed
    ├── NoLength · TooLong · OddSeconds
    ├── SeveralRules · TimesOfRule · ThisAndFuture · Cancelled
    └── TooManyWindows · TooManyDays
"""

from signage_server.errors import Invalid


class CalendarError(Invalid):
    """A file that cannot be read as a calendar."""

    code = "ics_invalid"


class NotUtf8(CalendarError):
    """Bytes that are not UTF-8, which iCalendar files are written in."""

    code = "ics_not_utf8"
    vi = "Tệp lịch phải là văn bản mã hoá UTF-8. Hãy xuất lại tệp .ics từ chương trình lịch của bạn."
    en = "A calendar file is text in UTF-8. Export the .ics file anew from your calendar program."


class NotCalendar(CalendarError):
    """Not an iCalendar file, or one that is torn."""

    code = "ics_not_calendar"
    vi = "Tệp này không phải tệp lịch iCalendar (.ics), hoặc đã bị hỏng. Hãy xuất lại từ chương trình lịch của bạn."
    en = "This is not an iCalendar file (.ics), or it is damaged. Export it anew from your calendar program."


class NoEvents(CalendarError):
    """A calendar without an event."""

    code = "ics_no_events"
    vi = "Tệp lịch này không có sự kiện nào. Hãy chọn tệp khác."
    en = "This calendar has no events in it. Choose another file."


class TooManyEvents(CalendarError):
    """More events than anybody turns into schedules."""

    code = "ics_too_many_events"
    vi = "Tệp lịch có quá nhiều sự kiện; nhiều nhất là {most}. Hãy chỉ xuất những sự kiện cần chiếu."
    en = "There are too many events in this calendar; {most} are the most. Export only those that are to be shown."


class EventError(Invalid):
    """An event that cannot be played."""

    code = "ics_event_invalid"


class LineMalformed(EventError):
    """A line of the event that says nothing sensible."""

    code = "ics_line_malformed"
    vi = "Sự kiện có dòng {name} không đọc được. Hãy sửa sự kiện trong chương trình lịch rồi xuất lại."
    en = (
        "The event's line {name} cannot be read. Mend the event in your calendar program and export it again."
    )


class YearOutOfRange(EventError):
    """A date in a year in which no schedule can lie."""

    code = "ics_year_out_of_range"
    vi = (
        "Sự kiện có {name} vào năm {year}; lịch chiếu chỉ nhận các năm từ {first} đến {last}. "
        "Hãy sửa ngày này trong chương trình lịch rồi xuất lại."
    )
    en = (
        "The event's {name} lies in the year {year}, and schedules lie between {first} and {last}. "
        "Change it in your calendar program and export it again."
    )


class OutOfReach(EventError):
    """An event with numbers so large that dates cannot be worked out from them."""

    code = "ics_out_of_reach"
    vi = "Sự kiện kéo dài hoặc lặp lại quá xa: lịch chiếu chỉ nhận các năm từ {first} đến {last}. Hãy rút ngắn sự kiện."
    en = "The event reaches too far: schedules lie between the years {first} and {last}. Make it shorter."


class StartMissing(EventError):
    """No DTSTART."""

    code = "ics_start_missing"
    vi = "Sự kiện không cho biết bắt đầu lúc nào (DTSTART)."
    en = "The event does not say when it begins (DTSTART)."


class ZoneUnknown(EventError):
    """A time zone that only the file's own program knows."""

    code = "ics_zone_unknown"
    vi = "Không biết múi giờ “{zone}” của sự kiện. Hãy chọn múi giờ có tên chuẩn, ví dụ Asia/Ho_Chi_Minh, rồi xuất lại."
    en = "The event's time zone “{zone}” is not known. Choose one with a standard name, such as Asia/Ho_Chi_Minh."


class ZonesMixed(EventError):
    """Times with and without a zone in one event."""

    code = "ics_zones_mixed"
    vi = "Sự kiện bắt đầu theo giờ của từng nơi nhưng {name} lại theo múi giờ cố định. Hãy dùng một cách cho cả hai."
    en = "The event begins at local time everywhere, yet its {name} is in a fixed time zone. Use one kind for both."


class NoLength(EventError):
    """An event that is over as soon as it begins."""

    code = "ics_no_length"
    vi = "Sự kiện kết thúc ngay khi bắt đầu. Hãy cho biết giờ kết thúc."
    en = "The event ends when it begins. Say until when it lasts."


class TooLong(EventError):
    """An event of more than a day that is not made of whole days, or that repeats."""

    code = "ics_too_long"
    vi = "Sự kiện kéo dài hơn một ngày. Hãy tách thành từng ngày, hoặc để cả ngày và không lặp lại."
    en = "The event lasts for more than a day. Split it into days, or make it all-day without a repetition."


class OddSeconds(EventError):
    """Times between two minutes."""

    code = "ics_seconds"
    vi = "Lịch chiếu tính theo phút tròn; sự kiện này có giây lẻ. Hãy chỉnh giờ về phút tròn."
    en = "Schedules go by whole minutes; this event has odd seconds. Move it to whole minutes."


class SeveralRules(EventError):
    """More than one RRULE, or the EXRULE of old."""

    code = "ics_several_rules"
    vi = "Sự kiện có nhiều quy tắc lặp lại. Hãy tách thành nhiều sự kiện, mỗi sự kiện một quy tắc."
    en = "The event has several repetition rules. Split it into several events with one rule each."


class TimesOfRule(EventError):
    """Several times a day together with a part that counts them one by one."""

    code = "ics_times_of_rule"
    vi = "Sự kiện có nhiều giờ trong ngày nên không dùng được {part} theo cách này. Hãy tách mỗi giờ thành một sự kiện."
    en = "The event is on several times a day, which does not go with its {part}. Make an event for each time of day."


class ThisAndFuture(EventError):
    """A change of one occurrence and all that follow."""

    code = "ics_this_and_future"
    vi = "Sự kiện có thay đổi “từ lần này trở đi” (RANGE). Hãy tách thành hai sự kiện: trước và sau thay đổi."
    en = "The event was changed from one occurrence on (RANGE). Split it into two events: before and after the change."


class Cancelled(EventError):
    """An event that does not take place."""

    code = "ics_cancelled"
    vi = "Sự kiện này đã bị huỷ."
    en = "This event was cancelled."


class TooManyWindows(EventError):
    """More times a day than a schedule has windows."""

    code = "ics_too_many_windows"
    vi = "Sự kiện lặp lại quá {most} lần mỗi ngày. Muốn nhắc lại nhiều lần trong ngày, hãy dùng lời nhắc."
    en = "The event is on more than {most} times a day. For something that comes back within a day, use a reminder."


class TooManyDays(EventError):
    """More single days than a schedule can name."""

    code = "ics_too_many_days"
    vi = "Sự kiện liệt kê quá {most} ngày riêng lẻ. Hãy thay bằng quy tắc lặp lại."
    en = "The event lists more than {most} single days. Use a repetition rule instead."
