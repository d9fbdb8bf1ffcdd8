"""Do the shares that rotations were promised fit into one loop? Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from signage_server.scheduling.recurrence import DAY_MINUTES, DateRule, Window, days, occurrence
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
    """Too much was promised at once, and by whom."""

    permille: int
    names: tuple[str, ...]


def first_clash(promises: Sequence[Promise], zone_name: str, from_day: date) -> Clash | None:
    """Where, within a year of `from_day`, a screen in `zone_name` would owe more than it has; None: nowhere."""
    if sum(promise.permille for promise in promises) <= MAX_SHARES:
        return None
    on = [0] * len(promises)  # a schedule's own windows may touch or overlap: counted, not flagged
    permille = 0
    for _, change, index in _edges(promises, zone_name, from_day):
        was_on = on[index] > 0
        on[index] += change
        permille += promises[index].permille * ((on[index] > 0) - was_on)
        if permille > MAX_SHARES:
            names = (promise.name for promise, count in zip(promises, on, strict=True) if count)
            return Clash(permille, tuple(sorted(names)))
    return None


def _edges(promises: Sequence[Promise], zone_name: str, from_day: date) -> list[tuple[int, int, int]]:
    """All starts and ends in order of time: (when, +1 or -1, whose). Ends come first: windows are half-open."""
    edges: list[tuple[int, int, int]] = []
    one_zone = len({promise.zone_name or zone_name for promise in promises}) == 1
    for index, promise in enumerate(promises):
        zone = ZoneInfo(promise.zone_name or zone_name)
        for day in days(promise.rule, from_day - _DAY, from_day + LOOK_AHEAD):
            for window in promise.windows:
                # Where all speak of the same clock, what it shows is enough, and much quicker than instants.
                start, end = _on_the_clock(day, window) if one_zone else _instants(day, window, zone)
                edges += [(start, 1, index), (end, -1, index)]
    return sorted(edges)


def _on_the_clock(day: date, window: Window) -> tuple[int, int]:
    midnight = day.toordinal() * DAY_MINUTES
    return midnight + window.from_min, midnight + window.end_min


def _instants(day: date, window: Window, zone: ZoneInfo) -> tuple[int, int]:
    found = occurrence(day, window, zone)
    return found.start_ms, found.end_ms
