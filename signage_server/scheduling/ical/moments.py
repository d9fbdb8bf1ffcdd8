"""The dates and times of an iCalendar file as days and minutes of a wall clock. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar.prop import vDate, vDatetime, vDuration
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from signage_server.clock import zone_names
from signage_server.scheduling.ical.lines import Component, Line, Zones
from signage_server.scheduling.ical.refusals import (
    LineMalformed,
    OddSeconds,
    YearOutOfRange,
    ZonesMixed,
    ZoneUnknown,
)
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.rules import YEARS

UTC_NAME = "UTC"
_MINUTE = timedelta(minutes=1)
_YEARS_COMPARED = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a time on the wall."""

    day: date
    minute: int | None = None
    """Minutes after midnight; None: the whole date is meant."""
    zone: str | None = None
    """None: the wall clock of wherever it is shown."""

    @property
    def is_date(self) -> bool:
        """Whether only a date was said."""
        return self.minute is None

    @property
    def wall(self) -> datetime:
        """The wall clock's time; midnight for a date."""
        return datetime.combine(self.day, datetime.min.time()) + (self.minute or 0) * _MINUTE


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment on, for so many minutes on the wall clock."""

    start: Moment
    minutes: int


def first_moment(component: Component, name: str, zones: Zones) -> Moment | None:
    """The moment that a property says, if the property is there."""
    line = component.first(name)
    return None if line is None else moment_of(name, line.value, line, zones)


def moments(component: Component, name: str, zones: Zones) -> Iterator[Moment | Span]:
    """Everything that the lists of RDATE or EXDATE say, one after the other."""
    for line in component.all(name):
        for text in line.value.split(","):
            if "/" in text:
                yield _period(name, text, line, zones)
            elif text.strip():  # some programs write an empty RDATE
                yield moment_of(name, text, line, zones)


def moment_of(name: str, text: str, line: Line, zones: Zones) -> Moment:
    """One value, in years whose arithmetic never comes to its end. Seconds are understood where programs write them.

    A window that ends at second 59 means the whole minute; an UNTIL may lie anywhere in its minute, since what begins
    begins with a minute. Raises EventError.
    """
    text = text.strip()
    try:
        if len(text) == 8:
            return Moment(_in_range(name, vDate.from_ical(text)))
        at = vDatetime.from_ical(text)
    except ValueError:
        raise LineMalformed(name=name) from None
    _in_range(name, at)
    wall = at.replace(tzinfo=None)
    if name == "DTEND" and wall.second == 59:
        wall += timedelta(seconds=1)
    if wall.second and name != "UNTIL":
        raise OddSeconds()
    zone = UTC_NAME if at.tzinfo else _zone_of(line, zones, wall.year)
    return Moment(wall.date(), wall.hour * 60 + wall.minute, zone)


def minutes_of(name: str, text: str) -> int:
    """A DURATION in minutes. Raises EventError."""
    try:
        span: timedelta = vDuration.from_ical(text.strip().upper())
    except (ValueError, OverflowError):
        raise LineMalformed(name=name) from None
    if span % _MINUTE:
        raise OddSeconds()
    return span // _MINUTE


def seen_from(moment: Moment, start: Moment, name: str) -> Moment:
    """The moment on the wall clock of the event's start.

    Raises ZonesMixed where the event begins at local time everywhere, and the moment is in a zone.
    """
    if moment.is_date or start.is_date:
        return Moment(moment.day)
    if moment.zone in (start.zone, None):
        return Moment(moment.day, moment.minute, start.zone)
    if start.zone is None:
        raise ZonesMixed(name=name)
    return _on_wall(instant_ms(moment), start.zone)


def instant_ms(moment: Moment) -> int:
    """The instant of a moment that is in a zone."""
    return wall_to_utc_ms(moment.day, moment.minute or 0, ZoneInfo(moment.zone or UTC_NAME))


def span_between(start: Moment, end: Moment, name: str) -> Span:
    """From start to end, as the clock on the start's wall shows it; whole days where only dates are said."""
    if start.is_date != end.is_date:
        raise LineMalformed(name=name)
    end = seen_from(end, start, name)
    return Span(start, (end.wall - start.wall) // _MINUTE)


def _on_wall(at_ms: int, zone_name: str) -> Moment:
    wall = datetime.fromtimestamp(at_ms / 1000, ZoneInfo(zone_name))
    return Moment(wall.date(), wall.hour * 60 + wall.minute, zone_name)


def _period(name: str, text: str, line: Line, zones: Zones) -> Span:
    first, _, second = text.partition("/")
    start = moment_of(name, first, line, zones)
    if second.strip().upper().startswith(("P", "+P", "-P")):
        return Span(start, minutes_of(name, second))
    return span_between(start, moment_of(name, second, line, zones), name)


def _zone_of(line: Line, zones: Zones, year: int) -> str | None:
    """The zone's name in the time zone database. Raises ZoneUnknown."""
    said = line.params.get("TZID")
    if said is None:
        return None
    for name in _candidates(said, zones, year):
        if name in zone_names():
            return name
    raise ZoneUnknown(zone=said[:100])


def _candidates(said: str, zones: Zones, year: int) -> Iterator[str]:
    """As it stands; as Windows calls it; as its VTIMEZONE tells; without the prefix of the program that wrote it."""
    yield said
    if windows := WINDOWS_TO_OLSON.get(said):
        # Windows has one name for Bangkok, Hanoi and Jakarta: whoever reads this in Hanoi means Hanoi.
        yield zones.own if zones.own and _same_clock(windows, zones.own, year) else windows
    yield zones.told.get(said, "")
    parts = said.strip("/").split("/")
    for start in range(len(parts)):
        yield "/".join(parts[start:])


def _same_clock(one: str, other: str, year: int) -> bool:
    """Whether both zones' clocks show the same from a year on, for as long as most plans last."""
    return all(_same_year(one, other, year + number) for number in range(_YEARS_COMPARED))


@lru_cache(maxsize=1024)
def _same_year(one: str, other: str, year: int) -> bool:
    first = datetime(year, 1, 1, tzinfo=UTC)
    instants = (first + timedelta(weeks=week) for week in range(53))
    zones = ZoneInfo(one), ZoneInfo(other)
    walls = ([at.astimezone(zone).replace(tzinfo=None) for zone in zones] for at in instants)
    return all(here == there for here, there in walls)


def _in_range(name: str, day: date) -> date:
    if day.year not in YEARS:
        raise YearOutOfRange(name=name, year=f"{day.year:04}", first=YEARS[0], last=YEARS[-1])
    return day
