"""The dates of playlist documents: day sets, and lists in which dates and names of day sets stand together. Pure."""

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from signage_server.library.notices import refusal

_NAME: Final = r"^[a-z0-9][a-z0-9-]{0,39}$"
Name = Annotated[str, StringConstraints(pattern=_NAME)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
BUILT_IN_SETS: Final = ("vn-holidays", "vn-tet")
"""Names of day sets that every server knows."""


def _named_day(value: object) -> object:
    """`2026-09-05` → a day without a name."""
    return {"day": value} if isinstance(value, date | str) else value


def _listed(value: object) -> object:
    """A date or the name of a day set; dates need no quotation marks, and bear them."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    elif isinstance(value, str) and re.fullmatch(_NAME, value):
        return value
    raise refusal(
        "document_day_list",
        "Hãy ghi các ngày như 2026-09-05, hoặc tên bộ ngày như vn-holidays.",
        "Write dates such as 2026-09-05, or names of day sets such as vn-holidays.",
    )


Listed = Annotated[date | str, BeforeValidator(_listed)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedDay(_Part):
    """A date and what it is."""

    day: date
    name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class DaySet(_Part):
    """Named dates that schedules of the document include or leave out."""

    title: Title
    days: tuple[Annotated[NamedDay, BeforeValidator(_named_day)], ...] = Field(min_length=1, max_length=5000)


def dates_of(listed: tuple[date | str, ...]) -> tuple[date, ...]:
    """The dates in such a list."""
    return tuple(one for one in listed if isinstance(one, date))


def names_of(listed: tuple[date | str, ...]) -> tuple[str, ...]:
    """The names of day sets in such a list."""
    return tuple(one for one in listed if isinstance(one, str))


def plain(day_set: dict[str, Any]) -> dict[str, Any]:
    """A dumped day set as a person would write it: days without a name are just dates."""
    return day_set | {"days": [one if "name" in one else one["day"] for one in day_set["days"]]}
