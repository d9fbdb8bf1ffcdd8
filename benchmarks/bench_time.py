"""What compiling time costs, beside what python-dateutil alone needs to expand the same rules.

    python -m benchmarks.bench_time

First the arithmetic alone, then a whole fleet in a real server with a real database file (`fleet`, `fleet_server`).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import select

from benchmarks import fleet
from benchmarks.specimens import TODAY, ZONE, expanded_by_dateutil, schedules
from signage_server import installing
from signage_server.app import create_app
from signage_server.config import Settings
from signage_server.delivery.built_in import SOURCES
from signage_server.delivery.manifest import Manifest, ManifestFile, SlideMedia, build_manifest
from signage_server.library.models import Asset
from signage_server.scheduling.playout import plays
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, Timeline, compile_timeline
from signage_server.scheduling.zone_rules import forget
from signage_server.web.rooms import Rooms

FILE = "0" * 64
PATIENCE_S = 120


def compiled(some: Sequence[ScheduleSpec]) -> Timeline:
    """Nothing is remembered from one time to the next."""
    forget()
    return compile_timeline(some, ZONE, TODAY, fallback_slides=[SlideSpec("f", 10_000)])


def manifest_of(some: Sequence[ScheduleSpec]) -> Manifest:
    timeline = compiled(some)
    media = [SlideMedia(name, f"ast_{name}", FILE) for name in timeline.slides]
    return build_manifest(timeline, media, [ManifestFile(FILE, "image/webp", 1)], "1920x1080", ZONE, 20_000)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor time of the quickest of some runs: the machine may have other work."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(times))


def beside_dateutil(name: str, work: Callable[[], object], some: Sequence[ScheduleSpec]) -> None:
    spent, alone = seconds(work), seconds(lambda: expanded_by_dateutil(some))
    print(
        f"{name:<58} {spent * 1000:8.1f} ms   dateutil alone {alone * 1000:8.1f} ms   {spent / alone:5.3f} of it"
    )


def arithmetic(random: Random) -> None:
    """One process, no database: processor time."""
    many = schedules(random, 500)
    beside_dateutil("500 schedules x 35 days for one screen", lambda: compiled(many), many)
    few = schedules(random, fleet.EACH)
    name = f"{fleet.EACH} schedules x 35 days, one cohort, with its manifest"
    beside_dateutil(name, lambda: manifest_of(few), few)
    manifest = manifest_of(few)
    day = (manifest.horizon_ms[0], manifest.horizon_ms[0] + 86_400_000)
    shown = sum(1 for _ in plays(manifest, *day))
    spent = seconds(lambda: list(plays(manifest, *day)))
    print(
        f"a day of {shown:,} plays walked in {spent * 1000:.0f} ms; the manifest is {len(manifest.text):,} characters"
    )


def whole_fleet(random: Random) -> None:
    """A server of its own, as it runs at a customer's."""
    planned = fleet.plan(random)
    alone = seconds(lambda: [expanded_by_dateutil(some) for some in planned.cohorts])
    print(
        f"\n{fleet.SCREENS:,} screens in {fleet.COHORTS} cohorts x {fleet.EACH} schedules; "
        f"dateutil alone {alone * 1000:,.0f} ms; load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder), planned)
        measured = measure(Path(folder))
    say("the server starts: everything is read and compiled", measured["started"], alone)
    say("a day begins: everything is compiled anew", measured["day"], alone)
    say("the week of everybody, first page, with new manifests", measured["week"])
    say("an edit that concerns one cohort", measured["one"])
    say("an edit that concerns all cohorts", measured["all"])
    say("an edit that concerns no screen", measured["none"])


def settle(home: Path, planned: fleet.Plan) -> None:
    """Put the fleet into a new installation, and let a server prepare its built-in notice."""
    app = create_app(Settings(home=home, host="127.0.0.1", _env_file=None))
    rooms: Rooms = app.extensions["signage"]
    installing.prepare(rooms)
    fleet.settle(rooms, planned)
    rooms.publisher.reconcile()
    rooms.preparing.start()
    rooms.preparing.stop()  # when all that waits is done
    assert _notice_is_ready(rooms)
    rooms.db.close()


def _notice_is_ready(rooms: Rooms) -> bool:
    with rooms.db.read() as session:
        states = session.scalars(select(Asset.state).where(Asset.source_sha256.in_(SOURCES.values())))
        return list(states) == ["ready"]


def measure(home: Path) -> dict[str, list[dict[str, float]]]:
    """What the server says about itself."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.fleet_server"],
        env={**os.environ, "SIGNAGE_HOME": str(home), "SIGNAGE_HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def say(name: str, rounds: Sequence[dict[str, float]], alone: float | None = None) -> None:
    """The median of some rounds, and the worst lag of all of them."""
    ready, processor = (median(one[key] for one in rounds) for key in ("ready_ms", "processor_ms"))
    lag = max(one["lag_ms"] for one in rounds)
    ratio = f", {processor / 1000 / alone:.2f} of dateutil alone" if alone else ""
    print(
        f"{name:<52} {ready:7.0f} ms (median of {len(rounds)}; processor {processor:5.0f} ms{ratio}); "
        f"loop late by {lag:3.0f} ms at most"
    )


def main() -> None:
    random = Random(1)
    arithmetic(random)
    whole_fleet(random)


if __name__ == "__main__":
    main()
