"""What boards say of themselves is hostile until cleaned: kinds of fields that are made harmless as they are read."""

import unicodedata
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

DIGEST = r"^[0-9a-f]{64}$"
"""SHA-256 as it is written everywhere."""


def clean(text: str, limit: int) -> str:
    """One printable line of at most `limit` characters: NFC, no control or invisible characters, no lone surrogates."""
    head = text[: limit * 4]  # whoever sends a megabyte does not make us look at all of it
    spaced = "".join(
        " " if c.isspace() else c for c in head if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return unicodedata.normalize("NFC", " ".join(spaced.split()))[:limit]


def _cleaned(limit: int) -> BeforeValidator:
    def clean_text(said: Any) -> Any:
        return clean(said, limit) if isinstance(said, str) else said

    return BeforeValidator(clean_text)


Words = Annotated[str, _cleaned(500)]
"""A sentence or less, for people to read."""
Label = Annotated[str, _cleaned(50)]
"""A short name: a version, a code of a fault."""
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""A name that a program made up: it is compared, never shown."""
ShortKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,20}$")]
"""An id of ours that a board gives back; it may name something deleted since."""
Digest = Annotated[str, StringConstraints(pattern=DIGEST)]
Ms = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""Milliseconds or bytes: whatever JavaScript can count exactly."""


class Said(BaseModel):
    """The base of everything a board sends. Newer players may say more: unknown fields are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Capabilities(Said):
    """What a board can show and keep."""

    width: Annotated[int, Field(ge=100, le=20_000)]
    height: Annotated[int, Field(ge=100, le=20_000)]
    """Pixels of the glass as it hangs."""
    webp: bool = True
    secure: bool = False
    """False: on plain http; it cannot start without the network."""
    store: Label = ""
    """`cache` or `idb`."""
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z-]{2,35}$")] | None = None
    """Of the board's browser."""
