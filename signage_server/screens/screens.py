"""Screens as operators know them: named, put somewhere, moved, taken down.

What boards prove of themselves is in `state`, how they become screens in `pairing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock, zone_names
from signage_server.db import Database, next_version
from signage_server.errors import Invalid, NotFound
from signage_server.screens.models import RemovedScreen, Screen
from signage_server.screens.tagging import put_tags
from signage_server.screens.tags import tidy_tags
from signage_server.screens.tokens import ScreenTokens

Forget = Callable[[Session, str], None]
"""Takes a screen that is going out of what refers to it. Rooms above this one know, so it is handed in."""


@dataclass(frozen=True)
class ScreenDraft:
    """What operators decide about a screen."""

    name: str
    place: str
    zone: str
    unit_id: str
    fallback_playlist_id: str | None
    tags: tuple[str, ...] = ()
    """Labels, each once whatever its case, in alphabetical order."""


class UnknownScreen(NotFound):
    """No screen has this id."""

    code = "unknown_screen"
    vi = "Không tìm thấy màn hình này. Có thể nó đã bị gỡ; hãy tải lại trang."
    en = "This screen does not exist. It may have been removed; reload the page."


class UnknownZone(Invalid):
    """Not the name of a time zone."""

    code = "unknown_zone"
    vi = "Không có múi giờ “{zone}”. Ví dụ đúng: Asia/Ho_Chi_Minh."
    en = "No time zone is called “{zone}”. A right one is Asia/Ho_Chi_Minh."


class UnknownFallback(Invalid):
    """The playlist that a screen should show while nothing is scheduled does not exist."""

    code = "unknown_fallback"
    vi = "Danh sách phát dự phòng không còn nữa. Hãy chọn danh sách khác."
    en = "The playlist chosen for the time when nothing is scheduled is gone. Choose another one."


class Screens:
    """What operators do with screens that have been claimed."""

    def __init__(self, db: Database, clock: Clock, tokens: ScreenTokens, forget: Forget) -> None:
        self._db = db
        self._clock = clock
        self._tokens = tokens
        self._forget = forget

    def change(self, who: str, screen_id: str, started_from: str | None, changes: Mapping[str, Any]) -> None:
        """Set the given fields of `ScreenDraft`; `started_from` is the etag the editor saw.

        Raises:
            UnknownScreen: there is none with this id.
            Stale: somebody else has edited it since.
            UnknownZone, NoSuchUnit, UnknownFallback: the changes name something that is not there.
        """
        with self._db.write() as session:
            screen = find(session, screen_id)
            next_version(screen, started_from)
            before = draft_of(screen)
            wanted = tidy(replace(before, **changes))
            _check(session, wanted)
            _put(session, screen, wanted)
            audit.record(
                session, who, "screen.update", screen_id, facts_of(before), facts_of(wanted), at=self._clock()
            )

    def delete(self, who: str, screen_id: str, started_from: str | None) -> None:
        """Take a screen down: its tokens are revoked, and remembered so that the board can be told.

        What it played stays in the reports, under its name.

        Raises:
            UnknownScreen: there is none with this id.
            Stale: somebody else has edited it since.
        """
        with self._db.write() as session:
            screen = find(session, screen_id)
            next_version(screen, started_from)
            self._tokens.revoke(session, screen_id)
            self._forget(session, screen_id)
            audit.record(
                session, who, "screen.delete", screen_id, facts_of(draft_of(screen)), None, at=self._clock()
            )
            gone = {"id": screen.id, "name": screen.name, "place": screen.place, "zone": screen.zone}
            session.add(RemovedScreen(**gone, removed_at=self._clock()))
            session.delete(screen)


def find(session: Session, screen_id: str) -> Screen:
    """The screen's row in this session.

    Raises:
        UnknownScreen: there is none with this id.
    """
    screen = session.get(Screen, screen_id)
    if screen is None:
        raise UnknownScreen()
    return screen


def draft_of(screen: Screen) -> ScreenDraft:
    """What operators have decided about the screen so far; needs the session that the row came from."""
    return ScreenDraft(
        screen.name,
        screen.place,
        screen.zone,
        screen.unit_id,
        screen.fallback_playlist_id,
        tuple(row.tag for row in screen.tags),
    )


def tidy(draft: ScreenDraft) -> ScreenDraft:
    """The draft as it is kept: each tag once.

    Raises:
        TagWrong: one is empty or too long.
        TooManyTags: there are more than a screen can have.
    """
    return replace(draft, tags=tidy_tags(draft.tags))


def facts_of(draft: ScreenDraft) -> dict[str, Any]:
    """The screen as the audit trail keeps it."""
    return vars(draft) | {"tags": list(draft.tags)}


def _check(session: Session, draft: ScreenDraft) -> None:
    if draft.zone not in zone_names():
        raise UnknownZone(zone=draft.zone)
    check_unit(session, draft.unit_id)


def _put(session: Session, screen: Screen, draft: ScreenDraft) -> None:
    for field, value in vars(draft).items():
        if field != "tags":
            setattr(screen, field, value)
    put_tags(screen, draft.tags)
    try:
        session.flush()
    except IntegrityError as broken:
        # Playlists are a room beside this one: only the foreign key knows them, and the unit has been checked.
        raise UnknownFallback() from broken
