"""The media library on disk: `originals/` (never served), `served/` (renditions) and `tmp/`.

Every file is named by the SHA-256 of its content and comes into being whole: written under `tmp/`, flushed to the
disk, renamed, and the folder flushed too. A power cut leaves litter in `tmp/`, never half a file under a final name.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from signage_server.offload import off_loop

SUFFIXES = {"image/webp": ".webp", "image/jpeg": ".jpg"}
"""How a rendition's file ends, by its type."""

LITTER_AFTER = timedelta(hours=1)
"""An upload that has not ended after this long was cut off."""

UNUSED_AFTER = timedelta(hours=24)
"""How long a file stays that nothing names any more: boards may still be fetching it by yesterday's manifest."""


class Incoming:
    """A file on its way in: counts and hashes while it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size_bytes = 0
        self.head = b""
        """The first bytes, from which the type is told."""
        self._hash = hashlib.sha256()
        self._file: BinaryIO = path.open("xb")

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        if len(self.head) < 64:
            self.head += data[: 64 - len(self.head)]
        self._hash.update(data)
        self.size_bytes += len(data)
        return self._file.write(data)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far, in hex."""
        return self._hash.hexdigest()

    def seek(self, _offset: int) -> int:
        """A form parser rewinds what it has filled; nobody reads it here."""
        return 0

    def finish(self) -> None:
        """Flush to the disk itself, so that the file survives a power cut from here on."""
        self._file.flush()
        off_loop(os.fsync, self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Forget it: close and delete."""
        self._file.close()
        self.path.unlink(missing_ok=True)


class Store:
    """Files by content. Only this class knows where they lie."""

    def __init__(self, root: Path) -> None:
        self._originals = root / "originals"
        self._served = root / "served"
        self.tmp = root / "tmp"

    def prepare(self) -> None:
        """Make the folders; operators' originals are for the server's user alone."""
        for folder in (self._originals, self._served, self.tmp):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def receive(self) -> Incoming:
        """A place for an upload to be written to."""
        return Incoming(self.tmp / f"upload-{secrets.token_hex(16)}")

    def workplace(self) -> Path:
        """A fresh folder for one job's results."""
        folder = self.tmp / f"job-{secrets.token_hex(16)}"
        folder.mkdir(mode=0o700)
        return folder

    def keep_original(self, written: Path, sha256: str) -> None:
        """Move a finished file to its final place among the originals."""
        _move(written, self._original(sha256))

    def keep_served(self, written: Path, sha256: str, media_type: str) -> None:
        """Move a finished rendition to its final place among the served files."""
        _move(written, self._place(self._served, sha256 + SUFFIXES[media_type]))

    def original(self, sha256: str) -> Path | None:
        """Where an original lies, or None."""
        path = self._original(sha256)
        return path if path.is_file() else None

    def served(self, sha256: str) -> Path | None:
        """Where a rendition lies, or None. Only names of 64 hex digits are looked for."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            return None
        paths = (self._place(self._served, sha256 + suffix) for suffix in SUFFIXES.values())
        return next((path for path in paths if path.is_file()), None)

    def drop_original(self, sha256: str) -> None:
        """Delete an original at once (a refused upload leaves nothing behind)."""
        self._original(sha256).unlink(missing_ok=True)

    def release(self, sha256s: Iterable[str]) -> None:
        """Start the clock for files that have lost their row: `sweep` deletes them a day from now."""
        for sha256 in sha256s:
            for path in (self.original(sha256), self.served(sha256)):
                if path is not None:
                    os.utime(path)

    def finals(self) -> Iterator[Path]:
        """Every file under a final name; its stem is its hash."""
        for folder in (self._originals, self._served):
            yield from (path for path in folder.glob("*/*") if path.is_file())

    def sweep(self, named: set[str], now: datetime) -> int:
        """Delete litter, and files that nothing names for a day; answers with how many. `named` are hashes in use."""
        swept = 0
        for path in self.tmp.iterdir():
            swept += _delete_if_older(path, now - LITTER_AFTER)
        for path in self.finals():
            if path.stem not in named:
                swept += _delete_if_older(path, now - UNUSED_AFTER)
        return swept

    def _original(self, sha256: str) -> Path:
        return self._place(self._originals, sha256)

    @staticmethod
    def _place(folder: Path, name: str) -> Path:
        return folder / name[:2] / name


def _move(written: Path, final: Path) -> None:
    final.parent.mkdir(mode=0o700, exist_ok=True)
    written.rename(final)
    off_loop(_flush_folders, final.parent)


def _flush_folders(folder: Path) -> None:
    for path in (folder, folder.parent):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _delete_if_older(path: Path, than: datetime) -> int:
    try:
        if path.stat().st_mtime >= than.timestamp():
            return 0
        if path.is_dir():
            for child in path.iterdir():
                child.unlink(missing_ok=True)
            path.rmdir()
        else:
            path.unlink()
    except FileNotFoundError:
        return 0
    return 1
