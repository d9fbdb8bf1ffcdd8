"""What the JSON of every resource is made of: kinds of values, and the bases of bodies."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

Instant = Annotated[
    datetime,
    PlainSerializer(
        lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        return_type=str,
    ),
]
WallTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


def one_line(text: object) -> object:
    """One line: NFC, single spaces, nothing that cannot be seen."""
    if not isinstance(text, str):
        return text
    seen = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))


Name = Annotated[str, BeforeValidator(one_line), StringConstraints(min_length=1, max_length=200)]
Place = Annotated[str, BeforeValidator(one_line), StringConstraints(max_length=200)]
Tag = Annotated[str, BeforeValidator(one_line), StringConstraints(min_length=1, max_length=40)]
"""A free label; `Lift` and `lift` are one."""
Id = Annotated[str, StringConstraints(max_length=64)]
"""An id of ours that somebody sends back."""
ZoneName = Annotated[str, StringConstraints(max_length=50)]
DurationMs = Annotated[int, Field(ge=1_000, le=86_400_000)]
Role = Literal["rotation", "reminder", "takeover", "off"]
Fit = Literal["cover", "contain"]
Transition = Literal["fade", "cut"]


class Incoming(BaseModel):
    """The base of every body that is sent to us: unknown fields are an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


class Problem(Outgoing):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] | None = Field(None, description="By field: `path`, `code`, `detail`.")
