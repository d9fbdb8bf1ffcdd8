"""What saving a schedule would bring, said in Vietnamese and English. Pure."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from signage_server.errors import Language
from signage_server.scheduling.explain_words import quoted, say_day, say_instant
from signage_server.scheduling.recurrence import local_day
from signage_server.scheduling.timeline import Role
from signage_server.scheduling.warnings import Concern, Promise, WarningCode
from signage_server.scheduling.wording import WORDS, say_percent

_NAMED = 3
_UNITS_MS = (("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1_000))
_NO_SECONDS_MS = 600_000
"""Of what lasts so long nobody counts the seconds."""
_ONE: Mapping[Language, Mapping[str, str]] = {
    "vi": {"hours": "1 giờ", "minutes": "1 phút", "seconds": "1 giây"},
    "en": {"hours": "1 hour", "minutes": "1 minute", "seconds": "1 second"},
}

_SENTENCES: Mapping[WarningCode, tuple[str, str]] = {
    "no_screens": (
        "Chưa có màn hình nào ở những nơi đã chọn. Lịch sẽ phát ngay khi có màn hình được thêm vào.",
        "There is no screen yet in the places chosen. It plays as soon as one is added there.",
    ),
    "nothing_to_show": (
        "Danh sách phát chưa có trang nào sẵn sàng: còn trống, hình đang được xử lý hoặc đã hết hạn. "
        "Hãy bổ sung trang chiếu trước khi lịch bắt đầu.",
        "Its playlist has no slide that is ready: it is empty, or pictures are being prepared or have expired. "
        "Complete it before the schedule begins.",
    ),
    "slides_not_ready": (
        "{where}{few} trong {all} trang chiếu chưa sẵn sàng nên chưa được tính ở đây. Trang đang được xử lý sẽ tự phát "
        "khi xong; trang bị lỗi thì hãy tải lên lại.",
        "{where}{few} of {all} slides not ready yet, and not counted here. Those being prepared play as soon as they "
        "are ready; upload again those that failed.",
    ),
    "over": (
        "Lịch này không còn lần phát nào nữa. Hãy kiểm tra ngày cuối và cách lặp lại.",
        "This schedule never comes again. Check its last day and its repetition.",
    ),
    "silences": (
        "{where}Lời nhắc {names} tạm ngừng {span}{when}: mất {few} trong {all} lần. "
        "Hãy cho lời nhắc xen vào hoặc thu hẹp giờ nếu không muốn vậy.",
        "{where}The reminder {names} is silent for {span}{when}: {few} of its {all} showings are lost. "
        "Let reminders come in between, or shorten the hours, unless you mean it.",
    ),
    "starved": (
        "{where}Trong 7 ngày đầu lịch này không được phát phút nào vì {names} chiếm hết giờ của nó. "
        "Hãy đổi giờ, hoặc đổi vai trò hay mức ưu tiên.",
        "{where}In its first 7 days this schedule gets no time at all: {names} takes all of its hours. "
        "Move it to another time, or change its role or priority.",
    ),
    "starves": (
        "{where}Trong 7 ngày đầu, các lịch sau sẽ không được phát phút nào: {names}. "
        "Hãy thu hẹp giờ của lịch này nếu không muốn vậy.",
        "{where}In the first 7 days these schedules would get no time at all because of it: {names}. "
        "Shorten its hours unless you mean it.",
    ),
    "covers": (
        "{where}Trong 7 ngày đầu, lịch này lấy thời lượng của {losses}.",
        "{where}In its first 7 days it takes time from {losses}.",
    ),
    "reminder_slides_long": (
        "{where}Không giữ được nhịp: lời nhắc có thể phải đợi {span} vì trang dài và các lời nhắc khác. "
        "Hãy rút ngắn trang dài nhất hoặc nhắc thưa hơn.",
        "{where}The rhythm cannot be kept: the reminder may have to wait {span} for a long slide and other reminders. "
        "Shorten the longest slide or let it come less often.",
    ),
    "reminder_block_long": (
        "{where}Không giữ được nhịp: mỗi lần nhắc dài {span}, không ngắn hơn khoảng cách giữa hai lần. "
        "Hãy bớt trang, chọn “trang kế tiếp”, hoặc nhắc thưa hơn.",
        "{where}The rhythm cannot be kept: one showing takes {span}, which is no less than the time between two. "
        "Use fewer slides, show only the next slide each time, or let it come less often.",
    ),
    "reminders_over_half": (
        "{where}Các lời nhắc cộng lại chiếm {got} thời lượng, hơn một nửa{with_names}. "
        "Hãy nhắc thưa hơn hoặc bớt trang.",
        "{where}Together the reminders take {got} of the time, more than half{with_names}. "
        "Let them come less often or use fewer slides.",
    ),
    "reminder_silenced": (
        "{where}Trong 7 ngày đầu, lời nhắc tạm ngừng {span} vì {names}, lần đầu lúc {at}.",
        "{where}In its first 7 days the reminder is silent for {span} because of {names}, first at {at}.",
    ),
    "share_scaled": (
        "{where}Tỉ lệ {asked} sẽ thành {got}: có lúc mọi lịch chạy cùng ({names}) đều đặt tỉ lệ, nên cả vòng chiếu "
        "được chia theo tỉ lệ đó.",
        "{where}The share of {asked} becomes {got}: at times all that play with it ({names}) have shares, too, and the "
        "whole loop is divided by them.",
    ),
    "windows_overlap": (
        "Các khung giờ của lịch này chồng lên nhau, lần đầu lúc {at}: phần chung chỉ được tính một lần{again}. "
        "Hãy gộp hoặc tách các khung giờ.",
        "Its windows overlap, first at {at}: the time they share counts once{again}. Join them or part them.",
    ),
    "screens_left_out": (
        "Chỉ tính trước cho các nhóm màn hình lớn nhất; còn {screens} màn hình chưa được xem xét.",
        "Only the largest groups of screens were looked at; {screens} more screens were not.",
    ),
}
_CROWDED: Mapping[WarningCode, tuple[str, str]] = {
    "starved": (
        "{where}Trong 7 ngày đầu lịch này không được phát phút nào: khung giờ quá ngắn, mỗi ngày chỉ có chỗ cho {few} "
        "trang, và đó là trang của {names}. Hãy kéo dài khung giờ hoặc rút ngắn trang.",
        "{where}In its first 7 days this schedule gets no time at all: its hours are too short, each day the room for "
        "slides ({few}) goes to {names}. Make its hours longer or the slides shorter.",
    ),
    "starves": (
        "{where}Trong 7 ngày đầu, các lịch sau sẽ không được phát phút nào: {names}. Khung giờ chung quá ngắn, mỗi "
        "ngày chỉ có chỗ cho {few} trang. Hãy kéo dài khung giờ hoặc rút ngắn trang.",
        "{where}In the first 7 days these schedules would get no time at all: {names}. The hours they share are too "
        "short, each day there is room for no more than {few} of their slides. Make the hours longer or the slides "
        "shorter.",
    ),
}
"""The same where it is for want of room: both are in the loop, and it ends before the turn of one comes."""
_WHERE: Mapping[Language, str] = {
    "vi": "Trên {screens} trong {total} màn hình: ",
    "en": "On {screens} of {total} screens: ",
}
_AGAIN: Mapping[Language, str] = {
    "vi": ", và nhịp nhắc bắt đầu lại từ đầu mỗi khung giờ",
    "en": ", and the rhythm begins anew with each window",
}
_WHEN: Mapping[Language, tuple[str, str, str]] = {
    "vi": (" mỗi ngày", " vào {day}", " trong {days} ngày của 7 ngày đầu"),
    "en": (" every day", " on {day}", " on {days} of the first 7 days"),
}
"""On each day alike, on one, on several."""
_LOSS: Mapping[Language, str] = {"vi": "“{name}” ({span})", "en": "“{name}” ({span})"}
_MORE: Mapping[Language, str] = {"vi": "{named} và {more} lịch khác", "en": "{named} and {more} more"}
_WITH: Mapping[Language, str] = {"vi": " (cùng với {names})", "en": " (together with {names})"}
_NOBODY: Mapping[Language, str] = {"vi": "lịch khác", "en": "another schedule"}

_AIRTIME: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        "shown": "Lên màn hình {span} trong bảy ngày đầu",
        "off": "Màn hình tắt {span} trong bảy ngày đầu",
        "none": "Không lên màn hình lần nào trong bảy ngày đầu",
    },
    "en": {
        "shown": "On air for {span} in the first seven days",
        "off": "The screen is dark for {span} in the first seven days",
        "none": "Not on air at all in the first seven days",
    },
}
_PROMISES: Mapping[bool, tuple[str, str]] = {
    True: (
        "Giữ được nhịp: mỗi lần trễ nhiều nhất {late}, vì không cắt ngang trang đang chiếu.",
        "The rhythm can be kept: it is late by {late} at most, since no slide is cut for it.",
    ),
    False: (
        "Không giữ được nhịp: có lúc trễ đến {late}.",
        "The rhythm cannot be kept: at times it is late by {late}.",
    ),
}


def say_concern(
    concern: Concern, total: int, names: Mapping[str, str], zone: ZoneInfo, language: Language
) -> str:
    """What is the matter and what to do. `total`: the screens looked at; `zone`: for the times it names."""
    where = ""
    if 0 < concern.screens < total:
        where = _WHERE[language].format(screens=concern.screens, total=total)
    named = quoted(concern.schedules, names, language)
    asked, got = (say_percent(one, language) for one in concern.permilles)
    sentences = _CROWDED if concern.crowded else _SENTENCES
    return sentences[concern.code][0 if language == "vi" else 1].format(
        where=where,
        names=named or _NOBODY[language],
        with_names=_WITH[language].format(names=named) if named else "",
        losses=_losses(concern, names, language),
        span=say_span(concern.ms, language),
        at=say_instant(concern.at_ms, zone, language) if concern.at_ms is not None else "",
        asked=asked,
        got=got,
        screens=concern.screens,
        few=concern.counts[0],
        all=concern.counts[1],
        again=_AGAIN[language] if concern.ms else "",
        when=_when(concern, zone, language),
    )


def say_promise(promise: Promise, language: Language) -> str:
    """Whether a reminder can keep its rhythm."""
    late = say_span(promise.late_at_most_ms, language)
    return _PROMISES[promise.kept][0 if language == "vi" else 1].format(late=late)


def say_airtime(ms: int, role: Role, language: Language) -> str:
    """How long a schedule is on air in its first seven days, or makes the screen dark."""
    kind = "none" if not ms else "off" if role == "off" else "shown"
    return _AIRTIME[language][kind].format(span=say_span(ms, language))


def say_span(ms: int, language: Language) -> str:
    """A length of time in its two largest units: 44 giờ, 2 giờ 5 phút, 3 phút 20 giây."""
    left_ms = max(ms, 0)
    if left_ms >= _NO_SECONDS_MS:
        left_ms = (left_ms + 30_000) // 60_000 * 60_000
    said: list[str] = []
    for unit, unit_ms in _UNITS_MS:
        number, left_ms = divmod(left_ms, unit_ms)
        if number and len(said) < 2:
            several = WORDS[language].units[unit][1].format(n=number)
            said.append(_ONE[language][unit] if number == 1 else several)
        elif said:
            break
    return " ".join(said) or WORDS[language].units["seconds"][1].format(n=0)


def _when(concern: Concern, zone: ZoneInfo, language: Language) -> str:
    day = say_day(local_day(concern.at_ms, zone), language) if concern.at_ms is not None else ""
    return _WHEN[language][min(concern.days, 2)].format(days=concern.days, day=day)


def _losses(concern: Concern, names: Mapping[str, str], language: Language) -> str:
    spans: Sequence[int] = concern.spans_ms or (0,) * len(concern.schedules)
    said = [
        _LOSS[language].format(name=names[one], span=say_span(span_ms, language))
        for one, span_ms in zip(concern.schedules, spans, strict=True)
        if one in names
    ]
    more = len(said) - _NAMED
    named = ", ".join(said[:_NAMED])
    return _MORE[language].format(named=named, more=more) if more > 0 else named
