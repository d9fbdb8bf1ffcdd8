"""The library through its door."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from signage_server.db import new_id
from signage_server.delivery.built_in import BuiltIn
from signage_server.playlists.models import Playlist, Slide
from signage_server.web.rooms import Rooms
from tests.factories import NOON, api_client, make_app, prepare_all, rooms_of, running
from tests.library.hostile import photo, saved

PICTURE = saved(photo(2000, 1200), "JPEG")
NOTICE = {"template": "reminder", "headline": "Bluetooth đã bật chưa?", "issuer": "UBND tỉnh Kiên Giang"}


@pytest.fixture
def door(tmp_path: Path) -> Iterator[tuple[FlaskClient, Rooms]]:
    with running(make_app(tmp_path)) as app:
        rooms_of(app).store.prepare()
        yield api_client(app), rooms_of(app)


def _upload(client: FlaskClient, data: bytes = PICTURE, name: str = "Áp phích.jpg") -> Any:
    return client.post("/api/v1/assets", data={"file": (BytesIO(data), name)})


def test_an_upload_is_answered_at_once_and_becomes_ready(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    answer = _upload(client)
    assert answer.status_code == 202
    assert answer.json["state"] == "processing"
    assert answer.json["name"] == "Áp phích"
    prepare_all(rooms)
    ready = client.get(f"/api/v1/assets/{answer.json['id']}")
    assert ready.json["state"] == "ready"
    assert ready.json["thumbnail_url"].startswith("/media/")
    assert {made["profile"] for made in ready.json["renditions"]} == {"1920x1080", "1080x1920"}


def test_an_upload_sent_twice_costs_nothing(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    first, second = _upload(client), _upload(client, name="other.jpg")
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json["id"] == second.json["id"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"%PDF-1.7 ...", "file_type_unknown"), (b"PK\x03\x04....", "file_type_unknown")],
)
def test_what_is_no_picture_is_refused_in_the_callers_language(
    door: tuple[FlaskClient, Rooms], data: bytes, code: str
) -> None:
    client, rooms = door
    for language, word in (("vi", "tải lên"), ("en", "pload")):
        answer = client.post(
            "/api/v1/assets", data={"file": (BytesIO(data), "x.png")}, headers={"Accept-Language": language}
        )
        assert answer.status_code == 422
        assert answer.json["code"] == code
        assert word in answer.json["detail"]
    assert list(rooms.store.tmp.iterdir()) == []


def test_a_form_without_a_file_says_so(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    for form in ({}, {"name": "x"}, {"other": (BytesIO(PICTURE), "x.jpg")}):
        answer = client.post("/api/v1/assets", data=form, content_type="multipart/form-data")
        assert answer.status_code == 422, answer.text
        assert answer.json["code"] == "no_file"
    assert list(rooms.store.tmp.iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    answer = client.post(
        "/api/v1/assets",
        input_stream=BytesIO(b"never read"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(60 * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "50 MB" in answer.json["detail"]
    assert list(rooms.store.tmp.iterdir()) == []


def test_an_upload_that_breaks_off_leaves_nothing(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n' + PICTURE[:5000]
    answer = client.post(
        "/api/v1/assets",
        input_stream=BytesIO(body),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(len(body) + 100_000)},
    )
    assert answer.status_code >= 400
    assert list(rooms.store.tmp.iterdir()) == []
    assert list(rooms.store.finals()) == []


def test_a_failed_asset_says_why(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    asset_id = _upload(client, PICTURE[:3000]).json["id"]
    prepare_all(rooms)
    failed = client.get(f"/api/v1/assets/{asset_id}").json
    assert failed["state"] == "failed"
    assert failed["failure"]["code"] == "picture_broken"
    assert "hỏng" in failed["failure"]["detail"]


def test_a_notice_is_composed_previewed_and_rewritten(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    preview = client.post(
        "/api/v1/assets/notices/preview?profile=1080x1920", json={"name": "x", "notice": NOTICE}
    )
    assert preview.status_code == 200
    with Image.open(BytesIO(preview.data)) as picture:
        assert picture.size == (1080, 1920)
    made = client.post("/api/v1/assets/notices", json={"name": "Nhắc", "notice": NOTICE})
    assert made.status_code == 202
    prepare_all(rooms)
    etag = client.get(f"/api/v1/assets/{made.json['id']}").headers["ETag"]
    again = client.put(
        f"/api/v1/assets/{made.json['id']}/notice",
        json={"name": "Nhắc mở", "notice": NOTICE | {"headline": "Bluezone đã mở chưa?"}},
        headers={"If-Match": etag},
    )
    assert again.status_code == 200, again.text
    assert again.json["notice"]["headline"] == "Bluezone đã mở chưa?"
    assert again.json["id"] == made.json["id"]


def test_a_notice_with_a_wrong_field_is_told_which(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    answer = client.post("/api/v1/assets/notices", json={"name": "x", "notice": NOTICE | {"qr": "ftp://x"}})
    assert answer.status_code == 422
    assert any("qr" in error["path"] for error in answer.json["errors"])


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"template": "scan"}, "notice.qr"),
        ({"template": "steps"}, "notice.steps"),
        ({"qr": "https://bluezone.gov.vn"}, "notice.qr"),
        ({"body": "chữ " * 60}, "notice"),
    ],
)
def test_a_rule_that_fields_break_together_names_the_one_to_mend(
    door: tuple[FlaskClient, Rooms], wrong: dict[str, str], path: str
) -> None:
    client, _ = door
    answer = client.post("/api/v1/assets/notices", json={"name": "x", "notice": NOTICE | wrong})
    assert [error["path"] for error in answer.json["errors"]] == [path]


def test_the_built_in_notice_is_told_from_others(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    welcome = BuiltIn(rooms.db, rooms.library, "vi")
    welcome.make()
    client.post("/api/v1/assets/notices", json={"name": "Nhắc", "notice": NOTICE})
    listed = client.get("/api/v1/assets").json["items"]
    assert [item["name"] for item in listed if item["built_in"]] == ["Trang chào khi chưa có lịch"]
    assert len(listed) == 2


def test_a_notice_without_room_says_which_text_is_too_long(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    long = NOTICE | {"headline": "~".join(["Nghiêng"] * 14)}
    answer = client.post("/api/v1/assets/notices/preview", json={"name": "x", "notice": long})
    assert answer.status_code == 422
    assert answer.json["code"] == "notice_too_long"
    assert "tiêu đề" in answer.json["detail"]
    assert [error["path"] for error in answer.json["errors"]] == ["notice.headline"]


def test_changing_needs_the_version_it_was_made_from(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    asset = _upload(client)
    url = f"/api/v1/assets/{asset.json['id']}"
    assert client.patch(url, json={"name": "Mới"}).status_code == 428
    assert client.patch(url, json={"name": "Mới"}, headers={"If-Match": '"v0"'}).status_code == 412
    changed = client.patch(
        url,
        json={"name": "Mới", "alt": "Áp phích", "expires_at": "2026-12-31T17:00:00Z"},
        headers={"If-Match": asset.headers["ETag"]},
    )
    assert changed.status_code == 200, changed.text
    assert (changed.json["name"], changed.json["expires_at"]) == ("Mới", "2026-12-31T17:00:00.000Z")
    assert changed.headers["ETag"] != asset.headers["ETag"]


def test_null_means_unchanged_where_nothing_cannot_be(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    url = f"/api/v1/assets/{_upload(client).json['id']}"
    same = client.patch(url, json={"name": None, "alt": None, "expires_at": None}, headers={"If-Match": "*"})
    assert (same.status_code, same.json["name"], same.json["expires_at"]) == (200, "Áp phích", None)
    naive = client.patch(url, json={"expires_at": "2026-12-31T17:00:00"}, headers={"If-Match": "*"})
    assert naive.status_code == 422


def test_the_list_has_the_newest_first_and_finds_without_diacritics(door: tuple[FlaskClient, Rooms]) -> None:
    client, _ = door
    _upload(client, name="Cài đặt.jpg")
    client.post("/api/v1/assets/notices", json={"name": "Nhắc", "notice": NOTICE})
    assert len(client.get("/api/v1/assets").json["items"]) == 2
    assert [item["name"] for item in client.get("/api/v1/assets?q=cai%20dat").json["items"]] == ["Cài đặt"]
    assert [item["name"] for item in client.get("/api/v1/assets?kind=notice").json["items"]] == ["Nhắc"]


def test_what_a_playlist_shows_is_not_deleted_and_says_where(door: tuple[FlaskClient, Rooms]) -> None:
    client, rooms = door
    asset = _upload(client)
    unit_id = rooms.units.root().id
    with rooms.db.write() as session:
        playlist = Playlist(id=new_id("pls"), unit_id=unit_id, name="Sảnh chính", created_at=NOON)
        playlist.slides = [Slide(id=new_id("sld"), position=0, asset_id=asset.json["id"], duration_ms=10_000)]
        session.add(playlist)
    url = f"/api/v1/assets/{asset.json['id']}"
    assert client.get(url).json["used_in"] == [playlist.id]
    refused = client.delete(url, headers={"If-Match": asset.headers["ETag"]})
    assert refused.status_code == 409
    assert "Sảnh chính" in refused.json["detail"]
    with rooms.db.write() as session:
        session.delete(session.get(Playlist, playlist.id))
    assert client.delete(url, headers={"If-Match": asset.headers["ETag"]}).status_code == 204
    assert client.get(url).status_code == 404


def test_the_original_is_never_served(door: tuple[FlaskClient, Rooms]) -> None:
    _, rooms = door
    client, _ = door
    _upload(client)
    prepare_all(rooms)
    assert rooms.store.original(hashlib.sha256(PICTURE).hexdigest()) is not None
    assert rooms.store.served(hashlib.sha256(PICTURE).hexdigest()) is None
