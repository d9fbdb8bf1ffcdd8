"""Times what a server with a fleet does after edits, from inside: see `fleet_server`.

What the kernel let us wait for a core (other programs' load) is not our time and is taken off.
"""

import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from benchmarks.fleet import ONE_COHORTS, PROVINCE_WIDE
from signage_server import home, installing
from signage_server.app import create_app, start, stop
from signage_server.clock import utc_now
from signage_server.config import load_settings
from signage_server.delivery.publisher import Published
from signage_server.delivery.reconciler import DEBOUNCE_S, Reconciler
from signage_server.playlists.playlists import PlaylistDraft
from signage_server.scheduling.recurrence import Window
from signage_server.scheduling.schedules import find
from signage_server.scheduling.specs import draft_of
from signage_server.screens.models import Screen
from signage_server.server import serve
from signage_server.web.rooms import Rooms

EVERY_S = 0.005
PATIENCE_S = 60
REPEATS = 7
GROUPS_ON_A_PAGE = 10


class Lag:
    """How late the event loop is, looked at every few milliseconds."""

    def __init__(self) -> None:
        self.worst_ms = 0.0
        threading.Thread(target=self._measure, daemon=True).start()

    def _measure(self) -> None:
        while True:
            asleep, waited_s = time.monotonic(), waited_for_cores_s()
            time.sleep(EVERY_S)
            late_s = time.monotonic() - asleep - EVERY_S - (waited_for_cores_s() - waited_s)
            self.worst_ms = max(self.worst_ms, late_s * 1000)


def waited_for_cores_s() -> float:
    """How long this thread was ready to run and other programs had the cores."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def processor_s() -> float:
    """Processor time of this process and those it has started, without those that have ended."""
    children = Path("/proc/self/task").glob("*/children")
    running = [int(pid) for one in children for pid in one.read_text().split()]
    return time.process_time() + sum(map(_processor_s, running))


def _processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Took:
    """One reconciliation, from the edit's commit on; the wait for more edits is taken off."""

    ready_ms: float
    """Until the last manifest that changed was told to the boards."""
    done_ms: float
    """Until the server had looked at every cohort."""
    processor_ms: float
    lag_ms: float
    screens: int
    """Whose manifest changed."""


class Watch:
    """Times reconciliations, one at a time."""

    def __init__(self, rooms: Rooms, reconciler: Reconciler) -> None:
        self._lag = Lag()
        self._done = threading.Semaphore(0)
        self._ready_at = 0.0
        self._screens = 0
        rooms.publisher.after_publish(self._published)
        reconciler.after_reconcile(self._done.release)

    def time(self, cause: Callable[[], object]) -> Took:
        """Do something that is followed by a reconciliation, and wait for its end."""
        cause_ends = self._begin(cause)
        began_s = processor_s()
        time.sleep(DEBOUNCE_S)
        waited_s = waited_for_cores_s()
        if not self._done.acquire(timeout=PATIENCE_S):
            raise TimeoutError("nothing was reconciled")
        waited_s = waited_for_cores_s() - waited_s
        done_s = time.monotonic() - cause_ends - DEBOUNCE_S - waited_s
        ready_s = self._ready_at - cause_ends - DEBOUNCE_S - waited_s if self._screens else done_s
        return Took(
            ready_ms=ready_s * 1000,
            done_ms=done_s * 1000,
            processor_ms=(processor_s() - began_s) * 1000,
            lag_ms=self._lag.worst_ms,
            screens=self._screens,
        )

    def time_answer(self, ask: Callable[[], object]) -> Took:
        """Do something that is done when it returns."""
        began, began_s, waited_s = self._begin(lambda: None), processor_s(), waited_for_cores_s()
        ask()
        done_s = time.monotonic() - began - (waited_for_cores_s() - waited_s)
        return Took(done_s * 1000, done_s * 1000, (processor_s() - began_s) * 1000, self._lag.worst_ms, 0)

    def _begin(self, cause: Callable[[], object]) -> float:
        cause()
        self._screens = 0
        self._lag.worst_ms = 0.0
        return time.monotonic()

    def _published(self, published: Published) -> None:
        self._ready_at = time.monotonic()
        self._screens += len(published.screen_ids)


def edit(rooms: Rooms, schedule_id: str) -> None:
    """Move a schedule's hours by a quarter of an hour."""
    with rooms.db.read() as session:
        draft = draft_of(find(session, schedule_id), {})
    start = (draft.windows[0].from_min + 15) % 1200
    rooms.schedules.replace(
        "benchmark", schedule_id, None, replace(draft, windows=(Window(start, start + 60),))
    )


def first_page_of_weeks(rooms: Rooms) -> None:
    """What the console asks for first: this week of everybody."""
    today = rooms.clock().date()
    with rooms.db.read() as session:
        zones = {row.id: row.zone for row in session.execute(select(Screen.id, Screen.zone))}
    for group in rooms.weeks.groups(zones, today - timedelta(days=today.weekday()))[:GROUPS_ON_A_PAGE]:
        rooms.weeks.draw(group)


def scenario(
    rooms: Rooms, reconciler: Reconciler, begin: Callable[[], object], next_day: Callable[[], None]
) -> dict[str, list[dict[str, float]]]:
    """All that is timed, in order."""
    watch = Watch(rooms, reconciler)
    unused = PlaylistDraft("Chưa dùng", (), rooms.units.root().id)

    def day_begins() -> None:
        next_day()
        reconciler.wake()

    started = vars(watch.time(begin))
    days, weeks = [], []
    for _ in range(REPEATS):
        days.append(vars(watch.time(day_begins)))
        weeks.append(vars(watch.time_answer(lambda: first_page_of_weeks(rooms))))
    return {
        "started": [started],
        "day": days,
        "week": weeks,
        "one": _rounds(watch, lambda: edit(rooms, ONE_COHORTS)),
        "all": _rounds(watch, lambda: edit(rooms, PROVINCE_WIDE)),
        "none": _rounds(watch, lambda: rooms.playlists.create("benchmark", unused)),
    }


def _rounds(watch: Watch, cause: Callable[[], object]) -> list[dict[str, float]]:
    return [vars(watch.time(cause)) for _ in range(REPEATS)]


def main() -> None:
    """Serve, time, tell, end."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    ahead = timedelta()

    def clock() -> datetime:
        return utc_now() + ahead

    def next_day() -> None:
        nonlocal ahead
        ahead += timedelta(days=1)

    app = create_app(load_settings(), clock=clock)
    rooms: Rooms = app.extensions["signage"]
    installing.prepare(rooms)
    listener = home.listen("127.0.0.1", home.port_of(rooms.settings))

    def run() -> None:
        reconciler = app.extensions["signage_live"].reconciler
        print(json.dumps(scenario(rooms, reconciler, lambda: start(app), next_day)), flush=True)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=run, daemon=True).start()
    serve(app, listener, when_stopped=lambda: stop(app))
