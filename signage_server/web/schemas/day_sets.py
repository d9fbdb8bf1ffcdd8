"""The JSON of day sets."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from signage_server.web.schemas.values import Day, Incoming, Name, Outgoing, one_line

DayName = Annotated[str, StringConstraints(max_length=200), BeforeValidator(one_line)]


class NamedDayIn(Incoming):
    day: Day
    name: DayName = Field("", description="What the day is, e.g. `Khai giảng`.")


class DaySetIn(Incoming):
    name: Name
    days: Annotated[list[NamedDayIn], Field(max_length=5000)]


class NamedDayOut(Outgoing):
    day: date
    name: str


class DaySetUse(Outgoing):
    """A schedule that names the set."""

    id: str
    name: str


class DaySetOut(Outgoing):
    id: str
    name: str
    built_in: bool = Field(description="Comes with the product and cannot be changed.")
    source: str | None = Field(description="Where the days of a built-in set come from.")
    note: str | None = Field(description="What to know before relying on it.")
    days: list[NamedDayOut]
    used_by: list[DaySetUse]
    etag: str
