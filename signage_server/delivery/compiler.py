"""Has manifests compiled in a process of its own, so that the sockets never wait for the arithmetic of time.

A thread would not do: it holds the interpreter for milliseconds at a time, and every row that a request reads from the
database then waits for it. The process stays, since what it has worked out for one cohort serves the next.
"""

import io
import logging
import os
import pickle
import socket
import subprocess
import sys
import threading
import zoneinfo
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from gevent import monkey

from signage_server.delivery.compile_worker import DONE, framed, read_message
from signage_server.delivery.compiling import Compiled, Content, compiled
from signage_server.delivery.manifest import ManifestFile, SlideMedia
from signage_server.scheduling.timeline import DateRule, ScheduleSpec, SlideSpec, Window

PATIENCE_S = 30
"""After this long over one content the process is taken for hung."""
ATTEMPTS = 2
_DIGEST_CHARS = 64
_PACKAGES = Path(__file__).resolve().parents[2]

logger = logging.getLogger(__name__)


class CompileFailed(Exception):
    """A content could not be compiled; says why."""


class Compiler:
    """Compiles contents: in another process where gevent serves the sockets, elsewhere in this one."""

    def __init__(self) -> None:
        self._worker: Worker | None = None

    def compile_all(self, contents: Sequence[Content]) -> Iterator[Compiled | Exception]:
        """What comes of each, in order, as soon as it is there."""
        if not monkey.is_module_patched("threading"):
            return map(_compiled_here, contents)
        self._worker = self._worker or Worker()
        return self._worker.compile_all(contents)

    def forget(self) -> None:
        """Begin anew, knowing nothing: with the time zones as they are now."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


def _compiled_here(content: Content) -> Compiled | Exception:
    try:
        return compiled(content)
    except Exception as error:  # noqa: BLE001 - the edge of a loop: one content must not stop the others
        return error


class Worker:
    """The other process; it is started when there is work, and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def compile_all(self, contents: Sequence[Content]) -> Iterator[Compiled | Exception]:
        """What comes of each, in order. One over which the process dies or hangs is tried once more."""
        waiting, attempts = deque(contents), 0
        while waiting:
            for answer in self._answers(tuple(waiting)):
                waiting.popleft()
                attempts = 0
                yield _read(answer)
            if not waiting:
                return
            self.stop()
            attempts += 1
            logger.warning("the process that compiles has died (attempt %d)", attempts)
            if attempts == ATTEMPTS:
                waiting.popleft()
                attempts = 0
                yield CompileFailed("the process that compiles died over it")

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None and self._socket is not None:
            process.kill()
            self._socket.shutdown(socket.SHUT_RDWR)  # whoever still writes to it hears of it
            self._socket.close()
            process.wait()

    def _answers(self, contents: Sequence[Content]) -> Iterator[bytes]:
        """The answers of the process, as many as come."""
        ours = self._running()
        threading.Thread(target=_feed, args=(ours, contents), daemon=True).start()
        with ours.makefile("rb") as answers:
            for _ in contents:
                answer = _next(answers)
                if answer is None:
                    return
                yield answer

    def _running(self) -> socket.socket:
        """Our end of the connection to the process."""
        if self._process is None or self._socket is None:
            self._socket, theirs = socket.socketpair()
            self._socket.settimeout(PATIENCE_S)
            with theirs:
                self._process = _start(theirs)
        return self._socket


def _feed(to: socket.socket, contents: Sequence[Content]) -> None:
    try:
        for content in contents:
            to.sendall(framed(_pickled(content)))
    except OSError:
        pass  # it has died: whoever waits for its answers notices


def _pickled(content: Content) -> bytes:
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _BY_FIELDS
    pickler.dump(content)
    return written.getvalue()


def _by_fields(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda one: (kind, values(one))


#: A hundred thousand of these go over in a busy second; dataclasses' own way of being pickled takes ten times as long.
_BY_FIELDS: dict[type[Any], Callable[[Any], Any]] = {
    kind: _by_fields(kind)
    for kind in (Content, ScheduleSpec, SlideSpec, DateRule, Window, SlideMedia, ManifestFile)
}


def _next(answers: BinaryIO) -> bytes | None:
    """The next answer; None when there is nobody to give it."""
    try:
        return read_message(answers)
    except OSError:
        return None


def _read(answer: bytes) -> Compiled | Exception:
    kind, rest = answer[:1], answer[1:]
    if kind != DONE:
        return CompileFailed(rest.decode())
    return Compiled(rest[:_DIGEST_CHARS].decode(), rest[_DIGEST_CHARS:].decode())


def _start(theirs: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-m", "signage_server.delivery.compile_worker"],
        stdin=theirs.fileno(),
        stdout=theirs.fileno(),
        cwd="/",
        env={
            "PYTHONPATH": str(_PACKAGES),
            "PYTHONTZPATH": os.pathsep.join(zoneinfo.TZPATH),
            "LANG": "C.UTF-8",
        },
    )
