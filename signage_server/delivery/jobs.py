"""What the server does by the clock: move the horizon, look for edits, write down what boards said, clean up."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.gevent import GeventScheduler
from gevent import monkey

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something done again and again."""

    name: str
    every_s: int
    do: Callable[[], object]


class Jobs:
    """Runs jobs in the background; each by itself, late rather than twice at once."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._scheduler: BaseScheduler | None = None

    def start(self) -> None:
        """Run every job from now on."""
        # A run that is left out because the last one is still going on is no news: the next one does its work.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = _scheduler()
        for job in self._jobs:
            self._scheduler.add_job(
                _guarded(job.name, job.do),
                "interval",
                seconds=job.every_s,
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=job.every_s,
            )
        self._scheduler.start()

    def at(self, name: str, instant: datetime, do: Callable[[], object]) -> None:
        """Do something once at an instant, however late; takes the place of what was planned under this name."""
        if self._scheduler is not None:
            self._scheduler.add_job(
                _guarded(name, do),
                "date",
                run_date=instant,
                id=name,
                replace_existing=True,
                misfire_grace_time=None,
            )

    def stop(self) -> None:
        """Run no job any more."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None


def _scheduler() -> BaseScheduler:
    """Greenlets where gevent serves the sockets, threads elsewhere."""
    kind = GeventScheduler if monkey.is_module_patched("threading") else BackgroundScheduler
    return kind(timezone=UTC)


def _guarded(name: str, do: Callable[[], object]) -> Callable[[], Any]:
    def run() -> None:
        try:
            do()
        except Exception:  # the edge of a loop: the next run may succeed
            logger.exception("job %s failed", name)

    return run
