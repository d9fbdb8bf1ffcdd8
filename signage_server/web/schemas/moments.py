"""The JSON of what a screen plays at an instant or in a stretch of time, and why."""

from typing import Literal

from pydantic import Field

from signage_server.web.schemas.values import Instant, Outgoing, Role

Basis = Literal["planned", "proved", "unknown"]
PlayRole = Literal["rotation", "reminder", "takeover", "fallback", "off"]


class PlayOut(Outgoing):
    start: Instant
    end: Instant
    slide: str | None
    asset_id: str | None
    asset_name: str | None
    thumbnail_url: str | None
    schedule_id: str | None
    schedule_name: str | None
    role: PlayRole


class WhyOut(Outgoing):
    """What became of one schedule that reaches the screen."""

    schedule_id: str
    schedule_name: str
    role: Role
    verdict: Literal["shows", "takes_turns", "lost", "not_on"]
    code: str
    sentence: str = Field(description="The reason, in the caller's language.")


class ProvedOut(Outgoing):
    """What the board counted in the quarter hour of the instant."""

    asset_id: str
    asset_name: str
    thumbnail_url: str | None
    schedule_id: str | None
    schedule_name: str | None
    role: PlayRole
    plays: int
    first: Instant
    last: Instant


class AtOut(Outgoing):
    """What a screen shows at an instant, which schedule brought it, and what became of the others."""

    time: Instant
    basis: Basis = Field(
        description="`proved`: the board counted it. `planned`: by the manifest in force. `unknown`: no record."
    )
    digest: str | None = Field(
        description="The manifest in force; null: none is known, or none was sent yet."
    )
    play: PlayOut | None
    sentence: str = Field(description="The whole answer in words, in the caller's language.")
    why: list[WhyOut]
    proved: list[ProvedOut] = Field(description="Of the past only.")


class ScreenManifest(Outgoing):
    """The manifest whose plan holds at an instant."""

    digest: str = Field(description="SHA-256 of the text.")
    text: str = Field(description="The manifest, exactly as it is sent.")
    basis: Basis
