"""What a screen shows at an instant, said in Vietnamese and English. Pure."""

from collections.abc import Mapping
from typing import Literal

from signage_server.errors import Language
from signage_server.scheduling.vouching import Voucher

Tense = Literal["past", "present", "future"]

_PLAYS: Mapping[tuple[Language, Literal["past", "future"]], Mapping[str, str]] = {
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
        "live": "; màn hình đang báo đúng {thing}.",
        "follows": "; màn hình đang báo chiếu đúng theo kế hoạch này.",
        "awaited": "; đó là theo kế hoạch, màn hình chưa kịp báo (thường trong 5 phút).",
        "offline": "; đó là theo kế hoạch, màn hình đang mất liên lạc nên chưa báo.",
        "silent": "; đó là theo kế hoạch, màn hình chưa gửi ghi nhận nào của khoảng giờ này.",
        "other": "; đó là theo kế hoạch, nhưng ghi nhận của màn hình trong khoảng giờ này không có trang này.",
        "planned": ", theo kế hoạch hiện tại.",
        "was_planned": ", theo kế hoạch lúc đó.",
    },
    "en": {
        "proved": "; the screen counted it.",
        "live": "; the screen says that it shows just {thing}.",
        "follows": "; the screen says that it follows this plan.",
        "awaited": "; that is the plan, the screen has not had the time to confirm it (usually within 5 minutes).",
        "offline": "; that is the plan, the screen is not heard just now and has not confirmed it.",
        "silent": "; that was the plan, the screen has not confirmed that quarter of an hour.",
        "other": "; that was the plan, but what the screen counted in that quarter of an hour does not have it.",
        "planned": ", by the present plan.",
        "was_planned": ", by the plan of that time.",
    },
}

_THINGS: Mapping[Language, tuple[str, str]] = {"vi": ("trang này", "như vậy"), "en": ("this", "this")}
"""What a screen says that it shows: a slide, or darkness."""


def say_play(
    role: str, tense: Tense, basis: Voucher, asset: str, schedule: str, at: str, language: Language
) -> str:
    """What a screen shows at an instant: `role` of the play or `unknown`; `basis`: what vouches for it."""
    sentence = _PLAYS[language, _form(tense, role, language)][role].format(
        at=at, asset=asset, schedule=schedule
    )
    if role == "unknown":
        return sentence
    key = "was_planned" if basis == "planned" and tense != "future" else basis
    return sentence + _BASES[language][key].format(thing=_THINGS[language][role == "off"])


def _form(tense: Tense, role: str, language: Language) -> Literal["past", "future"]:
    """The present has the form of the past in Vietnamese, and that of the future in English."""
    if tense == "present":
        return "past" if language == "vi" or role == "unknown" else "future"
    return tense
