"""The JSON of screens: what they are, what they show, what they are told to do."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from signage_server.web.schemas.values import (
    Id,
    Incoming,
    Instant,
    Name,
    Outgoing,
    Patch,
    Place,
    Tag,
    ZoneName,
)


class ScreenShowing(Outgoing):
    """What the board last said of itself: proved, not hoped."""

    digest: str | None
    slide: str | None
    asset_id: str | None
    asset_name: str | None
    thumbnail_url: str | None
    schedule_id: str | None
    schedule_name: str | None
    role: str | None
    since: Instant | None


class ScreenOut(Outgoing):
    id: str
    unit_id: str
    name: str
    place: str
    zone: str
    profile: str
    fallback_playlist_id: str | None
    tags: list[str]
    online: bool = Field(description="Heard within the last three heartbeats.")
    connected: Literal["socket", "http"] | None
    heard_at: Instant | None
    wanted_digest: str | None = Field(description="The manifest it should hold.")
    received_digest: str | None
    stored_digest: str | None
    showing: ScreenShowing | None
    missing_bytes: int | None
    clock_offset_ms: int | None
    clock_quality: Literal["good", "guessed"] | None
    secure: bool | None = Field(description="False: on plain http, it cannot start without the network.")
    player_version: str | None
    created_at: Instant
    etag: str


class ScreenPatch(Patch):
    """What is left out, or null, stays; only `fallback_playlist_id` can be null itself."""

    nullable: ClassVar[frozenset[str]] = frozenset({"fallback_playlist_id"})

    name: Name | None = None
    place: Place | None = None
    zone: ZoneName | None = None
    unit_id: Id | None = None
    fallback_playlist_id: Id | None = Field(
        None, description="What it shows while nothing is scheduled; null: what its unit does."
    )
    tags: Annotated[list[Tag], Field(max_length=20)] | None = Field(
        None, description="All tags it should have; `Lift` and `lift` are one."
    )


class TagOut(Outgoing):
    """A tag that screens have."""

    tag: str
    screens: int = Field(description="How many screens have it.")


class ClaimIn(Incoming):
    code: Annotated[str, Field(min_length=8, max_length=20)] = Field(
        description="The code the screen shows; case, spaces and dashes do not matter."
    )
    name: Name
    place: Place = ""
    unit_id: Id | None = None


class WaitingScreen(Outgoing):
    """A board that shows a code and has not been claimed."""

    code: str
    width: int
    height: int
    browser: str
    address: str
    since: Instant


class ShowNowIn(Incoming):
    """Either one slide of a playlist or a whole playlist; neither ends what is being shown."""

    playlist_id: Id | None = None
    slide_id: Id | None = None
    screen_ids: Annotated[list[Id], Field(max_length=10_000)] | None = Field(
        None, description="Which screens; null: all."
    )


class CommandsOut(Outgoing):
    sent: list[str] = Field(description="Ids of the screens it went to.")
    offline: list[str] = Field(description="Ids of the screens that cannot be reached now.")
