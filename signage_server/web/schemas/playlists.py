"""The JSON of playlists and their slides."""

from typing import Annotated, Literal

from pydantic import Field

from signage_server.web.schemas.values import (
    DurationMs,
    Fit,
    Id,
    Incoming,
    Instant,
    Name,
    Outgoing,
    Transition,
)


class SlideIn(Incoming):
    id: Id | None = Field(None, description="Of a slide that stays; None makes a new one.")
    asset_id: Id
    duration_ms: DurationMs = 10_000
    fit: Fit | None = Field(
        None,
        description="Left out: `contain` for a notice, which is made for the board's shape; `cover` for a picture.",
    )
    focus: Annotated[
        tuple[Annotated[int, Field(ge=0, le=1000)], Annotated[int, Field(ge=0, le=1000)]], Field(strict=False)
    ] = (500, 500)
    transition: Transition = "fade"


class SlideOut(Outgoing):
    id: str
    asset_id: str
    asset_name: str
    asset_state: Literal["processing", "ready", "failed"]
    thumbnail_url: str | None
    duration_ms: int
    fit: Fit
    focus: tuple[int, int]
    transition: Transition


class PlaylistIn(Incoming):
    name: Name
    slides: Annotated[list[SlideIn], Field(max_length=1000)] = []
    unit_id: Id | None = None


class PlaylistOut(Outgoing):
    id: str
    unit_id: str
    name: str
    slides: list[SlideOut]
    length_ms: int
    used_in: list[str] = Field(description="Ids of the schedules that play it.")
    created_at: Instant
    etag: str


class PlaylistManifest(Outgoing):
    """A playlist on its own, in a loop: for the preview, whether or not it is scheduled."""

    manifest: str = Field(description="The manifest's text, exactly as a board would get it.")
