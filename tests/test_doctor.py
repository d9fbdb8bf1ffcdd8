import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage_server import doctor, installing
from signage_server.app import create_app
from signage_server.doctor import DatabaseBroken, DiskLow, FileDamaged, FileMissing, FileStray
from signage_server.web.rooms import Rooms
from tests.factories import TestClock, rooms_of, running, settings_for
from tests.test_archive import add_picture


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    """An installation with one picture."""
    with running(create_app(settings_for(tmp_path, host="127.0.0.1"), clock=TestClock())) as app:
        installing.prepare(rooms_of(app))
        add_picture(rooms_of(app), b"the original", b"the rendition")
        yield rooms_of(app)


def complaints(rooms: Rooms) -> list[type[Exception]]:
    return [type(complaint) for complaint in doctor.examine(rooms)]


def test_a_whole_installation_gives_no_cause_for_complaint(rooms: Rooms) -> None:
    assert complaints(rooms) == []


def test_missing_files_are_named_after_their_picture(rooms: Rooms) -> None:
    for path in rooms.store.finals():
        path.unlink()
    found = doctor.examine(rooms)
    assert [type(one) for one in found] == [FileMissing, FileMissing]
    assert "Rửa tay" in found[0].message("vi")


def test_damaged_files_are_found(rooms: Rooms) -> None:
    next(rooms.store.finals()).write_bytes(b"half")
    assert complaints(rooms) == [FileDamaged]


def test_strays_are_found_once_the_sweeper_should_have_come(rooms: Rooms) -> None:
    incoming = rooms.store.receive()
    incoming.write(b"nobody's")
    incoming.finish()
    rooms.store.keep_original(incoming.path, incoming.sha256)
    stray = rooms.store.original(incoming.sha256)
    assert stray is not None
    now = rooms.clock().timestamp()
    os.utime(stray, (now, now))
    assert complaints(rooms) == []
    os.utime(stray, (now - 49 * 3600,) * 2)
    assert complaints(rooms) == [FileStray]


def test_rows_that_point_nowhere_are_found(rooms: Rooms) -> None:
    with sqlite3.connect(rooms.settings.home / "signage.db") as raw:
        raw.execute("DELETE FROM unit")
    raw.close()
    assert set(complaints(rooms)) == {DatabaseBroken}


def test_a_full_disk_is_said_before_it_hurts(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ENOUGH_BYTES", 1 << 62)
    assert complaints(rooms) == [DiskLow]
