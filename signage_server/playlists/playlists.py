"""Playlists: ordered lists of slides, kept whole. An edit replaces the list; slides that stay keep their ids.

The functions that take a session run inside somebody's transaction; `Playlists` opens one for each edit.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts import audit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock
from signage_server.db import Database, new_id, next_version
from signage_server.errors import Conflict, Invalid, Language, NotFound
from signage_server.library.models import Asset
from signage_server.playlists.models import Playlist, Slide

Fit = Literal["cover", "contain"]
Transition = Literal["fade", "cut"]

FIT_OF: Final[dict[str, Fit]] = {"notice": "contain", "image": "cover"}
"""A notice is typeset for each shape of board: on a board of an odd shape, no letter of it may be cut off."""


@dataclass(frozen=True)
class SlideDraft:
    """A slide as an operator wants it."""

    asset_id: str
    duration_ms: int = 10_000
    fit: Fit | None = None
    """None: as its asset wants it (FIT_OF)."""
    focus: tuple[int, int] = (500, 500)
    transition: Transition = "fade"
    id: str | None = None
    """Of a slide that stays; None makes a new one."""


@dataclass(frozen=True)
class PlaylistDraft:
    """A playlist as an operator wants it."""

    name: str
    slides: tuple[SlideDraft, ...]
    unit_id: str
    """The unit it belongs to."""


@dataclass(frozen=True)
class Use:
    """A place where a playlist is used."""

    kind: Literal["schedule", "screen", "unit"]
    id: str
    name: str


WhereUsed = Callable[[Session, str], Sequence[Use]]
"""Tells where a playlist is used. Rooms above this one know, so the answer is handed in."""


class UnknownPlaylist(NotFound):
    """No playlist has this id."""

    code = "unknown_playlist"
    vi = "Không tìm thấy danh sách phát này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "This playlist does not exist. It may have been deleted; reload the page."


class UnknownSlideAsset(Invalid):
    """A slide shows something that is not in the library."""

    code = "unknown_slide_asset"
    vi = "Trang chiếu thứ {position} dùng một hình không còn trong thư viện. Hãy bỏ trang đó hoặc chọn hình khác."
    en = "Slide {position} shows a picture that is no longer in the library. Remove it or choose another picture."


class UnknownSlide(Invalid):
    """A slide id was sent that the playlist does not have, or twice."""

    code = "unknown_slide"
    vi = "Trang chiếu thứ {position} không thuộc danh sách này. Hãy tải lại trang rồi sửa tiếp."
    en = "Slide {position} does not belong to this playlist. Reload the page, then go on."


class PlaylistInUse(Conflict):
    """Boards would lose what they are to show."""

    code = "playlist_in_use"
    vi = "Danh sách phát này đang được dùng ở {where}. Hãy gỡ nó khỏi đó rồi mới xoá."
    en = "This playlist is in use by {where}. Take it out there before deleting it."

    _KINDS = {  # noqa: RUF012 - a table that is only read
        "vi": {"schedule": "lịch", "screen": "màn hình", "unit": "đơn vị"},
        "en": {"schedule": "the schedule", "screen": "the screen", "unit": "the unit"},
    }

    def __init__(self, uses: Sequence[Use]) -> None:
        self.uses = tuple(uses)
        super().__init__()

    def message(self, language: Language) -> str:
        """The places by name, so that a person finds them."""
        kinds = self._KINDS[language]
        where = ", ".join(f"{kinds[use.kind]} “{use.name}”" for use in self.uses)
        return (self.vi if language == "vi" else self.en).format(where=where)


class Playlists:
    """What operators do with playlists."""

    def __init__(self, db: Database, clock: Clock, where_used: WhereUsed) -> None:
        self._db = db
        self._clock = clock
        self._where_used = where_used

    def create(self, who: str, draft: PlaylistDraft) -> str:
        """Make a playlist and answer with its id.

        Raises:
            NoSuchUnit, UnknownSlideAsset, UnknownSlide: the draft names something that is not there.
        """
        with self._db.write() as session:
            return create(session, who, draft, self._clock()).id

    def replace(self, who: str, playlist_id: str, started_from: str | None, draft: PlaylistDraft) -> None:
        """Make the playlist what the draft says; `started_from` is the etag the editor saw.

        Raises:
            UnknownPlaylist: there is none with this id.
            Stale: somebody else has edited it since.
            NoSuchUnit, UnknownSlideAsset, UnknownSlide: the draft names something that is not there.
        """
        with self._db.write() as session:
            playlist = find(session, playlist_id)
            next_version(playlist, started_from)
            replace(session, who, playlist, draft, self._clock())

    def delete(self, who: str, playlist_id: str, started_from: str | None) -> None:
        """Delete a playlist that nothing uses.

        Raises:
            UnknownPlaylist: there is none with this id.
            Stale: somebody else has edited it since.
            PlaylistInUse: boards would lose what they are to show.
        """
        with self._db.write() as session:
            playlist = find(session, playlist_id)
            next_version(playlist, started_from)
            if uses := self._where_used(session, playlist_id):
                raise PlaylistInUse(uses)
            audit.record(
                session, who, "playlist.delete", playlist_id, facts_of(playlist), None, at=self._clock()
            )
            session.delete(playlist)


def find(session: Session, playlist_id: str) -> Playlist:
    """The playlist with its slides.

    Raises:
        UnknownPlaylist: there is none with this id.
    """
    found = session.get(Playlist, playlist_id, options=[selectinload(Playlist.slides)])
    if found is None:
        raise UnknownPlaylist()
    return found


def create(session: Session, who: str, draft: PlaylistDraft, now: datetime) -> Playlist:
    """Add a playlist within a transaction; see `Playlists.create`."""
    _check(session, draft, kept=())
    playlist = Playlist(id=new_id("pls"), unit_id=draft.unit_id, name=draft.name, created_at=now, version=1)
    playlist.slides = _slides(session, draft, {})
    session.add(playlist)
    session.flush()
    audit.record(session, who, "playlist.create", playlist.id, None, facts_of(playlist), at=now)
    return playlist


def replace(session: Session, who: str, playlist: Playlist, draft: PlaylistDraft, now: datetime) -> None:
    """Make the playlist what the draft says; slides whose id is in it stay the same slides. The caller counts it."""
    kept = {slide.id: slide for slide in playlist.slides}
    _check(session, draft, kept=kept)
    before = facts_of(playlist)
    playlist.name, playlist.unit_id = draft.name, draft.unit_id
    playlist.slides = _slides(session, draft, kept)
    session.flush()
    audit.record(session, who, "playlist.update", playlist.id, before, facts_of(playlist), at=now)


def draft_of(playlist: Playlist) -> PlaylistDraft:
    """What an operator would send to get this playlist as it is."""
    slides = (
        SlideDraft(
            asset_id=slide.asset_id,
            duration_ms=slide.duration_ms,
            fit="contain" if slide.fit == "contain" else "cover",
            focus=(slide.focus_x, slide.focus_y),
            transition="cut" if slide.transition == "cut" else "fade",
            id=slide.id,
        )
        for slide in playlist.slides
    )
    return PlaylistDraft(playlist.name, tuple(slides), playlist.unit_id)


def facts_of(playlist: Playlist) -> dict[str, Any]:
    """The playlist as the audit trail keeps it."""
    slides = [
        {
            "id": slide.id,
            "asset_id": slide.asset_id,
            "duration_ms": slide.duration_ms,
            "fit": slide.fit,
            "focus": [slide.focus_x, slide.focus_y],
            "transition": slide.transition,
        }
        for slide in playlist.slides
    ]
    return {"name": playlist.name, "unit_id": playlist.unit_id, "slides": slides}


def _check(session: Session, draft: PlaylistDraft, kept: Collection[str]) -> None:
    check_unit(session, draft.unit_id)
    _check_assets(session, draft.slides)
    left = set(kept)
    for position, slide in enumerate(draft.slides, start=1):
        if slide.id is None:
            continue
        if slide.id not in left:
            raise UnknownSlide(position=position)
        left.remove(slide.id)


def _check_assets(session: Session, slides: Sequence[SlideDraft]) -> None:
    wanted = {slide.asset_id for slide in slides}
    there = set(session.scalars(select(Asset.id).where(Asset.id.in_(wanted)))) if wanted else set()
    for position, slide in enumerate(slides, start=1):
        if slide.asset_id not in there:
            raise UnknownSlideAsset(position=position)


def _slides(session: Session, draft: PlaylistDraft, kept: dict[str, Slide]) -> list[Slide]:
    unsaid = {slide.asset_id for slide in draft.slides if slide.fit is None}
    kinds = dict(session.execute(select(Asset.id, Asset.kind).where(Asset.id.in_(unsaid))).all())
    return [
        _slide(wanted, wanted.fit or FIT_OF[kinds[wanted.asset_id]], kept.get(wanted.id or ""), position)
        for position, wanted in enumerate(draft.slides)
    ]


def _slide(draft: SlideDraft, fit: Fit, kept: Slide | None, position: int) -> Slide:
    slide = kept or Slide(id=new_id("sld"))
    slide.position = position
    slide.asset_id, slide.duration_ms = draft.asset_id, draft.duration_ms
    slide.fit, slide.transition = fit, draft.transition
    slide.focus_x, slide.focus_y = draft.focus
    return slide
