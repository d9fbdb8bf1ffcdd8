"""The JSON of assets."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from signage_server.library.notices import Notice
from signage_server.web.schemas.values import Failure, Id, Incoming, Instant, Moment, Name, Outgoing, Patch


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
    built_in: bool = Field(description="Whether it is the notice that shows where nothing else is planned.")
    etag: str


class AssetPatch(Patch):
    """`expires_at` null: it does not expire."""

    nullable: ClassVar[frozenset[str]] = frozenset({"expires_at"})

    name: Name | None = None
    alt: Annotated[str, Field(max_length=1000)] | None = None
    expires_at: Moment | None = None


class NoticeIn(Incoming):
    name: Name
    notice: Notice
    unit_id: Id | None = None
