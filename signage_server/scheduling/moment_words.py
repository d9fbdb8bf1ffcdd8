"""What a screen shows at an instant, said in Vietnamese and English. Pure."""

from collections.abc import Mapping
from typing import Literal

from signage_server.errors import Language

Tense = Literal["past", "future"]

_PLAYS: Mapping[tuple[Language, Tense], Mapping[str, str]] = {
    ("vi", "past"): {
        "rotation": "Lúc {at}, màn hình chiếu “{asset}” theo lịch “{schedule}”",
        "takeover": "Lúc {at}, màn hình chiếu “{asset}” theo lịch “{schedule}” (thay thế tất cả)",
        "reminder": "Lúc {at}, màn hình chiếu “{asset}” của lời nhắc “{schedule}”",
        "fallback": "Lúc {at} không có lịch nào; màn hình chiếu “{asset}” của nội dung dự phòng",
        "off": "Lúc {at}, màn hình tắt theo lịch",
        "unknown": "Không có ghi nhận nào về nội dung của màn hình lúc {at}.",
    },
    ("en", "past"): {
        "rotation": "At {at} the screen showed “{asset}” by the schedule “{schedule}”",
        "takeover": "At {at} the screen showed “{asset}” by the schedule “{schedule}”, which replaced all else",
        "reminder": "At {at} the screen showed “{asset}” of the reminder “{schedule}”",
        "fallback": "At {at} nothing was scheduled; the screen showed “{asset}” of its fallback playlist",
        "off": "At {at} the screen was dark on purpose",
        "unknown": "Nothing is recorded of what the screen showed at {at}.",
    },
    ("vi", "future"): {
        "rotation": "Lúc {at}, màn hình sẽ chiếu “{asset}” theo lịch “{schedule}”",
        "takeover": "Lúc {at}, màn hình sẽ chiếu “{asset}” theo lịch “{schedule}” (thay thế tất cả)",
        "reminder": "Lúc {at}, màn hình sẽ chiếu “{asset}” của lời nhắc “{schedule}”",
        "fallback": "Lúc {at} không có lịch nào; màn hình sẽ chiếu “{asset}” của nội dung dự phòng",
        "off": "Lúc {at}, màn hình sẽ tắt theo lịch",
        "unknown": "Không biết màn hình sẽ chiếu gì lúc {at}.",
    },
    ("en", "future"): {
        "rotation": "At {at} the screen shows “{asset}” by the schedule “{schedule}”",
        "takeover": "At {at} the screen shows “{asset}” by the schedule “{schedule}”, which replaces all else",
        "reminder": "At {at} the screen shows “{asset}” of the reminder “{schedule}”",
        "fallback": "At {at} nothing is scheduled; the screen shows “{asset}” of its fallback playlist",
        "off": "At {at} the screen is dark on purpose",
        "unknown": "Nobody knows what the screen will show at {at}.",
    },
}
_BASES: Mapping[Language, Mapping[str, str]] = {
    "vi": {
        "proved": "; màn hình đã ghi nhận.",
        "silent": "; đó là theo kế hoạch, màn hình chưa gửi ghi nhận nào của khoảng giờ này.",
        "other": "; đó là theo kế hoạch, nhưng ghi nhận của màn hình trong khoảng giờ này không có trang này.",
        "planned": ", theo kế hoạch hiện tại.",
    },
    "en": {
        "proved": "; the screen counted it.",
        "silent": "; that was the plan, the screen has not confirmed that quarter of an hour.",
        "other": "; that was the plan, but what the screen counted in that quarter of an hour does not have it.",
        "planned": ", by the present plan.",
    },
}


def say_play(
    role: str, tense: Tense, basis: str, asset: str, schedule: str, at: str, language: Language
) -> str:
    """What a screen shows at an instant: `role` of the play or `unknown`; `basis`: what vouches for it.

    `proved`, `silent` (the board has told nothing), `other` (it told of something else), `planned` (of the future).
    """
    sentence = _PLAYS[language, tense][role].format(at=at, asset=asset, schedule=schedule)
    return sentence if role == "unknown" else sentence + _BASES[language][basis]
