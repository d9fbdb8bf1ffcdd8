"""A schedule written as an iCalendar file (RFC 5545), so that reading it names the same days. Pure.

One VEVENT for each window. Day sets are written out as single days (RDATE, EXDATE): those of a schedule that goes on
for ever until the end of the fifth year after the writing. What iCalendar has no word for (role, rhythm) stands in
properties that begin with X-SIGNAGE.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.prop import vRecur

from signage_server.errors import Conflict
from signage_server.scheduling.ical.moments import UTC_NAME
from signage_server.scheduling.ical.zones import time_zone_component
from signage_server.scheduling.recurrence import (
    DAY_MINUTES,
    DateRule,
    Window,
    days,
    first_named_day,
    last_named_day,
    wall_to_utc_ms,
)
from signage_server.scheduling.rules import Rule, parse_rrule
from signage_server.scheduling.timeline import ScheduleSpec

PRODID: Final = "-//signage-server//schedules 1//VI"
YEARS_AHEAD = 5
_DAY = timedelta(days=1)
_DAILY = "FREQ=DAILY"


class NothingToExport(Conflict):
    """No day is left, or none within the years that are written out."""

    code = "ics_nothing_to_export"
    vi = "Lịch này không rơi vào ngày nào trong {years} năm tới nên không có gì để xuất."
    en = "This schedule falls on no day of the next {years} years, so there is nothing to export."


def write_ics(name: str, spec: ScheduleSpec, sentence: str, made_at: datetime) -> bytes:
    """The file of a schedule. `sentence` says it in words; `made_at` stands in it as DTSTAMP.

    Raises NothingToExport.
    """
    dates = _dates(spec.rule, made_at)
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    if spec.zone_name not in (None, UTC_NAME):
        last_year = max(_reach(made_at).year, dates.first.year + YEARS_AHEAD)
        calendar.add_component(time_zone_component(str(spec.zone_name), dates.first.year, last_year))
    for window in spec.windows:
        calendar.add_component(_event(name, spec, window, dates, sentence, made_at))
    written: bytes = calendar.to_ical()
    return written


@dataclass(frozen=True, slots=True)
class _Dates:
    """The days of a schedule as an RRULE with exceptions."""

    first: date
    """Of DTSTART."""
    rule: Rule | None
    added: tuple[date, ...]
    gone: tuple[date, ...]


def _reach(made_at: datetime) -> date:
    return date(made_at.year + YEARS_AHEAD, 12, 31)


def _dates(rule: DateRule, made_at: datetime) -> _Dates:
    own = DateRule(rule.first_day, rule.last_day, rule.rrule)
    reach = max(_reach(made_at), _begins(rule) + 366 * _DAY, *rule.except_days, *rule.extra_days)
    end = last_named_day(rule)
    stop = (reach if end is None else max(min(reach, end), *rule.extra_days, rule.first_day)) + _DAY
    if rule.only_days is not None or rule.first_day == rule.last_day:
        return _listed(list(days(rule, rule.first_day, stop)))
    named, of_rule = set(days(rule, rule.first_day, stop)), set(days(own, rule.first_day, stop))
    if not named:
        raise NothingToExport(years=YEARS_AHEAD)
    first = _start(rule, min(named), min(of_rule, default=None))
    gone = of_rule - named | ({first} - named)
    return _Dates(first, _ended(own), tuple(sorted(named - of_rule)), tuple(sorted(gone)))


def _begins(rule: DateRule) -> date:
    """The first day, however far ahead. With day sets, of which the next years are written out: the first possible."""
    by_sets = rule.only_days is not None or rule.include_days or rule.exclude_days
    return rule.first_day if by_sets else first_named_day(rule) or rule.first_day


def _listed(named: list[date]) -> _Dates:
    """Without a rule: every day by itself."""
    if not named:
        raise NothingToExport(years=YEARS_AHEAD)
    return _Dates(named[0], None, tuple(named[1:]), ())


def _start(rule: DateRule, earliest: date, first_of_rule: date | None) -> date:
    """DTSTART: the first day that the rule itself names, as RFC 5545 wishes.

    Where that would tell the rule's phase anew (BYSETPOS counts in the week from the first day on) or leave an extra
    day before the start, the first day as it is; it is then taken out by EXDATE.
    """
    phased = parse_rrule(rule.rrule or _DAILY).bysetpos
    if first_of_rule is None or phased or earliest < first_of_rule:
        return rule.first_day
    return first_of_rule


def _ended(own: DateRule) -> Rule:
    """The rule with its end in it, by COUNT or by UNTIL, whichever is first."""
    rule = parse_rrule(own.rrule or _DAILY)
    if own.last_day is None:
        return rule
    last = last_named_day(replace(own, last_day=None))
    if last is not None and last <= own.last_day:
        return rule
    return replace(rule, count=None, until=own.last_day)


def _event(
    name: str, spec: ScheduleSpec, window: Window, dates: _Dates, sentence: str, made_at: datetime
) -> Event:
    times = _Times(window, spec.zone_name)
    event = Event()
    event.add("uid", f"{spec.id}-{window.from_min:04}-{window.end_min:04}@signage-server")
    event.add("dtstamp", made_at)
    event.add("summary", name)
    event.add("description", sentence)
    event.add("dtstart", times.start_on(dates.first))
    event.add("dtend", times.end_on(dates.first))
    if dates.rule is not None:
        event.add("rrule", vRecur.from_ical(times.rule_text(dates.rule)))
    for kind, named in (("rdate", dates.added), ("exdate", dates.gone)):
        for day in named:  # one on each line: some readers know no lists
            event.add(kind, times.start_on(day))
    for key, value in _own_words(spec):
        event.add(key, value)
    return event


@dataclass(frozen=True, slots=True)
class _Times:
    """The values of one window's dates: plain dates for whole days that are in no fixed zone."""

    window: Window
    zone_name: str | None

    @property
    def _whole_days(self) -> bool:
        return self.zone_name is None and self.window == Window(0, DAY_MINUTES)

    def start_on(self, day: date) -> date:
        return day if self._whole_days else self._at(day, self.window.from_min)

    def end_on(self, day: date) -> date:
        return day + _DAY if self._whole_days else self._at(day, self.window.end_min)

    def rule_text(self, rule: Rule) -> str:
        """The RRULE; its UNTIL is of the kind that DTSTART is: a date, a local time, or UTC beside a zone."""
        if rule.until is None:
            return str(rule)
        return f"{replace(rule, until=None)};UNTIL={self._until(rule.until)}"

    def _until(self, day: date) -> str:
        if self._whole_days:
            return f"{day:%Y%m%d}"
        if self.zone_name is None:
            return f"{self._at(day, self.window.from_min):%Y%m%dT%H%M%S}"
        ms = wall_to_utc_ms(day, self.window.from_min, ZoneInfo(self.zone_name))
        return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y%m%dT%H%M%SZ}"

    def _at(self, day: date, minutes: int) -> datetime:
        wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
        return wall if self.zone_name is None else wall.replace(tzinfo=_zone(self.zone_name))


def _zone(name: str) -> tzinfo:
    return UTC if name == UTC_NAME else ZoneInfo(name)


def _own_words(spec: ScheduleSpec) -> Iterator[tuple[str, str]]:
    yield "x-signage-schedule", spec.id
    if spec.role != "rotation":
        yield "x-signage-role", spec.role
    if spec.role == "reminder":
        yield "x-signage-every-ms", str(spec.every_ms)
        yield "x-signage-take", spec.take
    if spec.priority:
        yield "x-signage-priority", str(spec.priority)
    if spec.share_permille:
        yield "x-signage-share", str(spec.share_permille)
    if spec.silences_reminders:
        yield "x-signage-silences", "TRUE"
