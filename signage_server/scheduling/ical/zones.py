"""A time zone as a VTIMEZONE (RFC 5545, 3.6.5): each change of its clock, as the time zone database has it. Pure.

The library's own writing of zones dates a change by the clock after it, where the RFC counts by the clock before, and
leaps over a zone's short seasons.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = timedelta(days=1)  # no clock changes twice within a day
_SECOND = timedelta(seconds=1)


class _Season(NamedTuple):
    """What a clock shows between two changes."""

    offset: timedelta
    name: str
    daylight: bool


class _Change(NamedTuple):
    """From one season to the next."""

    offset_before: timedelta
    after: _Season


@lru_cache(maxsize=64)
def time_zone_component(name: str, first_year: int, last_year: int) -> Timezone:
    """The changes of a zone's clock from the year before the first until the end of the last one."""
    zone = ZoneInfo(name)
    begin = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    found: dict[_Change, list[datetime]] = {}
    opening = _season(zone, begin)
    found[_Change(opening.offset, opening)] = [_wall(begin, opening.offset)]
    for at, change in _changes(zone, begin, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        found.setdefault(change, []).append(_wall(at, change.offset_before))
    component = Timezone()
    component.add("tzid", name)
    for change, onsets in found.items():
        component.add_component(_observance(change, onsets))
    return component


def _observance(change: _Change, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    one = TimezoneDaylight() if change.after.daylight else TimezoneStandard()
    one.add("dtstart", onsets[0])
    if onsets[1:]:
        one.add("rdate", onsets[1:])
    one.add("tzoffsetfrom", change.offset_before)
    one.add("tzoffsetto", change.after.offset)
    one.add("tzname", change.after.name)
    return one


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[tuple[datetime, _Change]]:
    """The instants at which the zone's clock changes."""
    at, before = begin, _season(zone, begin)
    while at < end:
        after = _season(zone, at + _STEP)
        if after != before:
            yield _instant_of_change(zone, at, before), _Change(before.offset, after)
        at, before = at + _STEP, after


def _instant_of_change(zone: ZoneInfo, low: datetime, before: _Season) -> datetime:
    """The first second in the step after `low` that is not in the season before."""
    high = low + _STEP
    while high - low > _SECOND:
        middle = low + (high - low) // _SECOND // 2 * _SECOND
        low, high = (middle, high) if _season(zone, middle) == before else (low, middle)
    return high


def _season(zone: ZoneInfo, at: datetime) -> _Season:
    wall = at.astimezone(zone)
    return _Season(wall.utcoffset() or timedelta(0), wall.tzname() or zone.key, bool(wall.dst()))


def _wall(at: datetime, offset: timedelta) -> datetime:
    return (at + offset).replace(tzinfo=None)
