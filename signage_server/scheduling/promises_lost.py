"""How many showings a reminder loses by a schedule that keeps it silent. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from signage_server.scheduling.plan import Plan
from signage_server.scheduling.recurrence import local_day, wall_to_utc_ms
from signage_server.scheduling.rhythm import WINDOW_MOST_MS, InForce, by_schedule, promises

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PromisesLost:
    """What a reminder loses on the days on which it loses any: of one of them, if all of its days are alike."""

    schedule: str
    lost: int
    due: int
    """So many showings were promised."""
    silent_ms: int
    days: int
    """On so many; 0: on each day alike, and the numbers are those of one day."""
    day_ms: int
    """When the first of them begins."""


class _Day(NamedTuple):
    """What is promised on a day, or what is lost of it."""

    start_ms: int
    showings: int
    on_ms: int


def promises_lost(
    without: Plan, together: Plan, zone: ZoneInfo, from_ms: int, until_ms: int
) -> list[PromisesLost]:
    """Compares the plans in [from, until), day by day of the zone; reminders that lose nothing are left out."""
    before, after = (_by_day(plan, zone, from_ms, until_ms) for plan in (without, together))
    first_is_whole = wall_to_utc_ms(local_day(from_ms, zone), 0, zone) == from_ms
    found = (
        _lost(schedule, days, after.get(schedule, {}), from_ms if not first_is_whole else None)
        for schedule, days in before.items()
    )
    return [one for one in found if one]


def _lost(
    schedule: str, before: Mapping[int, _Day], after: Mapping[int, _Day], part_ms: int | None
) -> PromisesLost | None:
    """`part_ms`: the start of a first day that is not whole, and so not like the others."""
    nothing = _Day(0, 0, 0)
    pairs = [(had, after.get(start_ms, nothing)) for start_ms, had in before.items()]
    losing = [(had, has) for had, has in pairs if has.showings < had.showings]
    if not losing:
        return None
    whole = [(had[1:], has[1:]) for had, has in pairs if had.start_ms != part_ms]
    alike = len(whole) > 1 and len(set(whole)) == 1 and losing[-1][0].start_ms != part_ms
    told = losing[-1:] if alike else losing
    return PromisesLost(
        schedule,
        lost=sum(had.showings - has.showings for had, has in told),
        due=sum(had.showings for had, _ in told),
        silent_ms=sum(had.on_ms - has.on_ms for had, has in told),
        days=0 if alike else len(losing),
        day_ms=told[0][0].start_ms,
    )


def _by_day(plan: Plan, zone: ZoneInfo, from_ms: int, until_ms: int) -> dict[str, dict[int, _Day]]:
    """What each reminder is promised on each day on which it is on, by where the days begin."""
    found: dict[str, dict[int, _Day]] = {}
    for start_ms, end_ms in _days(zone, from_ms, until_ms):
        made = promises([InForce(plan, start_ms, end_ms)], start_ms - WINDOW_MOST_MS, end_ms)
        for schedule, those in by_schedule(made).items():
            if showings := sum(one.due for one in those):
                on_ms = sum(one.end_ms - one.start_ms for one in those)
                found.setdefault(schedule, {})[start_ms] = _Day(start_ms, showings, on_ms)
    return found


def _days(zone: ZoneInfo, from_ms: int, until_ms: int) -> Iterator[tuple[int, int]]:
    start_ms = from_ms
    while start_ms < until_ms:
        end_ms = min(wall_to_utc_ms(local_day(start_ms, zone) + _DAY, 0, zone), until_ms)
        yield start_ms, end_ms
        start_ms = end_ms
