import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from signage_server import home, installing
from signage_server.app import create_app
from signage_server.archive import BackupDamaged, BackupExists, HomeInUse, NotABackup, backup, restore
from signage_server.library.models import Asset, Rendition
from signage_server.screens.said import Capabilities
from signage_server.web.rooms import Rooms
from tests.factories import NOON, TestClock, rooms_of, running, settings_for

DEVICE = "ab" * 32


def installation(place: Path) -> Iterator[Rooms]:
    with running(create_app(settings_for(place, host="127.0.0.1"), clock=TestClock())) as app:
        installing.prepare(rooms_of(app))
        yield rooms_of(app)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    """An installation with a picture and a paired board."""
    for rooms in installation(tmp_path / "old"):
        add_picture(rooms, b"the original", b"the rendition")
        yield rooms


def add_picture(rooms: Rooms, original: bytes, rendition: bytes) -> None:
    def keep(content: bytes, take: Callable[[Path, str], None]) -> str:
        incoming = rooms.store.receive()
        incoming.write(content)
        incoming.finish()
        take(incoming.path, incoming.sha256)
        return incoming.sha256

    source = keep(original, rooms.store.keep_original)
    served = keep(rendition, lambda path, sha256: rooms.store.keep_served(path, sha256, "image/webp"))
    root = rooms.units.root()
    with rooms.db.write() as session:
        asset = Asset(
            id="ast_aaaaaaaaaaaa",
            unit_id=root.id,
            kind="image",
            name="Rửa tay",
            name_key="rua tay",
            source_sha256=source,
            source_bytes=len(original),
            source_type="image/png",
            state="ready",
            created_at=NOON,
        )
        asset.renditions = [
            Rendition(
                profile="1920x1080",
                sha256=served,
                type="image/webp",
                size_bytes=len(rendition),
                width=1920,
                height=1080,
            )
        ]
        session.add(asset)


def paired_board(rooms: Rooms) -> str:
    """The token of a board that has been paired."""

    def ask() -> dict[str, Any]:
        return rooms.pairing.ask(DEVICE, Capabilities(width=1920, height=1080), "", "", "http://x")

    rooms.pairing.claim(ask()["code"], "Thang máy", who="test")
    return str(ask()["token"])


def contents(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as tar:
        return {member.name: packed.read() for member in tar if (packed := tar.extractfile(member))}


def pack(file: Path, entries: dict[str, bytes]) -> None:
    with tarfile.open(file, "w") as tar:
        for name, content in entries.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_an_installation_goes_on_elsewhere(rooms: Rooms, tmp_path: Path) -> None:
    token = paired_board(rooms)
    screen_id = rooms.screen_tokens.screen_of(token)
    saved = backup(rooms, tmp_path / "all.tar")
    assert saved.size_bytes == (tmp_path / "all.tar").stat().st_size
    assert (tmp_path / "all.tar").stat().st_mode & 0o777 == 0o600

    restore(settings_for(tmp_path / "new"), tmp_path / "all.tar")

    for again in installation(tmp_path / "new"):
        assert again.screen_tokens.screen_of(token) == screen_id, "the board goes on without pairing again"
        assert home.port_of(again.settings) == home.port_of(rooms.settings)
        for name in ("ca.crt", "ca.key"):
            assert (again.settings.keys / name).read_bytes() == (rooms.settings.keys / name).read_bytes()
        with again.db.read() as session:
            rendition = session.scalars(select(Rendition)).one()
        served = again.store.served(rendition.sha256)
        assert served is not None
        assert served.read_bytes() == b"the rendition"


def test_restored_secrets_are_for_their_owner_alone(rooms: Rooms, tmp_path: Path) -> None:
    backup(rooms, tmp_path / "all.tar")
    restore(settings_for(tmp_path / "new"), tmp_path / "all.tar")
    for name, mode in {"keys": 0o700, "keys/ca.key": 0o600, "signage.db": 0o600}.items():
        assert (tmp_path / "new" / name).stat().st_mode & 0o777 == mode, name


def test_a_backup_holds_what_the_database_names_and_no_more(rooms: Rooms, tmp_path: Path) -> None:
    stray = rooms.store.receive()
    stray.write(b"nobody's")
    stray.finish()
    rooms.store.keep_original(stray.path, stray.sha256)
    home.keep_setup_link(rooms.settings, "http://localhost/setup#secret")
    backup(rooms, tmp_path / "all.tar")
    packed = contents(tmp_path / "all.tar")
    media = [name for name in packed if name.startswith("media/")]
    assert sorted(packed[name] for name in media) == [b"the original", b"the rendition"]
    assert set(packed) - set(media) == {
        "backup.json",
        "signage.db",
        "home.json",
        "keys/ca.crt",
        "keys/ca.key",
    }


def test_it_can_be_made_while_somebody_writes(rooms: Rooms, tmp_path: Path) -> None:
    asset_fields = fields_of_an_asset(rooms)
    with rooms.db.write() as session:
        session.add(Asset(**asset_fields))
        session.flush()
        backup(rooms, tmp_path / "all.tar")
    restore(settings_for(tmp_path / "new"), tmp_path / "all.tar")
    for again in installation(tmp_path / "new"):
        with again.db.read() as session:
            assert session.get(Asset, "ast_bbbbbbbbbbbb") is None, "what was not committed is not in it"


def fields_of_an_asset(rooms: Rooms) -> dict[str, Any]:
    return {
        "id": "ast_bbbbbbbbbbbb",
        "unit_id": rooms.units.root().id,
        "kind": "image",
        "name": "x",
        "name_key": "x",
        "source_sha256": "0" * 64,
        "source_bytes": 1,
        "source_type": "image/png",
        "created_at": NOON,
    }


def test_a_damaged_library_is_not_backed_up_silently(rooms: Rooms, tmp_path: Path) -> None:
    next(path for path in rooms.store.finals() if path.suffix == ".webp").write_bytes(b"the rendition, bent")
    with pytest.raises(BackupDamaged, match="media/served/"):
        backup(rooms, tmp_path / "all.tar")
    assert list(tmp_path.glob("*all.tar*")) == []


def test_a_backup_never_takes_the_place_of_a_file(rooms: Rooms, tmp_path: Path) -> None:
    (tmp_path / "all.tar").write_bytes(b"the only good one")
    with pytest.raises(BackupExists, match=r"all\.tar"):
        backup(rooms, tmp_path / "all.tar")
    assert (tmp_path / "all.tar").read_bytes() == b"the only good one"


def test_nothing_is_restored_over_an_installation(rooms: Rooms, tmp_path: Path) -> None:
    backup(rooms, tmp_path / "all.tar")
    with pytest.raises(HomeInUse):
        restore(rooms.settings, tmp_path / "all.tar")


def bend_media(packed: dict[str, bytes]) -> None:
    name = next(name for name in packed if name.startswith("media/"))
    packed[name] = b"other"


def drop_media(packed: dict[str, bytes]) -> None:
    del packed[next(name for name in packed if name.startswith("media/"))]


def bend_database(packed: dict[str, bytes]) -> None:
    packed["signage.db"] = packed["signage.db"][:-1]


def name_a_place_outside(packed: dict[str, bytes]) -> None:
    listing = json.loads(packed["backup.json"])
    listing["files"]["media/../../outside"] = hashlib.sha256(b"x").hexdigest()
    packed["backup.json"] = json.dumps(listing).encode()
    packed["media/../../outside"] = b"x"


def come_from_the_future(packed: dict[str, bytes]) -> None:
    packed["backup.json"] = packed["backup.json"].replace(b'"format": 1', b'"format": 2')


def garble_the_listing(packed: dict[str, bytes]) -> None:
    packed["backup.json"] = b'{"format": 1, "files": ['


def lose_the_listing(packed: dict[str, bytes]) -> None:
    del packed["backup.json"]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (bend_media, BackupDamaged),
        (drop_media, BackupDamaged),
        (bend_database, BackupDamaged),
        (name_a_place_outside, NotABackup),
        (come_from_the_future, NotABackup),
        (garble_the_listing, NotABackup),
        (lose_the_listing, NotABackup),
    ],
)
def test_a_spoiled_backup_is_refused_and_leaves_nothing(
    rooms: Rooms, tmp_path: Path, spoil: Callable[[dict[str, bytes]], None], error: type[Exception]
) -> None:
    backup(rooms, tmp_path / "all.tar")
    packed = contents(tmp_path / "all.tar")
    spoil(packed)
    pack(tmp_path / "spoiled.tar", packed)
    with pytest.raises(error):
        restore(settings_for(tmp_path / "new"), tmp_path / "spoiled.tar")
    assert list((tmp_path / "new").iterdir()) == []
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 2048])
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter.tar").write_bytes(content)
    with pytest.raises(NotABackup):
        restore(settings_for(tmp_path / "new"), tmp_path / "letter.tar")


def test_a_link_in_a_backup_is_not_followed(rooms: Rooms, tmp_path: Path) -> None:
    backup(rooms, tmp_path / "all.tar")
    packed = contents(tmp_path / "all.tar")
    (tmp_path / "outside").write_bytes(packed["keys/ca.key"])
    with tarfile.open(tmp_path / "spoiled.tar", "w") as tar:
        for name, content in packed.items():
            entry = tarfile.TarInfo(name)
            if name == "keys/ca.key":
                entry.type, entry.linkname = tarfile.SYMTYPE, str(tmp_path / "outside")
                tar.addfile(entry)
            else:
                entry.size = len(content)
                tar.addfile(entry, io.BytesIO(content))
    with pytest.raises((BackupDamaged, NotABackup)):
        restore(settings_for(tmp_path / "new"), tmp_path / "spoiled.tar")
