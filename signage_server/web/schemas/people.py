"""The JSON of people, units, tokens and the server itself."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from signage_server.web.schemas.values import Id, Incoming, Instant, Name, Outgoing, Patch


class MeOut(Outgoing):
    id: str
    name: str
    language: Literal["vi", "en"] | None
    unit_id: str
    csrf_token: str


class MePatch(Incoming):
    language: Literal["vi", "en"]


class SignInIn(Incoming):
    name: Annotated[str, Field(max_length=100)]
    password: Annotated[str, Field(max_length=1000)]


class PasswordIn(Incoming):
    old: Annotated[str, Field(max_length=1000)]
    new: Annotated[str, Field(min_length=12, max_length=1000)]


class LinkOut(Outgoing):
    """What a one-time link is for."""

    purpose: Literal["setup", "reset"]
    name: str | None


class LinkUse(Incoming):
    secret: Annotated[str, Field(max_length=200)]
    name: Annotated[str, Field(min_length=2, max_length=100)] | None = Field(
        None, description="Of the first administrator; not for a reset."
    )
    password: Annotated[str, Field(min_length=12, max_length=1000)]


class UnitOut(Outgoing):
    id: str
    parent_id: str | None
    name: str
    fallback_playlist_id: str | None
    etag: str


class UnitPatch(Patch):
    """`fallback_playlist_id` null: the built-in notice."""

    nullable: ClassVar[frozenset[str]] = frozenset({"fallback_playlist_id"})

    name: Name | None = None
    fallback_playlist_id: Id | None = None


class TokenIn(Incoming):
    name: Annotated[str, Field(min_length=1, max_length=100)]


class TokenOut(Outgoing):
    id: str
    name: str
    created_at: Instant
    used_at: Instant | None


class TokenMade(TokenOut):
    token: str = Field(description="Shown this once.")


class ServerOut(Outgoing):
    """What the console needs to know of the installation."""

    version: str
    timezone: str
    language: Literal["vi", "en"]
    player_url: str
    secure: bool
    limits: dict[str, int] = Field(description="`upload_bytes` at most, `password_characters` at least.")
