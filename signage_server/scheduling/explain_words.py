"""What became of a schedule, said in Vietnamese and English. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from signage_server.errors import Language
from signage_server.scheduling.explain import Code, Why
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.wording import WORDS, say_percent, say_priority

#: So many schedules are named; of more than that the rest is only counted.
_NAMED = 3

_SENTENCES: Mapping[Code, tuple[str, str]] = {
    "alone": (
        "Đang chiếu; ngoài lời nhắc, lịch này có toàn bộ thời lượng.",
        "On now; but for reminders it has all of the time.",
    ),
    "turn": (
        "Đang chiếu, luân phiên với {others} lịch khác; lịch này có {part} thời lượng.",
        "On now, taking turns with {others} more; it has {part} of the time.",
    ),
    "reminds": ("Đang chiếu: đã đến giờ nhắc.", "On now: it was due."),
    "makes_dark": ("Màn hình tắt theo lịch này.", "The screen is dark because of this schedule."),
    "shares": (
        "Luân phiên với {others} lịch khác và có {part} thời lượng; lúc này đến lượt {winners}.",
        "Takes turns with {others} more and has {part} of the time; just now it is the turn of {winners}.",
    ),
    "gives_way": (
        "Đang trong vòng chiếu; lúc này nhường chỗ cho lời nhắc {winners}.",
        "In the loop; just now it gives way to the reminder {winners}.",
    ),
    "due_later": ("Lời nhắc chưa đến giờ: lần tới lúc {at}.", "A reminder that is not due until {at}."),
    "due_now": (
        "Lời nhắc đã đến giờ, sẽ chiếu ngay khi trang đang chiếu kết thúc.",
        "A reminder that is due: it comes as soon as the present slide ends.",
    ),
    "done": (
        "Lời nhắc: đã nhắc lần cuối trong khung giờ này.",
        "A reminder that has come for the last time in these hours.",
    ),
    "dark": (
        "Không chiếu vì màn hình tắt theo lịch {winners}.",
        "Not shown: {winners} makes the screen dark.",
    ),
    "replaced": ("Bị {winners} thay thế.", "Replaced by {winners}."),
    "outranked": (
        "Bị {winners} thay thế: mức ưu tiên “{theirs}” đứng trước mức “{own}”.",
        "Replaced by {winners}: its priority “{theirs}” comes before “{own}”.",
    ),
    "silenced": ("Lời nhắc tạm ngừng vì {winners}.", "A reminder that {winners} silences."),
    "nothing_ready": (
        "Không có trang nào để chiếu: danh sách phát trống, hình đang được xử lý hoặc đã hết hạn.",
        "There is no slide to show: its playlist is empty, its pictures are being prepared or have expired.",
    ),
    "expired": (
        "Mọi trang của lịch này đã hết hạn. Hãy thay hình hoặc gia hạn.",
        "All its slides have expired. Replace the pictures or extend them.",
    ),
    "outside_hours": ("Ngoài khung giờ của lịch này{next}.", "Outside its hours{next}."),
    "not_its_day": ("{day} không phải ngày phát của lịch này{next}.", "{day} is none of its days{next}."),
    "excepted": ("{day} là ngày ngoại lệ của lịch này{next}.", "{day} is one of its exceptions{next}."),
    "left_out": (
        "{day} thuộc bộ ngày mà lịch này bỏ qua{next}.",
        "{day} is in a day set that it leaves out{next}.",
    ),
    "not_in_set": (
        "{day} không thuộc bộ ngày của lịch này{next}.",
        "{day} is not in the day set that it keeps to{next}.",
    ),
    "not_begun": ("Chưa bắt đầu: lịch này có từ {day}.", "Not begun: it starts on {day}."),
    "ended": ("Đã kết thúc hết {day}.", "It ended on {day}."),
    "no_time": ("Không có giờ phát nào trong thời gian này{next}.", "It has no hours in this time{next}."),
    "crowded": (
        "Khung giờ quá ngắn: mỗi ngày chỉ có chỗ cho {others} trang, và đó là trang của {winners}. "
        "Hãy kéo dài khung giờ hoặc rút ngắn trang.",
        "Its hours are too short: each day the room for slides ({others}) goes to {winners}. "
        "Make its hours longer or the slides shorter.",
    ),
    "not_yet": (
        "Lịch vừa được sửa và kế hoạch đang được tính lại; hãy xem lại sau giây lát.",
        "It was edited just now and the plan is being worked out anew; look again in a moment.",
    ),
}
_NEXT: Mapping[Language, str] = {"vi": "; lần tới lúc {at}", "en": "; next at {at}"}
_ON: Mapping[Language, str] = {"vi": " ", "en": " on "}
_MORE: Mapping[Language, str] = {"vi": "{named} và {more} lịch khác", "en": "{named} and {more} more"}

_WHY_NONE: Mapping[Code, tuple[str, str]] = {
    "dark": (
        "Màn hình tắt theo {winners} suốt các giờ của lịch này.",
        "{winners} makes the screen dark all through.",
    ),
    "replaced": ("Bị {winners} thay thế suốt tuần.", "Replaced by {winners} all week."),
    "outranked": (
        "Bị {winners} thay thế suốt tuần: mức ưu tiên “{theirs}” đứng trước mức “{own}”.",
        "Replaced by {winners} all week: its priority “{theirs}” comes before “{own}”.",
    ),
    "silenced": ("Bị {winners} tạm ngừng suốt tuần.", "Silenced by {winners} all week."),
    "no_time": ("Không có giờ phát nào trong tuần này{next}.", "It has no hours in this week{next}."),
    "not_begun": ("Chưa bắt đầu: lần đầu lúc {at}.", "Not begun: first at {at}."),
}


def say_why(why: Why, names: Mapping[str, str], zone: ZoneInfo, at_ms: int, language: Language) -> str:
    """The sentence about one schedule at an instant. `names` are those of schedules, by id; `zone` the screen's."""
    return _said(_SENTENCES[why.code], why, names, zone, at_ms, language)


def say_why_none(why: Why, names: Mapping[str, str], zone: ZoneInfo, from_ms: int, language: Language) -> str:
    """The sentence about a schedule that gets nothing in the week that begins at `from_ms`."""
    return _said(_WHY_NONE.get(why.code, _SENTENCES[why.code]), why, names, zone, from_ms, language)


def quoted(ids: Iterable[str], names: Mapping[str, str], language: Language) -> str:
    """Schedules by their names in quotes: “A”, “B” and 3 more."""
    known = [f"“{names[one]}”" for one in ids if one in names]
    named = ", ".join(known[:_NAMED])
    more = len(known) - _NAMED
    return _MORE[language].format(named=named, more=more) if more > 0 else named


def say_moment(ms: int, zone: ZoneInfo, about_ms: int, language: Language) -> str:
    """An instant by the wall clock: the time alone on the day that is spoken of, else with the day."""
    wall = datetime.fromtimestamp(ms / 1000, zone)
    return f"{wall:%H:%M}" if wall.date() == local_day(about_ms, zone) else say_instant(ms, zone, language)


def say_instant(ms: int, zone: ZoneInfo, language: Language) -> str:
    """An instant by the wall clock, with its day: 07:35 Thứ Ba, 01/12/2026."""
    wall = datetime.fromtimestamp(ms / 1000, zone)
    return f"{wall:%H:%M}{_ON[language]}{say_day(wall.date(), language)}"


def say_day(day: date, language: Language) -> str:
    """A day with its weekday: Thứ Hai, 02/03/2026."""
    words = WORDS[language]
    return f"{words.weekdays[day.weekday()]}, {words.date.format(day=day, month=words.months[day.month - 1])}"


def _said(
    sentence: tuple[str, str],
    why: Why,
    names: Mapping[str, str],
    zone: ZoneInfo,
    about_ms: int,
    language: Language,
) -> str:
    at = say_moment(why.at_ms, zone, about_ms, language) if why.at_ms is not None else ""
    said = sentence[0 if language == "vi" else 1].format(
        winners=quoted(why.winners, names, language),
        others=why.others,
        part=say_percent(why.permille, language),
        at=at,
        day=say_day(why.day, language) if why.day else "",
        own=say_priority(why.priorities[0], language),
        theirs=say_priority(why.priorities[1], language),
        next=_NEXT[language].format(at=at) if at else "",
    )
    return said[:1].upper() + said[1:]
