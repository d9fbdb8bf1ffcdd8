"""What the JSON of every resource is made of: kinds of values, and the bases of bodies."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from signage_server.library.notices import refusal
from signage_server.screens.tags import JOINER

YEARS_ASKED: Final = range(2000, 2190)
"""The years that can be asked about: the arithmetic of dates and zones never comes to its end in them."""

Instant = Annotated[
    datetime,
    PlainSerializer(
        lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        return_type=str,
    ),
]
WallTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


When = TypeVar("When", date, datetime)


def _written_day(value: object) -> object:
    """Without this a number counts as days since 1970, and an instant at midnight as a day."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:  # there is no 30th of February
            value = None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise refusal(
        "day_form",
        "Ngày phải có thật và viết theo dạng năm-tháng-ngày, ví dụ 2026-11-26.",
        "It must be a day that exists, written as year-month-day, for instance 2026-11-26.",
    )


def _written_instant(value: object) -> object:
    """Without this a number counts as seconds since 1970."""
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}[Tt ]", value, re.ASCII):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = None
        if at is not None and at.tzinfo is not None:
            return at
    raise refusal(
        "instant_form",
        "Thời điểm phải có cả ngày, giờ và múi giờ, ví dụ 2026-11-26T07:30:00+07:00.",
        "A moment has a day, a time and an offset, for instance 2026-11-26T07:30:00+07:00.",
    )


def _asked(when: When) -> When:
    if when.year not in YEARS_ASKED:
        raise refusal(
            "moment_out_of_range",
            "Thời điểm không hợp lệ: năm phải từ {first} đến {last}.",
            "This moment cannot be right: the year must lie between {first} and {last}.",
            first=YEARS_ASKED[0],
            last=YEARS_ASKED[-1],
        )
    return when


Day = Annotated[date, BeforeValidator(_written_day)]
"""A day as it is sent to us."""
Moment = Annotated[AwareDatetime, BeforeValidator(_written_instant)]
"""An instant as it is sent to us."""
AskedDay = Annotated[Day, AfterValidator(_asked)]
"""A day in a query; one that nobody can mean is refused."""
AskedInstant = Annotated[Moment, AfterValidator(_asked)]
"""An instant in a query; one that nobody can mean is refused."""


def one_line(text: object) -> object:
    """One line: NFC, single spaces, nothing that cannot be seen."""
    if not isinstance(text, str):
        return text
    seen = "".join(
        sign
        for sign in text
        if sign.isspace() or sign == JOINER or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()).strip(JOINER))


# Constraints stand before the function, so that what is wrong is told of characters.
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), BeforeValidator(one_line)]
Place = Annotated[str, StringConstraints(max_length=200), BeforeValidator(one_line)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40), BeforeValidator(one_line)]
"""A free label; `Lift` and `lift` are one."""
Id = Annotated[str, StringConstraints(max_length=64)]
"""An id of ours that somebody sends back."""
ZoneName = Annotated[str, StringConstraints(max_length=50)]
DurationMs = Annotated[int, Field(ge=1_000, le=86_400_000)]
Role = Literal["rotation", "reminder", "takeover", "off"]
Fit = Literal["cover", "contain"]
Transition = Literal["fade", "cut"]


class Query(BaseModel):
    """The base of every query, whose values are all texts: unknown fields are an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Incoming(BaseModel):
    """The base of every body that is sent to us: what is unknown, or of another kind than asked for, is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Patch(Incoming):
    """The base of partial changes: what is left out stays, and so does what is null where null means nothing."""

    nullable: ClassVar[frozenset[str]] = frozenset()
    """The fields that can be null themselves."""

    def changes(self) -> dict[str, Any]:
        """The fields to set."""
        sent = self.model_dump(exclude_unset=True)
        return {name: value for name, value in sent.items() if value is not None or name in self.nullable}


class Outgoing(BaseModel):
    """The base of every body that we answer with."""

    model_config = ConfigDict(frozen=True)


class Failure(Outgoing):
    code: str
    detail: str = Field(description="What happened and what to do, in the caller's language.")


class FieldError(Outgoing):
    """What is wrong with one field of a request."""

    path: str = Field(description="The field, below others after dots: `windows.0.start`.")
    code: str
    detail: str = Field(description="What to do, in the caller's language.")


class Problem(Outgoing):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] = Field([], description="Only where single fields are wrong: which, and why.")
