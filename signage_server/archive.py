"""One file that holds an installation: `backup` while the server runs, `restore` on this or another machine.

A plain tar: `backup.json` names every file with its SHA-256, then come the database, keys and port, then the media
that the database names. Boards know their server by its address and by tokens whose hashes are in the database, so
that they go on without pairing again.
"""

import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ValidationError

from signage_server import __version__, home
from signage_server.config import Settings
from signage_server.db import Database
from signage_server.errors import Conflict, Invalid
from signage_server.library.library import Library
from signage_server.web.rooms import Rooms

FORMAT = 1
_CONTENTS = "backup.json"
_CHUNK = 1024 * 1024


class HomeInUse(Conflict):
    """There is an installation where the backup should go."""

    code = "home_in_use"
    vi = (
        "Thư mục {home} đã có dữ liệu. Hãy khôi phục vào thư mục trống, ví dụ: "
        "SIGNAGE_HOME=/srv/signage signage-server restore …"
    )
    en = (
        "The folder {home} already holds an installation. Restore into an empty one, for example: "
        "SIGNAGE_HOME=/srv/signage signage-server restore …"
    )


class NotABackup(Invalid):
    """The file is no backup, or one of a newer version."""

    code = "not_a_backup"
    vi = "Tệp {file} không phải là bản sao lưu mà phiên bản này đọc được."
    en = "The file {file} is no backup that this version can read."


class BackupDamaged(Invalid):
    """A file is not what its hash says."""

    code = "backup_damaged"
    vi = "Tệp “{name}” bị hỏng hoặc thiếu, nên việc này dừng lại và không để lại gì. Hãy dùng bản sao lưu khác."
    en = "The file “{name}” is damaged or missing, so nothing was done. Use another backup."


class BackupExists(Conflict):
    """There is a file of this name already; it may be the only good backup."""

    code = "backup_exists"
    vi = "Đã có tệp {file}. Hãy đặt tên khác, ví dụ thêm ngày vào tên."
    en = "There is already a file {file}. Choose another name, for example with the date in it."


class _Contents(BaseModel):
    """What `backup.json` says."""

    format: int
    version: str
    made_at: datetime
    files: dict[str, str]
    """The SHA-256 of each, by its place in a home."""


@dataclass(frozen=True)
class Saved:
    """What a backup holds."""

    files: int
    size_bytes: int


def backup(rooms: Rooms, target: Path) -> Saved:
    """Write everything to `target`, whole or not at all; the file is readable by its owner alone.

    Raises:
        BackupExists: the file is there already; it is left as it is.
        BackupDamaged: a file in the media library is not what its name says; `doctor` tells more.
    """
    if target.exists():
        raise BackupExists(file=target)
    with tempfile.TemporaryDirectory(dir=rooms.store.tmp) as folder, _whole_file(target) as file:
        snapshot = Path(folder) / "signage.db"
        _copy_database(home.database_file(rooms.settings), snapshot)
        small = {"signage.db": snapshot, **_small_files(rooms.settings)}
        media = _media(rooms, snapshot)
        with tarfile.open(fileobj=file, mode="w") as tar:
            _add_contents(tar, rooms, small, media)
            for name, path in {**small, **media}.items():
                _add(tar, name, path)
        return Saved(len(small) + len(media), file.tell())


def restore(settings: Settings, source: Path) -> None:
    """Make an installation out of a backup; what goes wrong leaves nothing behind.

    Raises:
        HomeInUse: there is one already.
        NotABackup, BackupDamaged: the file cannot be used.
    """
    if _is_used(settings):
        raise HomeInUse(home=settings.home)
    settings.home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.home, prefix=".restore-") as folder:
        staged = Path(folder)
        names = _unpack(source, staged)
        _check_database(staged / "signage.db")
        # The database comes last: with it there is an installation.
        for name in sorted(names, key=lambda name: name == "signage.db"):
            _put(staged / name, settings.home / name)
    home.make_folders(settings)


def _is_used(settings: Settings) -> bool:
    file = home.database_file(settings)
    return file.exists() and file.stat().st_size > 0


def _copy_database(live: Path, copy: Path) -> None:
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _small_files(settings: Settings) -> dict[str, Path]:
    files = [home.facts_file(settings), *sorted(settings.keys.iterdir())]
    return {str(file.relative_to(settings.home)): file for file in files}


def _media(rooms: Rooms, snapshot: Path) -> dict[str, Path]:
    """The media that the copied database names, by their place in a home."""
    db = Database(f"sqlite:///{snapshot}")
    try:
        named = Library(db, rooms.clock, rooms.store).named_files()
    finally:
        db.close()
    root = rooms.settings.home
    return {str(path.relative_to(root)): path for path in sorted(rooms.store.finals()) if path.stem in named}


def _add_contents(tar: tarfile.TarFile, rooms: Rooms, small: dict[str, Path], media: dict[str, Path]) -> None:
    hashes = {name: _hash(path) for name, path in small.items()}
    hashes |= {name: path.stem for name, path in media.items()}
    contents = _Contents(format=FORMAT, version=__version__, made_at=rooms.clock(), files=hashes)
    text = contents.model_dump_json(indent=1).encode()
    entry = tarfile.TarInfo(_CONTENTS)
    entry.size = len(text)
    tar.addfile(entry, io.BytesIO(text))


def _add(tar: tarfile.TarFile, name: str, path: Path) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = path.stat().st_size
    entry.mtime = int(path.stat().st_mtime)
    entry.mode = 0o600
    with path.open("rb") as file:
        reader = _Hashing(file)
        tar.addfile(entry, reader)
    if name.startswith("media/") and reader.sha256 != path.stem:
        raise BackupDamaged(name=name)


class _Hashing:
    """Hashes what is read through it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._hash.update(data)
        return data

    @property
    def sha256(self) -> str:
        """The hash of all that was read."""
        return self._hash.hexdigest()


def _unpack(source: Path, folder: Path) -> list[str]:
    """The files that the backup names, each checked; names of its own choosing are not obeyed."""
    try:
        with tarfile.open(source) as tar:
            wanted = _read_contents(tar, source)
            for member in tar:
                if member.name in wanted:
                    _unpack_one(tar, member, folder, wanted.pop(member.name))
            if wanted:
                raise BackupDamaged(name=next(iter(wanted)))
    except (tarfile.TarError, EOFError, ValidationError) as error:
        raise NotABackup(file=source) from error
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def _read_contents(tar: tarfile.TarFile, source: Path) -> dict[str, str]:
    first = tar.next()
    if first is None or first.name != _CONTENTS or not first.isreg():
        raise NotABackup(file=source)
    packed = tar.extractfile(first)
    contents = _Contents.model_validate_json(packed.read() if packed else "")
    if (
        contents.format != FORMAT
        or "signage.db" not in contents.files
        or not all(map(_is_ours, contents.files))
    ):
        raise NotABackup(file=source)
    return dict(contents.files)


def _is_ours(name: str) -> bool:
    path = Path(name)
    known = name in ("signage.db", "home.json") or path.parts[0] in ("keys", "media")
    return known and not path.is_absolute() and ".." not in path.parts


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, sha256: str) -> None:
    target = folder / member.name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    packed = tar.extractfile(member) if member.isreg() else None
    if packed is None:
        raise BackupDamaged(name=member.name)
    with target.open("wb") as file:
        os.fchmod(file.fileno(), 0o600)
        shutil.copyfileobj(packed, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())
    if _hash(target) != sha256:
        raise BackupDamaged(name=member.name)


def _check_database(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise BackupDamaged(name="signage.db")


def _put(staged: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    staged.replace(target)
    home.sync_folder(target.parent)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _whole_file(target: Path) -> Iterator[BinaryIO]:
    """A file beside the target that takes its name when it is complete and on the disk."""
    with tempfile.NamedTemporaryFile(
        dir=target.absolute().parent, prefix=f".{target.name}.", delete=False
    ) as file:
        try:
            yield file  # type: ignore[misc]
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    home.sync_folder(target.absolute().parent)
