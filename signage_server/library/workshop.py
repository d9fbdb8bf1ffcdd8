"""Runs jobs in worker processes and brings their results home; the server itself never decodes what was uploaded."""

import json
import logging
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signage_server.library.refusals import TooHard
from signage_server.library.store import Store

WALL_SECONDS = 25
"""After this long a job is ended from outside, whatever it is doing; processor time is limited inside to less."""

PACKAGES = Path(__file__).resolve().parent.parent.parent

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Made:
    """One file that a job made."""

    profile: str
    path: Path
    sha256: str
    type: str
    size_bytes: int
    width: int
    height: int


@dataclass(frozen=True)
class Refusal:
    """Why a job's input cannot be used: an error's code and facts (errors.say puts it into words)."""

    code: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What came of a job: files, or a refusal."""

    files: tuple[Made, ...] = ()
    width: int | None = None
    height: int | None = None
    refusal: Refusal | None = None


class Workshop:
    """The place where worker processes are started; each job gets a folder that is gone afterwards."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def picture(
        self, original: Path, profiles: Iterable[str], *, thumbnail: bool = True
    ) -> Iterator[Outcome]:
        """Renditions of an uploaded picture. The files exist until the block ends: move what is to stay."""
        with original.open("rb") as file, self._folder() as folder:
            job = {"kind": "picture", "fd": file.fileno(), "profiles": list(profiles), "thumbnail": thumbnail}
            yield self._run({**job, "folder": str(folder)}, (file.fileno(),))

    @contextmanager
    def notice(
        self, notice: dict[str, Any], profiles: Iterable[str], *, thumbnail: bool = True
    ) -> Iterator[Outcome]:
        """A composed notice typeset for each profile. The files exist until the block ends."""
        with self._folder() as folder:
            job = {"kind": "notice", "notice": notice, "profiles": list(profiles), "thumbnail": thumbnail}
            yield self._run({**job, "folder": str(folder)}, ())

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        folder = self._store.workplace()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _run(self, job: dict[str, Any], handles: tuple[int, ...]) -> Outcome:
        """Run a job; one that was ended from outside (not by its own limits) is tried once more."""
        for attempt in (1, 2):
            try:
                done = _start(job, handles)
            except subprocess.TimeoutExpired:
                break
            if done.returncode == 0 and done.stdout:
                return _read(json.loads(done.stdout))
            log.warning("worker ended with %s (attempt %d): %s", done.returncode, attempt, done.stderr[-500:])
            if done.returncode != -9 or attempt == 2:
                break
        return Outcome(refusal=Refusal(TooHard.code, {}))


def _start(job: dict[str, Any], handles: tuple[int, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-s", "-m", "signage_server.library.worker"],
        input=json.dumps(job) + "\n",
        capture_output=True,
        text=True,
        cwd="/",
        env={"PYTHONPATH": str(PACKAGES), "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"},
        pass_fds=handles,
        timeout=WALL_SECONDS,
        check=False,
    )


def _read(answer: dict[str, Any]) -> Outcome:
    if refused := answer.get("refused"):
        return Outcome(refusal=Refusal(refused["code"], refused["facts"]))
    files = tuple(Made(**{**made, "path": Path(made["path"])}) for made in answer["files"])
    return Outcome(files, answer["width"], answer["height"])
