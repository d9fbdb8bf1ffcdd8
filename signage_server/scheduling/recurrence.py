"""Which local days a schedule names, and which instant a wall-clock time is.

Pure: dates and zones in, dates and UTC milliseconds out. Expanding RRULEs is python-dateutil's work, on naive
dates; this module only hands it so small a piece of the calendar that neither a rule's age nor a rule that
never matches costs anything.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from heapq import merge
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule

from signage_server.scheduling import refusals
from signage_server.scheduling.refusals import RecurrenceError
from signage_server.scheduling.rules import YEARS, Rule, check_rrule, parse_rrule

__all__ = [
    "DAY_MINUTES",
    "DateRule",
    "Occurrence",
    "RecurrenceError",
    "Window",
    "check_rrule",
    "check_rule",
    "days",
    "first_named_day",
    "last_named_day",
    "local_day",
    "next_occurrences",
    "occurrence",
    "wall_to_utc_ms",
]

DAY_MINUTES = 1440
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_ONE_PERIOD = 120_000  # an interval that leads past the year 9999: dateutil stops after the first period
_SEARCH = timedelta(days=366 * 40)  # no rule worth playing rests longer than this


@dataclass(frozen=True, slots=True)
class DateRule:
    """The local days on which a schedule is on."""

    first_day: date
    """The first possible day; also where the rule starts counting (RFC 5545's DTSTART)."""
    last_day: date | None = None
    """The last possible day, inclusive; nothing of the schedule begins after it. None: no end."""
    rrule: str | None = None
    """An RRULE over dates as `check_rrule` returns it. None: every day."""
    except_days: tuple[date, ...] = ()
    """Days left out, whatever else names them."""
    extra_days: tuple[date, ...] = ()
    """Days added, whatever a day set says. Like everything else they count within first and last day only."""
    only_days: frozenset[date] | None = None
    """Of the rule's own days only these are on. None: all of them."""
    include_days: frozenset[date] = frozenset()
    """Days of day sets, added to those of the rule."""
    exclude_days: frozenset[date] = frozenset()
    """Days of day sets, left out unless `extra_days` names them."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch [from, to) of the wall clock, in minutes from midnight. `to < from` runs into the next day."""

    from_min: int
    to_min: int

    def __post_init__(self) -> None:
        if not 0 <= self.from_min < DAY_MINUTES or not 0 <= self.to_min <= DAY_MINUTES:
            raise refusals.WindowOutsideDay(from_min=self.from_min, to_min=self.to_min)
        if self.from_min == self.to_min:
            raise refusals.EmptyWindow(from_min=self.from_min, to_min=self.to_min)

    @property
    def end_min(self) -> int:
        """Where the window ends, in minutes from the midnight of the day on which it starts."""
        return self.to_min if self.to_min > self.from_min else self.to_min + DAY_MINUTES


ALL_DAY = Window(0, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One window on one day, as it happens: [start, end) in UTC."""

    day: date
    start_ms: int
    end_ms: int


def check_rule(rule: DateRule) -> None:
    """Refuses a rule that cannot be played or names no day at all. Raises RecurrenceError."""
    named = (rule.first_day, *([rule.last_day] if rule.last_day else []), *rule.except_days, *rule.extra_days)
    for day in named:
        if day.year not in YEARS:
            raise refusals.DayOutOfRange(day=day)
    if rule.last_day is not None and rule.last_day < rule.first_day:
        raise refusals.LastBeforeFirst(first_day=rule.first_day, last_day=rule.last_day)
    if rule.rrule is not None:
        check_rrule(rule.rrule)
    if first_named_day(rule) is None:
        without_sets = replace(rule, only_days=None, include_days=frozenset(), exclude_days=frozenset())
        raise (refusals.NoDaysLeft if first_named_day(without_sets) else refusals.NoDays)(rrule=rule.rrule)


def first_named_day(rule: DateRule) -> date | None:
    """The first day of the rule; None if it names none within forty years."""
    return next(days(rule, rule.first_day, rule.first_day + _SEARCH), None)


def days(rule: DateRule, from_day: date, until_day: date) -> Iterator[date]:
    """The days of the rule in [from_day, until_day), each once, in order.

    ((the rule ∩ only) ∪ include − exclude) ∪ extra − except, within first and last day.
    """
    start = max(from_day, rule.first_day)
    stop = _at_most(until_day, rule.last_day)
    included = [day for day in _within(rule.include_days, start, stop) if day not in rule.exclude_days]
    added = sorted([*included, *(day for day in rule.extra_days if start <= day < stop)])
    previous = None
    for day in merge(_rule_days(rule, start, stop), added):
        if day != previous and day not in rule.except_days:
            yield day
        previous = day


def last_named_day(rule: DateRule) -> date | None:
    """A day after which the rule names none; None if it goes on for ever."""
    end = _earliest(_rule_end(_parts(rule), rule.first_day), _last_of_only(rule))
    if end is not None:
        end = max((end, *_in_order(rule.include_days)[-1:], *rule.extra_days))
    return _earliest(end, rule.last_day)


def _rule_days(rule: DateRule, start: date, stop: date) -> Iterator[date]:
    """The rule's own days, of which day sets have left some."""
    end = _earliest(_rule_end(_parts(rule), rule.first_day), _last_of_only(rule))
    if rule.only_days:
        start = max(start, _in_order(rule.only_days)[0])
    for day in _expand(_parts(rule), rule.first_day, start, _at_most(stop, end)):
        if (rule.only_days is None or day in rule.only_days) and day not in rule.exclude_days:
            yield day


@lru_cache(maxsize=256)
def _in_order(some_days: frozenset[date]) -> tuple[date, ...]:
    """Public holidays of a century are one object in hundreds of rules: they are sorted once."""
    return tuple(sorted(some_days))


def _within(some_days: frozenset[date], start: date, stop: date) -> Sequence[date]:
    """Those of the days that lie in [start, stop), in order."""
    ordered = _in_order(some_days)
    return ordered[bisect_left(ordered, start) : bisect_left(ordered, stop)]


def _parts(rule: DateRule) -> Rule:
    return parse_rrule(rule.rrule or "FREQ=DAILY")


def _last_of_only(rule: DateRule) -> date | None:
    """Where `only_days` ends; the day before the first where there are none of them; None where all are meant."""
    if rule.only_days is None:
        return None
    return _in_order(rule.only_days)[-1] if rule.only_days else rule.first_day - _DAY


def _earliest(*ends: date | None) -> date | None:
    """The earliest of some ends, None being no end."""
    return min((end for end in ends if end is not None), default=None)


def _at_most(until_day: date, last_day: date | None) -> date:
    """The day before which to stop, where a last day may come first."""
    return until_day if last_day is None or last_day >= until_day else last_day + _DAY


def _rule_end(parts: Rule, first_day: date) -> date | None:
    return _last_counted_day(parts, first_day) if parts.count else parts.until


@lru_cache(maxsize=4096)
def _last_counted_day(parts: Rule, first_day: date) -> date:
    """The day on which COUNT is used up (dateutil would count anew from wherever it starts)."""
    counted = list(islice(_expand(parts, first_day, first_day, first_day + _SEARCH), parts.count))
    return counted[-1] if counted else first_day


def _expand(parts: Rule, first_day: date, start: date, stop: date) -> Iterator[date]:
    if start >= stop:
        return
    walk = _walk_on if parts.freq in ("DAILY", "WEEKLY") else _walk_periods
    for day in walk(parts, first_day, start, stop):
        if day >= stop:
            return
        if day >= start:
            yield day


def _walk_on(parts: Rule, first_day: date, start: date, stop: date) -> Iterator[date]:
    """DAILY and WEEKLY: a rule rebased to just before each stretch in which it can name days.

    Conditions on the date itself are checked afterwards: dateutil would look for a match until the year 9999.
    """
    walk = _walk_weeks if parts.bysetpos and parts.bymonth else _walk_season
    for begin, end in _seasons(parts.bymonth, start, stop):
        for day in walk(parts, first_day, begin, end):
            if begin <= day < end and parts.admits(day):
                yield day


def _seasons(months: Sequence[int], start: date, stop: date) -> Iterator[tuple[date, date]]:
    """What of [start, stop) lies in these months, or all of it: a rule for one February walks through no others."""
    if not months:
        yield start, stop
        return
    while start < stop:
        following = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        if start.month in months:
            yield start, min(following, stop)
        start = following


def _walk_weeks(parts: Rule, first_day: date, start: date, stop: date) -> Iterator[date]:
    """WEEKLY whose BYSETPOS counts those days of a week that lie in the months of BYMONTH."""
    every = replace(parts, bysetpos=(), bymonth=())

    def week_of(day: date) -> date:
        return day - timedelta(days=(day.weekday() - parts.wkst) % 7)

    for _, some in groupby(_walk_season(every, first_day, start, stop + 7 * _DAY), week_of):
        counted = [day for day in some if day.month in parts.bymonth]
        places = (place - 1 if place > 0 else len(counted) + place for place in parts.bysetpos)
        yield from (counted[place] for place in sorted({*places}) if 0 <= place < len(counted))


def _walk_season(parts: Rule, first_day: date, start: date, stop: date) -> Iterator[date]:
    daily = parts.freq == "DAILY"
    rule = rrule(
        DAILY if daily else WEEKLY,
        dtstart=_at_midnight(_rebased(parts, first_day, start)),
        interval=parts.interval,
        wkst=parts.wkst,
        byweekday=None if daily else parts.weekdays or first_day.weekday(),
        bysetpos=parts.bysetpos or None,
        until=_at_midnight(stop),
    )
    return (moment.date() for moment in rule)


def _rebased(parts: Rule, first_day: date, start: date) -> date:
    """The last start of a period at or before `start` that keeps the phase of INTERVAL."""
    if parts.freq == "DAILY":
        return first_day + timedelta(days=_floor((start - first_day).days, parts.interval))
    week = first_day - timedelta(days=(first_day.weekday() - parts.wkst) % 7)
    ahead = _floor((start - week).days, 7 * parts.interval)
    # In its first week dateutil begins at the day itself, which BYSETPOS can tell.
    return week + timedelta(days=ahead) if ahead else first_day


def _walk_periods(parts: Rule, first_day: date, start: date, stop: date) -> Iterator[date]:
    """MONTHLY and YEARLY: each month or year asked for on its own."""
    monthly = parts.freq == "MONTHLY"
    months = parts.interval * (1 if monthly else 12)
    origin = first_day.year * 12 + (first_day.month - 1 if monthly else 0)
    first = origin + _floor(start.year * 12 + start.month - 1 - origin, months)
    for month in range(first, stop.year * 12 + stop.month, months):
        for moment in _period(parts, first_day, date(month // 12, month % 12 + 1, 1)):
            yield moment.date()


def _period(parts: Rule, first_day: date, begins: date) -> rrule:
    bymonth, bymonthday = parts.bymonth, parts.bymonthday
    if not (parts.byday or parts.bymonthday or parts.byyearday or parts.byweekno):
        bymonthday = (first_day.day,)
        if parts.freq == "YEARLY":
            bymonth = bymonth or (first_day.month,)
    return rrule(
        MONTHLY if parts.freq == "MONTHLY" else YEARLY,
        dtstart=_at_midnight(begins),
        interval=_ONE_PERIOD,
        wkst=parts.wkst,
        bymonth=bymonth or None,
        bymonthday=bymonthday or None,
        byyearday=parts.byyearday or None,
        byweekno=parts.byweekno or None,
        byweekday=parts.dateutil_weekdays or None,
        bysetpos=parts.bysetpos or None,
    )


def _floor(distance: int, step: int) -> int:
    return max(distance, 0) // step * step


def _at_midnight(day: date) -> datetime:
    return datetime.combine(day, time())


@lru_cache(maxsize=16_384)  # the screens of a fleet share their days and hours
def wall_to_utc_ms(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The first instant at which the zone's clock shows `minutes` after midnight of `day`, or later.

    One monotone map for both edges of a window: a time in a missing hour is the instant of the transition, a
    time that occurs twice is its first occurrence.
    """
    wall = _at_midnight(day) + timedelta(minutes=minutes)
    before = _utc_seconds(wall, zone, fold=0)
    after = _utc_seconds(wall, zone, fold=1)
    return (before if before <= after else _transition(wall, after, before, zone)) * 1000


def _utc_seconds(wall: datetime, zone: ZoneInfo, fold: int) -> int:
    offset = wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0)
    return _seconds(wall - _EPOCH - offset)


def _transition(wall: datetime, low: int, high: int, zone: ZoneInfo) -> int:
    """The first second in (low, high] at which the clock shows `wall` or later: a missing hour lies between."""
    while high - low > 1:
        middle = (low + high) // 2
        if _wall(middle, zone) >= wall:
            high = middle
        else:
            low = middle
    return high


def _wall(seconds: int, zone: ZoneInfo) -> datetime:
    utc = _EPOCH + timedelta(seconds=seconds)
    return zone.fromutc(utc.replace(tzinfo=zone)).replace(tzinfo=None)


def _seconds(span: timedelta) -> int:
    return span.days * 86_400 + span.seconds


def local_day(at_ms: int, zone: ZoneInfo) -> date:
    """The local day whose stretch from midnight to midnight holds the instant."""
    day = _wall(at_ms // 1000, zone).date()
    # Where clocks are put back over midnight, the new day has begun although the clock shows the old one.
    return day + _DAY if wall_to_utc_ms(day + _DAY, 0, zone) <= at_ms else day


def occurrence(day: date, window: Window, zone: ZoneInfo) -> Occurrence:
    """A window on a day. It is empty (start = end) if a missing hour swallows it."""
    start_ms = wall_to_utc_ms(day, window.from_min, zone)
    return Occurrence(day, start_ms, wall_to_utc_ms(day, window.end_min, zone))


def next_occurrences(
    rule: DateRule, windows: Sequence[Window], zone: ZoneInfo, after_ms: int, count: int
) -> list[Occurrence]:
    """The next `count` occurrences that are not over at `after_ms`, the running one first.

    Fewer if the rule has no more of them within the next forty years.
    """
    today = local_day(after_ms, zone)
    coming = (
        found
        for day in days(rule, today - _DAY, today + _SEARCH)
        for found in _of_day(day, windows, zone)
        if found.end_ms > after_ms
    )
    return list(islice(coming, count))


def _of_day(day: date, windows: Iterable[Window], zone: ZoneInfo) -> list[Occurrence]:
    found = (occurrence(day, window, zone) for window in windows)
    return sorted((one for one in found if one.start_ms < one.end_ms), key=lambda one: one.start_ms)
