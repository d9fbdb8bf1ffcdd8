"""From an upload to renditions, through the real worker process."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from signage_server.app import create_app
from signage_server.errors import Stale, say
from signage_server.library.library import ALWAYS_NAMES, Taken, UnknownAsset
from signage_server.library.notices import Notice
from signage_server.library.preparing import NoticeRefused
from signage_server.library.refusals import EmptyFile, Refused, UnknownType
from signage_server.web.live import clean_up
from signage_server.web.rooms import Rooms
from tests.factories import make_app, prepare_all, rooms_of, running, settings_for
from tests.library.hostile import photo, saved

PICTURE = saved(photo(2400, 1600), "PNG")
NOTICE = Notice(template="reminder", headline="Bluetooth đã bật chưa?", issuer="UBND tỉnh Kiên Giang")


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield _prepared(app)


def _prepared(app: APIFlask) -> Rooms:
    rooms = rooms_of(app)
    rooms.store.prepare()
    return rooms


def _upload(rooms: Rooms, data: bytes = PICTURE, name: str = "Áp phích.png") -> Taken:
    file = rooms.store.receive()
    file.write(data)
    return rooms.library.upload("tests", rooms.units.root().id, file, name)


def _profiles(rooms: Rooms, asset_id: str) -> set[str]:
    return {rendition.profile for rendition in rooms.library.get(asset_id).renditions}


def test_an_upload_waits_then_is_ready_for_every_usual_board(rooms: Rooms) -> None:
    taken = _upload(rooms)
    assert rooms.library.get(taken.asset_id).state == "processing"
    prepare_all(rooms)
    asset = rooms.library.get(taken.asset_id)
    assert (asset.state, asset.width, asset.height) == ("ready", 2400, 1600)
    assert _profiles(rooms, asset.id) == {*ALWAYS_NAMES, "thumbnail"}


def test_every_rendition_is_a_whole_file_under_its_hash(rooms: Rooms) -> None:
    taken = _upload(rooms)
    prepare_all(rooms)
    for rendition in rooms.library.get(taken.asset_id).renditions:
        path = rooms.store.served(rendition.sha256)
        assert path is not None
        data = path.read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (rendition.sha256, rendition.size_bytes)
        assert data != PICTURE


def test_the_same_content_is_the_same_asset(rooms: Rooms) -> None:
    first, second = _upload(rooms), _upload(rooms, name="again.png")
    assert (first.new, second.new) == (True, False)
    assert first.asset_id == second.asset_id


def test_a_new_kind_of_board_gets_renditions_of_what_there_is_and_will_be(rooms: Rooms) -> None:
    before = _upload(rooms)
    prepare_all(rooms)
    rooms.preparing.need_profiles({"1280x720-jpeg"})
    after = _upload(rooms, saved(photo(800, 600), "JPEG"))
    prepare_all(rooms)
    for taken in (before, after):
        assert "1280x720-jpeg" in _profiles(rooms, taken.asset_id)


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", EmptyFile), (b"%PDF-1.7", UnknownType), (b"GIF89a", UnknownType)]
)
def test_what_cannot_be_a_picture_is_refused_at_the_door(
    rooms: Rooms, data: bytes, reason: type[Refused]
) -> None:
    with pytest.raises(reason):
        _upload(rooms, data)
    assert list(rooms.store.tmp.iterdir()) == []
    assert list(rooms.store.finals()) == []


def test_a_broken_picture_fails_in_words_and_leaves_no_file(rooms: Rooms) -> None:
    taken = _upload(rooms, PICTURE[: len(PICTURE) // 2])
    prepare_all(rooms)
    asset = rooms.library.get(taken.asset_id)
    assert asset.state == "failed"
    assert asset.failure is not None
    assert "hỏng" in say(asset.failure["code"], asset.failure["facts"], "vi")
    assert list(rooms.store.finals()) == []


def test_what_has_failed_may_be_sent_again(rooms: Rooms) -> None:
    first = _upload(rooms, PICTURE[:5000])
    prepare_all(rooms)
    again = _upload(rooms, PICTURE[:5000])
    assert again.new
    with pytest.raises(UnknownAsset):
        rooms.library.get(first.asset_id)


def test_work_that_a_crash_cut_off_is_taken_up_again(tmp_path: Path) -> None:
    with running(make_app(tmp_path)) as app:
        taken = _upload(_prepared(app))
    with running(create_app(settings_for(tmp_path))) as app:
        rooms_of(app).preparing.start()
        rooms_of(app).preparing.stop()
        assert rooms_of(app).library.get(taken.asset_id).state == "ready"


def test_what_another_process_brings_is_prepared_by_the_running_server(tmp_path: Path) -> None:
    with running(make_app(tmp_path)) as app, running(create_app(settings_for(tmp_path))) as beside:
        serving = _prepared(app)
        serving.preparing.start()
        taken = _upload(_prepared(beside))
        serving.preparing.look()
        serving.preparing.look()  # many edits in a row
        serving.preparing.stop()
        assert serving.library.get(taken.asset_id).state == "ready"


def test_a_notice_is_typeset_for_each_shape(rooms: Rooms) -> None:
    taken = rooms.library.add_notice("tests", rooms.units.root().id, NOTICE, "Nhắc bật Bluetooth")
    prepare_all(rooms)
    asset = rooms.library.get(taken.asset_id)
    sizes = {rendition.profile: (rendition.width, rendition.height) for rendition in asset.renditions}
    assert sizes["1920x1080"] == (1920, 1080)
    assert sizes["1080x1920"] == (1080, 1920)
    assert asset.alt.startswith("Bluetooth đã bật chưa?")


def test_rewriting_a_notice_keeps_its_id_and_changes_its_pictures_at_once(rooms: Rooms) -> None:
    taken = rooms.library.add_notice("tests", rooms.units.root().id, NOTICE, "Nhắc")
    prepare_all(rooms)
    before = {
        rendition.profile: rendition.sha256 for rendition in rooms.library.get(taken.asset_id).renditions
    }
    other = NOTICE.model_copy(update={"headline": "Bluezone đã mở chưa?"})
    rooms.preparing.rewrite("tests", taken.asset_id, None, other, "Nhắc mở")
    asset = rooms.library.get(taken.asset_id)
    after = {rendition.profile: rendition.sha256 for rendition in asset.renditions}
    assert asset.state == "ready"
    assert asset.name == "Nhắc mở"
    assert before.keys() == after.keys()
    assert all(before[profile] != after[profile] for profile in before)


def test_rewriting_from_an_old_version_changes_nothing(rooms: Rooms) -> None:
    taken = rooms.library.add_notice("tests", rooms.units.root().id, NOTICE, "Nhắc")
    prepare_all(rooms)
    with pytest.raises(Stale):
        rooms.preparing.rewrite("tests", taken.asset_id, "v0", NOTICE, "Khác")
    assert rooms.library.get(taken.asset_id).name == "Nhắc"


def test_a_preview_is_a_picture_and_keeps_nothing(rooms: Rooms) -> None:
    assert rooms.preparing.preview(NOTICE, "1080x1920")[8:12] == b"WEBP"
    assert list(rooms.store.finals()) == []
    assert list(rooms.store.tmp.iterdir()) == []


def test_a_notice_that_has_no_room_is_refused_in_words(rooms: Rooms) -> None:
    long = NOTICE.model_copy(update={"headline": "~".join(["Nghiêng"] * 14)})
    with pytest.raises(NoticeRefused) as refused:
        rooms.preparing.preview(long, "1920x1080")
    code, facts = refused.value.told
    assert "dài" in say(code, dict(facts), "vi")


def test_deleting_an_asset_lets_its_files_go_after_a_day(rooms: Rooms) -> None:
    taken = _upload(rooms)
    prepare_all(rooms)
    rooms.library.delete("tests", taken.asset_id, None)
    assert rooms.library.named_files() == set()
    assert len(list(rooms.store.finals())) == 4


def test_names_are_found_without_diacritics(rooms: Rooms) -> None:
    _upload(rooms, name="Cài đặt Bluezone.png")
    with rooms.db.read() as session:
        for words, count in (("cai dat", 1), ("BLUEZONE cài", 1), ("phich", 0), ("%", 0)):
            assert len(session.scalars(rooms.library.query(words=words)).all()) == count, words


def test_what_nobody_needs_is_swept_in_the_background(rooms: Rooms) -> None:
    """The clean-up job takes old litter and leaves every file that a row names."""
    _upload(rooms)
    prepare_all(rooms)
    litter = rooms.store.receive()
    litter.finish()
    for path in (litter.path, *rooms.store.finals()):
        os.utime(path, (0, 0))
    kept = set(rooms.store.finals())
    clean_up(rooms)
    assert set(rooms.store.finals()) == kept
    assert list(rooms.store.tmp.iterdir()) == []
