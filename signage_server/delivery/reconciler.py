"""Reconciles soon after every edit: many edits in a row are one piece of work, and there are never two at once."""

import logging
import threading
import time
from collections.abc import Callable

from signage_server.db import Database
from signage_server.delivery.publisher import Publisher

logger = logging.getLogger(__name__)

DEBOUNCE_S = 0.2


class Reconciler:
    """The background work that keeps the publisher up to date."""

    def __init__(self, db: Database, publisher: Publisher) -> None:
        self._db = db
        self._publisher = publisher
        self._wanted = threading.Event()
        self._stopped = False
        self._thread: threading.Thread | None = None
        self._after: list[Callable[[], None]] = []
        self._after_edit: list[Callable[[int], None]] = []
        self._told = -1

    def after_edit(self, listener: Callable[[int], None]) -> None:
        """Call `listener` with the revision when edits were noticed, before they are reconciled."""
        self._after_edit.append(listener)

    def after_reconcile(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each reconciliation."""
        self._after.append(listener)

    def wake(self) -> None:
        """Something has changed, or a day has begun: reconcile soon. Costs nothing."""
        self._wanted.set()

    def look(self) -> None:
        """Notice the edits of other processes, and those whose reconciliation failed."""
        if self._db.revision() != self._publisher.revision:
            self.wake()

    def start(self) -> None:
        """Reconcile now, and from now on after every edit of this process."""
        self._db.after_edit(self.wake)
        self.wake()
        self._thread = threading.Thread(target=self._run, name="reconciler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the background work, after what is under way."""
        self._stopped = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            if not self._stopped:
                time.sleep(DEBOUNCE_S)
            self._wanted.clear()
            if self._stopped:  # looked at after clearing: being stopped also sets it
                return
            try:
                self.reconcile()
            except Exception:  # the edge of the loop: `look` notices that it is not done, and wakes us again
                logger.exception("reconciling failed; it is tried again in a moment")

    def reconcile(self) -> None:
        """Tell of the edits, reconcile, tell that it is done."""
        revision = self._db.revision()
        if revision != self._told:
            self._told = revision
            for tell in self._after_edit:
                tell(revision)
        self._publisher.reconcile()
        for listener in self._after:
            listener()
