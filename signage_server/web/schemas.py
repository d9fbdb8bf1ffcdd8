"""The JSON of the API, both ways: what comes in is checked here once, what goes out is named here.

Ids are strings, instants RFC 3339 with `Z`, days `YYYY-MM-DD`, wall times `HH:MM` (`24:00` only as an end), durations
whole milliseconds.
"""

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from signage_server.library.notices import Notice

Instant = Annotated[
    datetime,
    PlainSerializer(
        lambda at: at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        return_type=str,
    ),
]
WallTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


def _tidy(text: object) -> object:
    """One line: NFC, single spaces, nothing that cannot be seen."""
    if not isinstance(text, str):
        return text
    seen = "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))


Name = Annotated[str, BeforeValidator(_tidy), StringConstraints(min_length=1, max_length=200)]
Place = Annotated[str, BeforeValidator(_tidy), StringConstraints(max_length=200)]
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


# --- assets -------------------------------------------------------------------------------------------------------


class AssetRendition(Outgoing):
    profile: str
    url: str = Field(description="Address of the picture, relative to the server's root.")
    type: str
    size_bytes: int
    width: int
    height: int


class AssetOut(Outgoing):
    id: str
    unit_id: str
    kind: Literal["image", "notice"]
    name: str
    state: Literal["processing", "ready", "failed"]
    failure: Failure | None
    width: int | None
    height: int | None
    size_bytes: int
    alt: str
    expires_at: Instant | None
    created_at: Instant
    thumbnail_url: str | None
    renditions: list[AssetRendition]
    notice: Notice | None
    used_in: list[str] = Field(description="Ids of the playlists that show it.")
    etag: str


class AssetPatch(Patch):
    """`expires_at` null: it does not expire."""

    nullable: ClassVar[frozenset[str]] = frozenset({"expires_at"})

    name: Name | None = None
    alt: Annotated[str, Field(max_length=1000)] | None = None
    expires_at: AwareDatetime | None = None


class NoticeIn(Incoming):
    name: Name
    notice: Notice
    unit_id: Id | None = None


# --- playlists ----------------------------------------------------------------------------------------------------


class SlideIn(Incoming):
    id: Id | None = Field(None, description="Of a slide that stays; None makes a new one.")
    asset_id: Id
    duration_ms: DurationMs = 10_000
    fit: Fit = "cover"
    focus: tuple[Annotated[int, Field(ge=0, le=1000)], Annotated[int, Field(ge=0, le=1000)]] = (500, 500)
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


# --- schedules ----------------------------------------------------------------------------------------------------


class WindowIn(Incoming):
    start: WallTime = "00:00"
    end: WallTime = "24:00"


class Target(Incoming):
    kind: Literal["all", "unit", "screen"]
    ref: Id | None = Field(None, description="Id of the unit or screen; none for `all`.")


class ScheduleIn(Incoming):
    name: Name
    playlist_id: Id | None = Field(None, description="Left out only for the role `off`.")
    role: Role = "rotation"
    targets: Annotated[list[Target], Field(min_length=1, max_length=1000)]
    first_day: date
    last_day: date | None = Field(None, description="Inclusive; null: for good.")
    rrule: Annotated[str, Field(max_length=500)] | None = Field(
        None, description="RFC 5545 rule over days, e.g. `FREQ=WEEKLY;BYDAY=MO,TU`; null: every day."
    )
    except_days: Annotated[list[date], Field(max_length=1000)] = []
    extra_days: Annotated[list[date], Field(max_length=1000)] = []
    windows: Annotated[list[WindowIn], Field(min_length=1, max_length=24)] = [WindowIn()]
    zone: ZoneName | None = Field(None, description="IANA name; null: each screen's own.")
    priority: Annotated[int, Field(ge=0, le=1000)] = 0
    share_permille: Annotated[int, Field(ge=1, le=800)] | None = None
    every_ms: Annotated[int, Field(ge=60_000, le=86_400_000)] | None = None
    take: Literal["next", "all"] | None = None
    silences_reminders: bool = False
    unit_id: Id | None = None


class ScheduleOut(Outgoing):
    id: str
    unit_id: str
    name: str
    playlist_id: str | None
    playlist_name: str | None
    role: Role
    targets: list[Target]
    first_day: date
    last_day: date | None
    rrule: str | None
    except_days: list[date]
    extra_days: list[date]
    windows: list[WindowIn]
    zone: str | None
    priority: int
    share_permille: int | None
    every_ms: int | None
    take: Literal["next", "all"] | None
    silences_reminders: bool
    sentence: str = Field(description="The repetition said in words, in the caller's language.")
    active_now: bool
    created_at: Instant
    etag: str


class SchedulePreview(Outgoing):
    """Answer of POST /schedules/preview: the same body as a new schedule, nothing is saved."""

    sentence: str
    next: list[tuple[Instant, Instant]] = Field(description="The next five windows, start and end.")


# --- screens ------------------------------------------------------------------------------------------------------


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


class PlayOut(Outgoing):
    start: Instant
    end: Instant
    slide: str | None
    asset_id: str | None
    asset_name: str | None
    thumbnail_url: str | None
    schedule_id: str | None
    schedule_name: str | None
    role: Literal["rotation", "reminder", "takeover", "fallback", "off"]


class AtOut(Outgoing):
    """What a screen shows at an instant: computed from the manifest it should hold."""

    basis: Literal["planned"]
    digest: str
    play: PlayOut


class ScreenManifest(Outgoing):
    """What a screen should hold."""

    digest: str = Field(description="SHA-256 of the text.")
    text: str = Field(description="The manifest, exactly as it is sent.")


# --- people, units, tokens ----------------------------------------------------------------------------------------


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


# --- reports ------------------------------------------------------------------------------------------------------


class PlayTotals(Outgoing):
    """One line of the proof of play: totals of an asset under a schedule on a screen, for a day."""

    day: date
    screen_id: str
    screen_name: str
    asset_id: str
    asset_name: str
    schedule_id: str
    schedule_name: str
    role: str
    plays: int
    shown_ms: int
    first: Instant
    last: Instant
    longest_gap_ms: int
    guessed_plays: int


class Problem(Outgoing):
    """RFC 9457 problem document."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, Any]] | None = Field(None, description="By field: `path`, `code`, `detail`.")
