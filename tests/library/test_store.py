"""Files come into being whole, and go only when nobody needs them."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from signage_server.library.store import LITTER_AFTER, UNUSED_AFTER, Store
from tests.factories import NOON


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "media")
    store.prepare()
    return store


def _age(path: Path, by: timedelta) -> None:
    then = (NOON - by).timestamp()
    os.utime(path, (then, then))


def _keep(store: Store, data: bytes) -> str:
    file = store.receive()
    file.write(data)
    file.finish()
    store.keep_original(file.path, file.sha256)
    return file.sha256


def test_an_upload_is_counted_and_hashed_while_it_is_written(store: Store) -> None:
    file = store.receive()
    for piece in (b"Blue", b"zone"):
        file.write(piece)
    file.finish()
    assert (file.size_bytes, file.head) == (8, b"Bluezone")
    assert file.sha256 == hashlib.sha256(b"Bluezone").hexdigest()
    assert file.path.read_bytes() == b"Bluezone"


def test_a_kept_file_stands_under_its_hash_and_nowhere_else(store: Store) -> None:
    sha256 = _keep(store, b"poster")
    path = store.original(sha256)
    assert path is not None
    assert path.read_bytes() == b"poster"
    assert list(store.tmp.iterdir()) == []


def test_a_discarded_upload_leaves_nothing(store: Store) -> None:
    file = store.receive()
    file.write(b"half a pic")
    file.discard()
    assert list(store.tmp.iterdir()) == []


def test_originals_are_never_among_the_served(store: Store) -> None:
    assert store.served(_keep(store, b"poster")) is None


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "/.."])
def test_only_a_hash_is_looked_for(store: Store, name: str) -> None:
    assert store.served(name) is None


def test_the_folders_are_for_the_server_alone(store: Store) -> None:
    assert store.tmp.stat().st_mode & 0o077 == 0


def test_sweeping_takes_old_litter_and_leaves_what_is_being_written(store: Store) -> None:
    old, fresh = store.receive(), store.receive()
    old.finish()
    fresh.finish()
    _age(old.path, LITTER_AFTER + timedelta(seconds=1))
    _age(fresh.path, LITTER_AFTER - timedelta(seconds=1))
    assert store.sweep(set(), NOON) == 1
    assert list(store.tmp.iterdir()) == [fresh.path]


def test_sweeping_leaves_what_rows_name_however_old(store: Store) -> None:
    named, unnamed = _keep(store, b"named"), _keep(store, b"unnamed")
    for sha256 in (named, unnamed):
        path = store.original(sha256)
        assert path is not None
        _age(path, UNUSED_AFTER + timedelta(days=400))
    assert store.sweep({named}, NOON) == 1
    assert store.original(named) is not None
    assert store.original(unnamed) is None


def test_a_released_file_stays_for_a_day(store: Store) -> None:
    sha256 = _keep(store, b"yesterday's")
    path = store.original(sha256)
    assert path is not None
    _age(path, timedelta(days=30))
    store.release([sha256])
    released = path.stat().st_mtime
    assert released > (NOON - timedelta(days=30)).timestamp()
