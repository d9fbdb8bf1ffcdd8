"""Which boards an operator is watching: those tell more often what they show."""

from collections.abc import Iterable

CALM_S = 60
"""Between heartbeats of a board that nobody watches."""
WATCHED_S = 5
_BEATS_PER_S = 20
"""Heartbeats that a whole province, watched at once, may send: 100 boards every 5 s."""


class Watching:
    """Consoles and the screens they have in view."""

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._some: dict[str, frozenset[str]] = {}

    def watch(self, console: str, screen_ids: Iterable[str] | None) -> None:
        """A console has these screens in view from now on; None: all of them."""
        self.unwatch(console)
        if screen_ids is None:
            self._all.add(console)
        else:
            self._some[console] = frozenset(screen_ids)

    def unwatch(self, console: str) -> None:
        """A console looks at something else, or was closed."""
        self._all.discard(console)
        self._some.pop(console, None)

    def consoles(self, screen_id: str) -> list[str]:
        """The consoles that have a screen in view."""
        return [*self._all, *(console for console, ids in self._some.items() if screen_id in ids)]

    def watched(self, screen_ids: Iterable[str]) -> set[str]:
        """Those of the screens that are in view."""
        if self._all:
            return set(screen_ids)
        return set().union(*self._some.values()) & set(screen_ids)

    def heartbeat_s(self, screen_id: str, screens: int) -> int:
        """How often a screen, one of so many, should tell what it shows."""
        if any(screen_id in ids for ids in self._some.values()):
            return WATCHED_S
        return min(CALM_S, max(WATCHED_S, screens // _BEATS_PER_S)) if self._all else CALM_S
