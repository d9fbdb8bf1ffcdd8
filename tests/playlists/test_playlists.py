from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.accounts.references import NoSuchUnit
from signage_server.db import etag_of
from signage_server.errors import Stale
from signage_server.playlists.models import Playlist, Slide
from signage_server.playlists.playlists import (
    PlaylistDraft,
    PlaylistInUse,
    SlideDraft,
    UnknownPlaylist,
    UnknownSlide,
    UnknownSlideAsset,
    draft_of,
    find,
)
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import make_app, rooms_of, running


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield rooms_of(app)


def playlist_of(rooms: Rooms, playlist_id: str) -> Playlist:
    with rooms.db.read() as session:
        return find(session, playlist_id)


def test_slides_keep_their_order_and_all_that_was_said_of_them(rooms: Rooms) -> None:
    assets = [add_asset(rooms, name) for name in ("Một", "Hai", "Ba")]
    slides = (
        SlideDraft(assets[2], 5_000, "contain", (0, 1000), "cut"),
        SlideDraft(assets[0], fit="cover"),
        SlideDraft(assets[2], 7_500, "cover"),
    )
    playlist = playlist_of(
        rooms, rooms.playlists.create(ADMIN, PlaylistDraft("Sảnh", slides, root_of(rooms)))
    )

    assert [replace(slide, id=None) for slide in draft_of(playlist).slides] == list(slides)
    assert len({slide.id for slide in playlist.slides}) == 3


def test_nothing_of_a_notice_is_cut_off_unless_somebody_says_so(rooms: Rooms) -> None:
    picture, notice = add_asset(rooms, "Ảnh"), add_asset(rooms, "Thông báo", kind="notice")
    slides = (SlideDraft(picture), SlideDraft(notice), SlideDraft(notice, fit="cover"))
    playlist = playlist_of(
        rooms, rooms.playlists.create(ADMIN, PlaylistDraft("Sảnh", slides, root_of(rooms)))
    )
    assert [slide.fit for slide in playlist.slides] == ["cover", "contain", "cover"]


def test_slides_that_stay_keep_their_ids_when_the_list_is_replaced(rooms: Rooms) -> None:
    first, second, third = (add_asset(rooms, name) for name in ("Một", "Hai", "Ba"))
    playlist_id = add_playlist(rooms, assets=[first, second])
    before = playlist_of(rooms, playlist_id)
    one, two = draft_of(before).slides

    draft = replace(
        draft_of(before), name="Sảnh mới", slides=(two, SlideDraft(third), replace(one, duration_ms=20_000))
    )
    rooms.playlists.replace(ADMIN, playlist_id, etag_of(before), draft)

    after = playlist_of(rooms, playlist_id)
    assert (after.name, [slide.asset_id for slide in after.slides]) == ("Sảnh mới", [second, third, first])
    assert [after.slides[0].id, after.slides[2].id] == [two.id, one.id]
    assert after.slides[2].duration_ms == 20_000


def test_slides_that_are_left_out_are_gone(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms, assets=[add_asset(rooms), add_asset(rooms)])
    draft = draft_of(playlist_of(rooms, playlist_id))
    rooms.playlists.replace(ADMIN, playlist_id, None, replace(draft, slides=draft.slides[:1]))
    with rooms.db.read() as session:
        assert session.scalars(select(Slide.id)).all() == [draft.slides[0].id]


def test_whoever_saw_an_older_version_is_refused_and_changes_nothing(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    seen = playlist_of(rooms, playlist_id)
    rooms.playlists.replace(ADMIN, playlist_id, etag_of(seen), replace(draft_of(seen), name="Của Lan"))
    with pytest.raises(Stale):
        rooms.playlists.replace(ADMIN, playlist_id, etag_of(seen), replace(draft_of(seen), name="Của Minh"))
    with pytest.raises(Stale):
        rooms.playlists.delete(ADMIN, playlist_id, etag_of(seen))
    assert playlist_of(rooms, playlist_id).name == "Của Lan"


def test_what_is_not_there_is_refused_with_its_place(rooms: Rooms) -> None:
    asset, root = add_asset(rooms), root_of(rooms)
    slides = (SlideDraft(asset), SlideDraft("ast_gone"))
    with pytest.raises(UnknownSlideAsset) as refused:
        rooms.playlists.create(ADMIN, PlaylistDraft("Sảnh", slides, root))
    assert refused.value.facts == {"position": 2}
    with pytest.raises(NoSuchUnit):
        rooms.playlists.create(ADMIN, PlaylistDraft("Sảnh", (), "unt_gone"))
    with pytest.raises(UnknownPlaylist):
        rooms.playlists.delete(ADMIN, "pls_gone", None)


def test_a_slide_cannot_be_taken_from_another_playlist_nor_be_there_twice(rooms: Rooms) -> None:
    mine, other = add_playlist(rooms, "Của tôi"), add_playlist(rooms, "Khác")
    draft, foreign = draft_of(playlist_of(rooms, mine)), draft_of(playlist_of(rooms, other)).slides[0]
    for slides in ((*draft.slides, foreign), draft.slides * 2):
        with pytest.raises(UnknownSlide) as refused:
            rooms.playlists.replace(ADMIN, mine, None, replace(draft, slides=slides))
        assert refused.value.facts == {"position": 2}
    assert draft_of(playlist_of(rooms, mine)) == draft


def test_a_playlist_in_use_is_kept_and_the_places_are_named(rooms: Rooms) -> None:
    playlist_id, root = add_playlist(rooms), root_of(rooms)
    schedule_id = add_schedule(rooms, playlist_id, name="Cả ngày")
    screen_id = add_screen(rooms.db, root, "Thang máy A", fallback_playlist_id=playlist_id)
    rooms.units.change(ADMIN, root, None, {"fallback_playlist_id": playlist_id})

    with pytest.raises(PlaylistInUse) as refused:
        rooms.playlists.delete(ADMIN, playlist_id, None)
    assert "lịch “Cả ngày”, màn hình “Thang máy A”, đơn vị “Tỉnh Kiên Giang”" in refused.value.message("vi")
    assert "the schedule “Cả ngày”, the screen “Thang máy A”" in refused.value.message("en")

    rooms.schedules.delete(ADMIN, schedule_id, None)
    rooms.screens.change(ADMIN, screen_id, None, {"fallback_playlist_id": None})
    rooms.units.change(ADMIN, root, None, {"fallback_playlist_id": None})
    rooms.playlists.delete(ADMIN, playlist_id, None)
    with pytest.raises(UnknownPlaylist):
        playlist_of(rooms, playlist_id)


def test_every_edit_leaves_a_line_in_the_trail_and_moves_the_revision(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms, "Sảnh")
    revision = rooms.db.revision()
    rooms.playlists.replace(
        ADMIN, playlist_id, None, replace(draft_of(playlist_of(rooms, playlist_id)), name="Mới")
    )
    rooms.playlists.delete(ADMIN, playlist_id, None)
    with rooms.db.read() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.object_id == playlist_id)).all()
    assert [entry.action for entry in entries] == ["playlist.create", "playlist.update", "playlist.delete"]
    names = [
        (entry.before and entry.before["name"], entry.after and entry.after["name"]) for entry in entries
    ]
    assert names == [(None, "Sảnh"), ("Sảnh", "Mới"), ("Mới", None)]
    assert rooms.db.revision() == revision + 2
