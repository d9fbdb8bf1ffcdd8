from hashlib import sha256
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.web import media_cache
from signage_server.web.media_cache import MediaCache
from signage_server.web.rooms import Rooms
from tests.factories import rooms_of

PICTURE = bytes(range(256)) * 40


@pytest.fixture
def rooms(app: APIFlask) -> Rooms:
    rooms = rooms_of(app)
    rooms.store.prepare()
    return rooms


def keep(rooms: Rooms, content: bytes, media_type: str = "image/webp") -> str:
    digest = sha256(content).hexdigest()
    written: Path = rooms.store.tmp / digest
    written.write_bytes(content)
    rooms.store.keep_served(written, digest, media_type)
    return digest


@pytest.fixture(params=["from memory", "from disk"])
def address(request: pytest.FixtureRequest, rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "from disk":
        monkeypatch.setattr(media_cache, "SMALL", 10)
    return f"/media/{keep(rooms, PICTURE)}"


def test_a_rendition_is_the_same_for_ever(stranger: FlaskClient, address: str) -> None:
    answer = stranger.get(address)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, PICTURE, "image/webp")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["ETag"] == f'"{address.removeprefix("/media/")}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    answer.close()


def test_whoever_has_it_is_not_sent_it_again(stranger: FlaskClient, address: str) -> None:
    etag = f'"{address.removeprefix("/media/")}"'
    answer = stranger.get(address, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.data) == (304, b"")
    answer.close()


@pytest.mark.parametrize(
    ("wanted", "status", "part", "said"),
    [
        ("bytes=0-9", 206, slice(0, 10), f"bytes 0-9/{len(PICTURE)}"),
        ("bytes=100-", 206, slice(100, None), f"bytes 100-{len(PICTURE) - 1}/{len(PICTURE)}"),
        ("bytes=-5", 206, slice(-5, None), f"bytes {len(PICTURE) - 5}-{len(PICTURE) - 1}/{len(PICTURE)}"),
        ("bytes=99999-", 416, None, f"bytes */{len(PICTURE)}"),
        ("lines=1-2", 200, slice(None), None),
    ],
)
def test_a_download_goes_on_where_it_broke_off(
    stranger: FlaskClient, address: str, wanted: str, status: int, part: slice | None, said: str | None
) -> None:
    answer = stranger.get(address, headers={"Range": wanted})
    assert answer.status_code == status
    assert part is None or answer.data == PICTURE[part]
    assert said is None or answer.headers["Content-Range"] == said
    answer.close()


def test_heads_have_no_body(stranger: FlaskClient, address: str) -> None:
    answer = stranger.head(address)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    answer.close()


@pytest.mark.parametrize(
    "name", ["0" * 64, "x", "..%2f..%2fsignage.db", "%2e%2e%2fsignage.db", "A" * 64, "0" * 63 + "%00"]
)
def test_nothing_else_is_ever_served(stranger: FlaskClient, rooms: Rooms, name: str) -> None:
    assert stranger.get(f"/media/{name}").status_code == 404


def test_originals_are_never_served(stranger: FlaskClient, rooms: Rooms) -> None:
    digest = sha256(PICTURE).hexdigest()
    written = rooms.store.tmp / "upload"
    written.write_bytes(PICTURE)
    rooms.store.keep_original(written, digest)
    assert stranger.get(f"/media/{digest}").status_code == 404


def test_jpeg_is_called_jpeg(stranger: FlaskClient, rooms: Rooms) -> None:
    assert stranger.get(f"/media/{keep(rooms, b'jpeg', 'image/jpeg')}").mimetype == "image/jpeg"


def test_memory_holds_what_was_asked_for_last(rooms: Rooms) -> None:
    cache = MediaCache(rooms.store, most=250)
    names = [keep(rooms, bytes([number]) * 100) for number in range(3)]
    for name in (names[0], names[1], names[0], names[2]):
        assert cache.find(name) is not None
    assert list(cache._kept) == [names[0], names[2]]
    assert cache._size == 200


def test_what_is_in_memory_needs_no_disk(rooms: Rooms) -> None:
    cache = MediaCache(rooms.store)
    name = keep(rooms, PICTURE)
    first = cache.find(name)
    path = rooms.store.served(name)
    assert path is not None
    path.unlink()
    assert cache.find(name) is first
