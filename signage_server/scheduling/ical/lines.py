"""An iCalendar file taken apart into events and the lines that matter to us. Pure.

The library unfolds and splits the lines. What hangs between BEGIN and END is walked here, not by the library's own
parser: that one understands every property of every component, remembers the time zones of one file for all that
come later, and trusts the file to be of a sensible size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from icalendar.parser import Contentline
from icalendar.parser.content_line import NEWLINE, UFOLD

from signage_server.scheduling.ical.refusals import (
    LineMalformed,
    NoEvents,
    NotCalendar,
    NotUtf8,
    TooManyEvents,
)

EVENTS_MOST = 500
_DEPTH_MOST = 5
_EVENT = "VCALENDAR/VEVENT"
_ZONE = "VCALENDAR/VTIMEZONE"
#: What is read of which component; everything else is passed over unseen.
_WANTED = {
    _EVENT: {"UID", "SEQUENCE", "SUMMARY", "STATUS", "DTSTART", "DTEND", "DURATION"}
    | {"RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
    | {f"X-SIGNAGE-{what}" for what in ("SCHEDULE", "ROLE", "EVERY-MS", "TAKE")}
    | {f"X-SIGNAGE-{what}" for what in ("PRIORITY", "SHARE", "SILENCES")},
    _ZONE: {"TZID", "X-LIC-LOCATION"},
}


class Line(NamedTuple):
    """One property: its parameters by name, in capitals, and its value."""

    params: Mapping[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class Component:
    """The lines of an event (or a time zone) by the name of the property."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)
    """Names of properties that could not be read."""

    def all(self, name: str) -> Sequence[Line]:
        """All lines of a property."""
        return self.lines.get(name, ())

    def first(self, name: str) -> Line | None:
        """The first line of a property, if there is one."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """The value of a property that is plain text; empty if it is not there."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def check(self) -> None:
        """Raises LineMalformed if a line that matters could not be read."""
        for name in self.torn:
            raise LineMalformed(name=name)


@dataclass(frozen=True, slots=True)
class Zones:
    """What is known of the zones that a file names."""

    told: Mapping[str, str]
    """By TZID: the name from the time zone database that its VTIMEZONE tells, if it tells one."""
    own: str | None
    """The zone of whoever reads: preferred to others that keep the same clock, where a name may mean several."""


@dataclass(frozen=True, slots=True)
class RawCalendar:
    """What a file holds."""

    events: Sequence[Component]
    zones: Zones


def take_apart(data: bytes, own_zone: str | None) -> RawCalendar:
    """The events of a file. Raises CalendarError where it is none, or too large a one."""
    events: list[Component] = []
    zones: dict[str, str] = {}
    for kind, component in _components(_lines(data)):
        if kind == _ZONE:
            zones[component.text("TZID")] = component.text("X-LIC-LOCATION")
            continue
        events.append(component)
        if len(events) > EVENTS_MOST:
            raise TooManyEvents(most=EVENTS_MOST)
    if not events:
        raise NoEvents()
    return RawCalendar(events, Zones(zones, own_zone))


def _lines(data: bytes) -> Sequence[Contentline]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotUtf8() from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old Macs ended lines with CR alone
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise NotCalendar()
    unfolded = UFOLD.sub("", text.lstrip())
    return [Contentline(line) for line in NEWLINE.split(unfolded) if line]


def _components(lines: Sequence[Contentline]) -> Iterator[tuple[str, Component]]:
    """Events and time zones as they end."""
    path: list[str] = []
    open_one = Component()
    for line in lines:
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name == "BEGIN":
            path.append(_value(line))
            if len(path) > _DEPTH_MOST:
                raise NotCalendar()
            if "/".join(path) in _WANTED:
                open_one = Component()
        elif name == "END":
            ended = "/".join(path)
            if not path or path.pop() != _value(line):
                raise NotCalendar()
            if ended in _WANTED:
                yield ended, open_one
        elif name in _WANTED.get("/".join(path), ()):
            _keep(open_one, name, line)
    if path:
        raise NotCalendar()


def _value(line: Contentline) -> str:
    return line.partition(":")[2].strip().upper()


def _keep(component: Component, name: str, line: Contentline) -> None:
    try:
        _, params, value = line.parts()
    except ValueError:
        component.torn.append(name)
        return
    said = {key.upper(): text for key, text in params.items() if isinstance(text, str)}
    component.lines.setdefault(name, []).append(Line(said, value))
