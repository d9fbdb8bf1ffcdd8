"""Do the shares that rotations were promised fit into one loop? Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from signage_server.scheduling.recurrence import DateRule, Window, days, occurrence
from signage_server.scheduling.weights import MAX_SHARES

LOOK_AHEAD = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """A rotation with a share, and when it is on."""

    name: str
    permille: int
    rule: DateRule
    windows: tuple[Window, ...]
    zone_name: str | None = None
    """None: the screen's own zone."""


@dataclass(frozen=True, slots=True)
class Clash:
    """An instant at which too much was promised, and by whom."""

    at_ms: int
    permille: int
    names: tuple[str, ...]


def first_clash(promises: Sequence[Promise], zone_name: str, from_day: date) -> Clash | None:
    """The first instant within a year of `from_day` at which a screen in `zone_name` would owe more than it has."""
    if sum(promise.permille for promise in promises) <= MAX_SHARES:
        return None
    on = [0] * len(promises)  # a schedule's own windows may touch or overlap: counted, not flagged
    for at_ms, change, index in _edges(promises, zone_name, from_day):
        on[index] += change
        active = [promise for promise, count in zip(promises, on, strict=True) if count]
        permille = sum(promise.permille for promise in active)
        if permille > MAX_SHARES:
            return Clash(at_ms, permille, tuple(sorted(promise.name for promise in active)))
    return None


def _edges(promises: Sequence[Promise], zone_name: str, from_day: date) -> list[tuple[int, int, int]]:
    """All starts and ends in order of time: (instant, +1 or -1, whose). Ends come first: windows are half-open."""
    edges: list[tuple[int, int, int]] = []
    for index, promise in enumerate(promises):
        zone = ZoneInfo(promise.zone_name or zone_name)
        for start_ms, end_ms in _stretches(promise, zone, from_day):
            edges += [(start_ms, 1, index), (end_ms, -1, index)]
    return sorted(edges)


def _stretches(promise: Promise, zone: ZoneInfo, from_day: date) -> Iterator[tuple[int, int]]:
    for day in days(promise.rule, from_day - _DAY, from_day + LOOK_AHEAD):
        for window in promise.windows:
            found = occurrence(day, window, zone)
            if found.start_ms < found.end_ms:
                yield found.start_ms, found.end_ms
