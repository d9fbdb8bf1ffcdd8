"""What operators see live: at most four reports a second of each screen in view, and none while nobody looks."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from signage_server.delivery.hub import Hub
from signage_server.delivery.watching import Watching

logger = logging.getLogger(__name__)

GAP_S = 0.25
"""Between two reports of the same screen."""

ScreenOut = Callable[[str], dict[str, Any] | None]
"""The whole screen as the API shows it; None: it is gone."""


class News:
    """Gathers what changed about screens, and tells the consoles that have them in view."""

    def __init__(self, hub: Hub, watching: Watching, screen_out: ScreenOut) -> None:
        self._hub = hub
        self._watching = watching
        self._screen_out = screen_out
        self._changed: set[str] = set()
        self._something = threading.Event()
        self._stopped = False

    def changed(self, screen_id: str) -> None:
        """Something about a screen is new; costs nothing while no console is open."""
        if self._hub.consoles:
            self._changed.add(screen_id)
            self._something.set()

    def start(self) -> None:
        """Tell, from now on, in the background."""
        threading.Thread(target=self._run, name="news", daemon=True).start()

    def stop(self) -> None:
        """End the background work."""
        self._stopped = True
        self._something.set()

    def tell(self) -> None:
        """Tell what has gathered, now."""
        self._something.clear()
        changed, self._changed = self._changed, set()
        for screen_id in self._watching.watched(changed):
            try:
                screen = self._screen_out(screen_id)
            except Exception:  # the edge of a loop: one screen must not silence the others
                logger.exception("could not describe screen %s", screen_id)
                continue
            if screen is not None:
                self._hub.tell_consoles("screen", screen, self._watching.consoles(screen_id))

    def _run(self) -> None:
        while not self._stopped:
            self._something.wait()
            self.tell()
            time.sleep(GAP_S)
