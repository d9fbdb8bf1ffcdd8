"""Notices that the rules of time zones have changed under the running server."""

import logging
from collections.abc import Callable, Iterable

from signage_server.offload import off_loop
from signage_server.scheduling.zone_rules import fingerprint, forget, take_newer

logger = logging.getLogger(__name__)


class ZoneWatch:
    """Remembers what the files of the zones in use said when they were first used, and looks again now and then."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._after_change: list[Callable[[], None]] = []

    def after_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` when the rules of some zone have changed, and everything was made to forget the old ones."""
        self._after_change.append(listener)

    def in_use(self, zone_names: Iterable[str]) -> None:
        """These zones have just been reckoned with."""
        new = set(zone_names) - self._seen.keys()
        if new:
            self._seen |= off_loop(_fingerprints, new)

    def look(self) -> None:
        """Compare; if anything has changed, or comes from elsewhere now, forget the old rules and tell."""
        moved = off_loop(take_newer)
        now = off_loop(_fingerprints, set(self._seen))
        changed = sorted(name for name, mark in now.items() if mark != self._seen[name])
        if not changed and not moved:  # the process that compiles has to look elsewhere, too
            return
        if changed:
            logger.warning("the rules of time zones have changed: %s", ", ".join(changed))
        self._seen = now
        forget()
        for listener in self._after_change:
            listener()


def _fingerprints(zone_names: set[str]) -> dict[str, str]:
    return {name: fingerprint(name) for name in zone_names}
