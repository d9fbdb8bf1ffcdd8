"""Renditions by their hash, the small ones from memory."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from signage_server.library.store import SUFFIXES, Store
from signage_server.offload import off_loop

SMALL = 2 * 1024 * 1024
"""Bytes up to which a file is kept in memory: every picture for a full-HD board."""
MOST = 96 * 1024 * 1024
"""Bytes kept in memory altogether."""

_TYPES = {suffix: media_type for media_type, suffix in SUFFIXES.items()}


@dataclass(frozen=True)
class MediaFile:
    """A rendition to be served: its type, and either its bytes or where they lie."""

    type: str
    content: bytes | Path


class MediaCache:
    """Finds renditions; those that were asked for last are in memory.

    When a slide changes, every board asks for the same few files within seconds.
    """

    def __init__(self, store: Store, most: int = MOST) -> None:
        self._store = store
        self._most = most
        self._kept: OrderedDict[str, MediaFile] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, sha256: str) -> MediaFile | None:
        """The rendition with this hash; None if there is none."""
        with self._lock:
            if sha256 in self._kept:
                self._kept.move_to_end(sha256)
                return self._kept[sha256]
        path = self._store.served(sha256)
        if path is None:
            return None
        media_type = _TYPES[path.suffix]
        if path.stat().st_size > SMALL:
            return MediaFile(media_type, path)
        content = off_loop(path.read_bytes)
        file = MediaFile(media_type, content)
        self._keep(sha256, file, len(content))
        return file

    def _keep(self, sha256: str, file: MediaFile, size: int) -> None:
        with self._lock:
            if sha256 not in self._kept:
                self._kept[sha256] = file
                self._size += size
            while self._size > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.content) if isinstance(oldest.content, bytes) else 0
