"""Pulls the plug at random moments during uploads, again and again, and looks for anything that is not whole.

`python -m tests.library.kill_uploads --rounds 60` is the long proof (`make proof-kill`); its small sister is in
`test_kill.py`.
"""

import argparse
import hashlib
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

import requests

from tests.library.hostile import photo, saved
from tests.servers import Running, server

UPLOADERS = 4
LATEST_KILL_S = 1.2


def prove(rounds: int, home: Path, seed: int = 1119) -> dict[str, int]:
    """Kill the server `rounds` times while four clients upload; raises AssertionError at the first half thing.

    Answers with how many uploads were acknowledged, refused by the kill, and how much litter the kills left.
    """
    rng = random.Random(seed)
    counts = {"rounds": rounds, "acknowledged": 0, "cut off": 0, "litter": 0}
    for number in range(rounds):
        with server(home) as running:
            acknowledged, cut = _upload_until_killed(running, rng, number)
        counts["acknowledged"] += len(acknowledged)
        counts["cut off"] += cut
        counts["litter"] += len(list((home / "media" / "tmp").iterdir()))
        check_whole(home)
        _check_nothing_acknowledged_is_lost(home, acknowledged)
    return counts


def _upload_until_killed(running: Running, rng: random.Random, number: int) -> tuple[list[str], int]:
    acknowledged: list[str] = []
    cut: list[str] = []
    threads = [
        threading.Thread(target=_upload, args=(running, f"{number}-{uploader}", acknowledged, cut))
        for uploader in range(UPLOADERS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(rng.uniform(0, LATEST_KILL_S))  # the moment of the power cut is what this is about
    running.stop(signal.SIGKILL)
    for thread in threads:
        thread.join()
    return acknowledged, len(cut)


def _upload(running: Running, name: str, acknowledged: list[str], cut: list[str]) -> None:
    """Send one picture after the other, each different, until the server is gone."""
    with running.api() as api:
        for number in range(1_000):
            seed = int.from_bytes(hashlib.sha256(f"{name}-{number}".encode()).digest()[:4])
            data = saved(photo(300 + seed % 500, 400, seed=seed), "PNG")
            try:
                answer = api.post(
                    f"{running.url}/api/v1/assets", files={"file": (f"{name}.png", data)}, timeout=30
                )
                if answer.ok:
                    acknowledged.append(hashlib.sha256(data).hexdigest())
            except requests.RequestException:
                cut.append(name)
                return


def check_whole(home: Path) -> None:
    """No row without its whole file, and no file under a final name that is not what its name says."""
    for folder in ("originals", "served"):
        for path in (home / "media" / folder).glob("*/*"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == path.stem, f"{path} is not whole"
    with sqlite3.connect(home / "signage.db") as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        originals = db.execute("SELECT source_sha256 FROM asset WHERE kind = 'image' AND state != 'failed'")
        for (sha256,) in originals.fetchall():
            assert (home / "media" / "originals" / sha256[:2] / sha256).is_file(), f"no original {sha256}"
        for sha256, size in db.execute("SELECT sha256, size_bytes FROM rendition").fetchall():
            (path,) = (home / "media" / "served" / sha256[:2]).glob(f"{sha256}.*")
            assert path.stat().st_size == size, f"{path} has not the size of its row"
    db.close()


def _check_nothing_acknowledged_is_lost(home: Path, acknowledged: list[str]) -> None:
    with sqlite3.connect(home / "signage.db") as db:
        rows = {sha256 for (sha256,) in db.execute("SELECT source_sha256 FROM asset").fetchall()}
    db.close()
    assert set(acknowledged) <= rows


def main() -> None:
    """The long proof, from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        counts = prove(rounds, Path(folder) / "home")
        sys.stdout.write(f"{counts} in {time.monotonic() - began:.0f} s: everything is whole\n")


if __name__ == "__main__":
    main()
