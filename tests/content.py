"""Makers of content: assets that are ready, playlists and schedules, put straight into the database."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from signage_server.db import Database, new_id
from signage_server.library.models import Asset, Rendition
from signage_server.library.naming import search_key
from signage_server.playlists.playlists import PlaylistDraft, SlideDraft
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.specs import ScheduleDraft
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms
from tests.factories import NOON

ADMIN = "usr_admin"
FIRST_DAY = date(2026, 3, 1)
WORKING_HOURS = Window(7 * 60, 19 * 60)


def root_of(rooms: Rooms) -> str:
    """The id of the root unit."""
    return rooms.units.root().id


def add_asset(rooms: Rooms, name: str = "Đeo khẩu trang", **fields: Any) -> str:
    """A picture that is ready for both usual profiles; its id."""
    asset_id = new_id("ast")
    known = {
        "kind": "image",
        "source_sha256": _hash(asset_id),
        "source_bytes": 1000,
        "source_type": "image/png",
        "width": 1920,
        "height": 1080,
        "state": "ready",
        "name_key": search_key(name),
        "created_at": NOON,
    }
    asset = Asset(id=asset_id, unit_id=root_of(rooms), name=name, **known | fields)
    for profile in ("1920x1080", "1080x1920", "thumbnail"):
        width, height = (320, 180) if profile == "thumbnail" else map(int, profile.split("x"))
        asset.renditions.append(
            Rendition(
                profile=profile,
                sha256=_hash(asset_id + profile),
                type="image/webp",
                size_bytes=1234,
                width=width,
                height=height,
            )
        )
    with rooms.db.write() as session:
        session.add(asset)
    return asset_id


def add_playlist(rooms: Rooms, name: str = "Sảnh chính", assets: Sequence[str] = (), **slide: Any) -> str:
    """A playlist that shows these assets (one new one, if none are named) for ten seconds each; its id."""
    slides = tuple(SlideDraft(asset, **slide) for asset in assets or [add_asset(rooms)])
    return rooms.playlists.create(ADMIN, PlaylistDraft(name, slides, root_of(rooms)))


def schedule_draft(rooms: Rooms, playlist_id: str | None, **fields: Any) -> ScheduleDraft:
    """A rotation on all screens, all day, from FIRST_DAY on."""
    known = {"name": "Vòng chính", "unit_id": root_of(rooms), "role": "rotation", "rule": DateRule(FIRST_DAY)}
    return ScheduleDraft(playlist_id=playlist_id, **known | fields)


def add_schedule(rooms: Rooms, playlist_id: str | None, **fields: Any) -> str:
    """Such a schedule, kept; its id."""
    return rooms.schedules.create(ADMIN, schedule_draft(rooms, playlist_id, **fields))


def add_screen(db: Database, unit_id: str, name: str = "Thang máy A", **fields: Any) -> str:
    """A screen that has been claimed; its id."""
    screen_id = new_id("scr")
    known = {"zone": "Asia/Ho_Chi_Minh", "profile": "1920x1080", "created_at": NOON}
    with db.write() as session:
        session.add(Screen(id=screen_id, unit_id=unit_id, name=name, **known | fields))
    return screen_id


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
