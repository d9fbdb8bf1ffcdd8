"""Examines an installation: what must always hold, looked at from outside the code that keeps it so."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select, text

from signage_server.errors import SignageError
from signage_server.library.models import Asset, Rendition
from signage_server.library.store import UNUSED_AFTER
from signage_server.scheduling.zone_rules import ZoneData, zone_data
from signage_server.web.rooms import Rooms

ENOUGH_BYTES = 1_000_000_000
"""Free disk below this is worth a word: uploads and the database need room to be written whole."""


class DatabaseBroken(SignageError):
    """SQLite finds fault with its file."""

    code = "database_broken"
    vi = "Cơ sở dữ liệu bị hỏng ({detail}). Hãy dừng máy chủ và khôi phục từ bản sao lưu gần nhất."
    en = "The database is damaged ({detail}). Stop the server and restore the latest backup."


class FileMissing(SignageError):
    """A row names a file that is not there."""

    code = "file_missing"
    vi = "Thiếu tệp của “{name}” ({sha256}). Hãy xoá ảnh này rồi tải lên lại."
    en = "A file of “{name}” is missing ({sha256}). Delete the picture and upload it again."


class FileDamaged(SignageError):
    """A file is not what its name says."""

    code = "file_damaged"
    vi = "Tệp {file} bị hỏng: nội dung không khớp với tên. Hãy kiểm tra ổ đĩa và khôi phục từ bản sao lưu."
    en = "The file {file} is damaged: its content does not match its name. Check the disk and restore a backup."


class FileStray(SignageError):
    """No row names the file any more, and nobody swept it."""

    code = "file_stray"
    vi = "Tệp {file} không còn thuộc về ảnh nào. Có thể xoá."
    en = "The file {file} belongs to nothing any more. It can be deleted."


class DiskLow(SignageError):
    """Little room is left."""

    code = "disk_low"
    vi = "Ổ đĩa chỉ còn trống {megabytes} MB. Hãy dọn bớt, nếu không sẽ không tải ảnh lên được nữa."
    en = "Only {megabytes} MB of disk are free. Make room, or uploads will fail."


def examine(rooms: Rooms) -> list[SignageError]:
    """Everything that is wrong, worst first; empty when all is well."""
    return [*_database(rooms), *_files(rooms), *_disk(rooms)]


def zones(rooms: Rooms) -> ZoneData:
    """Where the rules of the installation's time zone come from, and which they are."""
    return zone_data(rooms.settings.timezone)


def _database(rooms: Rooms) -> Iterator[SignageError]:
    with rooms.db.read() as session:
        for (detail,) in session.execute(text("PRAGMA integrity_check")):
            if detail != "ok":
                yield DatabaseBroken(detail=detail)
        for table, row, parent, _ in session.execute(text("PRAGMA foreign_key_check")):
            yield DatabaseBroken(detail=f"{table} {row} → {parent}")


def _files(rooms: Rooms) -> Iterator[SignageError]:
    finals = {path.stem: path for path in rooms.store.finals()}
    yield from _missing(rooms, finals)
    named, now = rooms.library.named_files(), rooms.clock()
    for path in sorted(finals.values()):
        if _sha256(path) != path.stem:
            yield FileDamaged(file=path)
        elif (
            path.stem not in named
            and now.timestamp() - path.stat().st_mtime > 2 * UNUSED_AFTER.total_seconds()
        ):
            yield FileStray(file=path)


def _missing(rooms: Rooms, finals: dict[str, Path]) -> Iterator[SignageError]:
    with rooms.db.read() as session:
        originals = select(Asset.name, Asset.source_sha256).where(
            Asset.notice.is_(None), Asset.state != "failed"
        )
        renditions = select(Asset.name, Rendition.sha256).join(Rendition.asset)
        for name, sha256 in [*session.execute(originals), *session.execute(renditions)]:
            if sha256 not in finals:
                yield FileMissing(name=name, sha256=sha256)


def _disk(rooms: Rooms) -> Iterator[SignageError]:
    free = shutil.disk_usage(rooms.settings.home).free
    if free < ENOUGH_BYTES:
        yield DiskLow(megabytes=free // 1_000_000)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
