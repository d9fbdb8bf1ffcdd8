"""The day sets that come with the product: public holidays of Viet Nam, and Tết, worked out offline.

The dates are the `holidays` package's work, which knows the lunar calendar and the swaps that were announced before
its version; this module names them in both languages, once per process. Importing it costs nothing: the package is
loaded when a built-in set is first asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version

from signage_server.errors import Language
from signage_server.playlists.day_lists import BUILT_IN_SETS

HOLIDAYS = "day_vn_holidays"
TET = "day_vn_tet"
IDS_BY_NAME: Mapping[str, str] = dict(zip(BUILT_IN_SETS, (HOLIDAYS, TET), strict=True))
"""By what they are called in playlist documents."""
YEARS = range(2000, 2100)
"""For which years the days are known: so far the package's lunar calendar reaches."""

_NEW_YEAR = "Lunar New Year"
"""What the package calls the first day of the lunar year in English."""
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=7)
"""How far from it days off for Tết have ever been; no other holiday comes so near."""
_RENAMED = {"29 Tết": "Nghỉ Tết Nguyên Đán", "29 of Lunar New Year": "Day off for Lunar New Year"}
"""So the package calls the day before the eve, also in years in which that is the 28th."""
_LOCALES: Mapping[Language, str] = {"vi": "vi", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A date and what it is; the name may be empty."""

    day: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class PublicDays:
    """What a built-in set is called, and what to know before relying on it, in each language."""

    name: Mapping[Language, str]
    note: Mapping[Language, str]


PUBLIC_DAYS: Mapping[str, PublicDays] = {
    HOLIDAYS: PublicDays(
        name={"vi": "Ngày nghỉ lễ Việt Nam", "en": "Public holidays of Viet Nam"},
        note={
            "vi": "Tính sẵn cho các năm 2000–2099, không cần mạng: ngày lễ theo Bộ luật Lao động và ngày nghỉ bù khi "
            "lễ trùng cuối tuần. Mỗi năm Thủ tướng quyết định ngày nghỉ Tết, ngày nghỉ Quốc khánh thứ hai và việc hoán "
            "đổi ngày làm việc; hãy đối chiếu với thông báo của năm đó. Chỗ nào khác thì ghi vào ngày thêm, ngày trừ "
            "của lịch, hoặc lập bộ ngày riêng.",
            "en": "Worked out for the years 2000–2099, without a network: holidays by the Labour Code, and the days "
            "off in lieu of weekends. Each year the Prime Minister decides the days off for Tết, the second day off "
            "for National Day and which working days are swapped; compare with that year's notice. Put what differs "
            "into the extra days and exceptions of a schedule, or into a day set of your own.",
        },
    ),
    TET: PublicDays(
        name={"vi": "Tết Nguyên đán", "en": "Lunar New Year (Tết)"},
        note={
            "vi": "Tính sẵn cho các năm 2000–2099 theo âm lịch Việt Nam, không cần mạng: 5 ngày nghỉ theo luật (ngày "
            "cuối năm cũ và bốn ngày đầu năm mới; trước năm 2013 là 4 ngày) và ngày nghỉ bù khi trùng cuối tuần. Mỗi "
            "năm Thủ tướng quyết định nghỉ trước Tết một hay hai ngày; hãy đối chiếu với thông báo của năm đó.",
            "en": "Worked out for the years 2000–2099 by the Vietnamese lunar calendar, without a network: the 5 days "
            "off by law (the last day of the old year and the first four of the new one; 4 days before 2013), and the "
            "days off in lieu of weekends. Each year the Prime Minister decides whether one or two of them come before "
            "Tết; compare with that year's notice.",
        },
    ),
}


def source() -> str:
    """Where the days come from, with its version."""
    return f"holidays {version('holidays')}"


def public_days(set_id: str, language: Language) -> tuple[NamedDay, ...]:
    """The days of a built-in set in order, named in a language. Raises KeyError for an id that is none."""
    return _named_days(language)[set_id]


@lru_cache(maxsize=len(PUBLIC_DAYS))
def public_dates(set_id: str) -> frozenset[date]:
    """The same without names: one and the same object each time, so that comparing costs nothing."""
    return frozenset(one.day for one in public_days(set_id, "en"))


def load() -> None:
    """Work everything out now: for those who must not wait for it later, such as a database transaction."""
    for language in _LOCALES:
        _named_days(language)


@lru_cache(maxsize=len(_LOCALES))
def _named_days(language: Language) -> Mapping[str, tuple[NamedDay, ...]]:
    from holidays.countries.vietnam import Vietnam  # a tenth of a second, and not every server needs it

    english, named = (
        dict(Vietnam(years=YEARS, language=one)) for one in (_LOCALES["en"], _LOCALES[language])
    )
    new_years = [day for day, name in english.items() if name == _NEW_YEAR]
    off = [NamedDay(day, _RENAMED.get(name, name)) for day, name in sorted(named.items())]
    around = [one for one in off if any(day - _BEFORE <= one.day <= day + _AFTER for day in new_years)]
    return {HOLIDAYS: tuple(off), TET: tuple(around)}
