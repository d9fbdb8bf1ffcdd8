from collections.abc import Iterator

import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.accounts.references import NoSuchUnit
from signage_server.db import etag_of
from signage_server.errors import SignageError, Stale
from signage_server.screens.models import Screen, ScreenToken
from signage_server.screens.screens import (
    ScreenDraft,
    Screens,
    UnknownFallback,
    UnknownScreen,
    UnknownZone,
    draft_of,
    find,
)
from signage_server.screens.tokens import Revoked
from tests.boards import ROOT, House
from tests.content import ADMIN


@pytest.fixture
def forgotten() -> list[str]:
    return []


@pytest.fixture
def screens(house: House, forgotten: list[str]) -> Iterator[Screens]:
    return Screens(
        house.db, house.clock, house.tokens, forget=lambda _session, screen_id: forgotten.append(screen_id)
    )


def screen_of(house: House, screen_id: str) -> Screen:
    with house.db.read() as session:
        return find(session, screen_id)


def kept(house: House, screen_id: str) -> ScreenDraft:
    with house.db.read() as session:
        return draft_of(find(session, screen_id))


def test_only_what_is_named_changes(house: House, screens: Screens) -> None:
    screen_id = house.screen("Lift A", place="Tầng 1")
    screens.change(ADMIN, screen_id, None, {"name": "Thang máy B", "zone": "Asia/Bangkok"})
    assert kept(house, screen_id) == ScreenDraft("Thang máy B", "Tầng 1", "Asia/Bangkok", ROOT, None)
    assert etag_of(screen_of(house, screen_id)) == "v2"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"zone": "Asia/Rach_Gia"}, UnknownZone),
        ({"unit_id": "unt_gone"}, NoSuchUnit),
        ({"fallback_playlist_id": "pls_gone"}, UnknownFallback),
    ],
)
def test_what_is_not_there_is_refused(
    house: House, screens: Screens, changes: dict[str, str], error: type[SignageError]
) -> None:
    screen_id = house.screen()
    with pytest.raises(error):
        screens.change(ADMIN, screen_id, None, changes)
    assert etag_of(screen_of(house, screen_id)) == "v1"


def test_whoever_saw_an_older_version_is_refused(house: House, screens: Screens) -> None:
    screen_id = house.screen()
    screens.change(ADMIN, screen_id, "v1", {"name": "Của Lan"})
    with pytest.raises(Stale):
        screens.change(ADMIN, screen_id, "v1", {"name": "Của Minh"})
    with pytest.raises(Stale):
        screens.delete(ADMIN, screen_id, "v1")
    assert screen_of(house, screen_id).name == "Của Lan"


def test_a_screen_that_is_taken_down_is_told_so(house: House, screens: Screens, forgotten: list[str]) -> None:
    screen_id, other = house.screen("A"), house.screen("B")
    token, kept = house.token_of(screen_id), house.token_of(other)
    screens.delete(ADMIN, screen_id, None)

    with pytest.raises(UnknownScreen):
        screen_of(house, screen_id)
    with pytest.raises(Revoked):
        house.tokens.screen_of(token)
    assert house.tokens.screen_of(kept) == other
    assert forgotten == [screen_id]
    with house.db.read() as session:
        assert session.scalars(
            select(ScreenToken.screen_id).where(ScreenToken.revoked_at.is_not(None))
        ).all() == [None]


def test_every_edit_leaves_a_line_in_the_trail(house: House, screens: Screens) -> None:
    screen_id = house.screen("Lift A")
    screens.change(ADMIN, screen_id, None, {"name": "Lift B"})
    screens.delete(ADMIN, screen_id, None)
    with house.db.read() as session:
        trail = session.scalars(select(AuditEntry).where(AuditEntry.object_id == screen_id)).all()
    assert [entry.action for entry in trail] == ["screen.update", "screen.delete"]
    assert [(entry.before or {})["name"] for entry in trail] == ["Lift A", "Lift B"]


def test_nobody_changes_a_screen_that_is_not_there(screens: Screens) -> None:
    with pytest.raises(UnknownScreen):
        screens.change(ADMIN, "scr_gone", None, {"name": "x"})
    with pytest.raises(UnknownScreen):
        screens.delete(ADMIN, "scr_gone", None)
