"""An event's RRULE as the days on which each of its times of day is on. Pure.

A schedule's rule is about whole days. What an RRULE says of the time of day (BYHOUR, BYMINUTE, the time in UNTIL,
the part of the first day that lies before DTSTART) is worked into days for each time of day here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from signage_server.scheduling import refusals
from signage_server.scheduling.ical.lines import Line, Zones
from signage_server.scheduling.ical.moments import Moment, instant_ms, moment_of
from signage_server.scheduling.ical.refusals import OddSeconds, TimesOfRule, TooManyWindows
from signage_server.scheduling.recurrence import DateRule, local_day, wall_to_utc_ms
from signage_server.scheduling.rules import YEARS, Rule, parse_rrule

WINDOWS_MOST = 24
_DAY = timedelta(days=1)
_ONCE = "FREQ=DAILY;COUNT=1"


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A time of day with the days on which something begins then."""

    minute: int
    """After midnight; 0 for whole days."""
    rule: DateRule


def time_rules(line: Line, start: Moment) -> list[TimeRule]:
    """The rule for each time of day. Days before DTSTART's time on the first day are left out.

    As python-dateutil and those who follow it do, a DTSTART that the rule does not name is no occurrence.
    Raises RecurrenceError or EventError.
    """
    said = _said(line.value)
    minutes = _minutes(said, start)
    until = said.pop("UNTIL", None)
    if "BYSETPOS" in said and len(minutes) > 1:
        raise TimesOfRule(part="BYSETPOS")
    rule = parse_rrule(";".join(f"{part}={value}" for part, value in said.items()))
    if until is not None and rule.count is not None:
        raise refusals.UntilAndCount(rrule=line.value)
    no_zones = Zones({}, None)  # a rule's end has none but UTC
    last = None if until is None or _for_ever(until) else moment_of("UNTIL", until, Line({}, until), no_zones)
    rule = _counted_by_days(rule, minutes, start)
    return [TimeRule(minute, _rule_at(minute, rule, last, start)) for minute in minutes]


def explicit_days(days: Collection[date]) -> DateRule:
    """A rule that names exactly these days, of which there must be one."""
    first, *others = sorted(set(days))
    last = others[-1] if others else first
    if all(after - before == _DAY for before, after in pairwise((first, *others))):
        return DateRule(first, last)
    return DateRule(first, last, _ONCE, extra_days=tuple(others))


def with_extra_days(rule: DateRule, days: Collection[date]) -> DateRule:
    """The rule with more days; those after its end go beyond the end of the rule itself."""
    if not days:
        return rule
    if rule.last_day is not None and max(days) > rule.last_day:
        until = f"UNTIL={rule.last_day:%Y%m%d}"
        rule = replace(rule, last_day=None, rrule=f"{rule.rrule or 'FREQ=DAILY'};{until}")
    return replace(rule, extra_days=tuple(sorted({*rule.extra_days, *days})))


def _said(text: str) -> dict[str, str]:
    """The parts that are about times of day need no understanding of the others."""
    said: dict[str, str] = {}
    for part in text.strip().upper().rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if name in said:
            raise refusals.RulePartTwice(part=name)
        said[name] = value
    if said.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise refusals.SubDailyRule(rrule=text)
    return said


def _minutes(said: dict[str, str], start: Moment) -> list[int]:
    """The times of day of BYHOUR and BYMINUTE, which a rule over dates has no use for."""
    hours, minutes = said.pop("BYHOUR", ""), said.pop("BYMINUTE", "")
    seconds = said.pop("BYSECOND", "0")
    if start.minute is None:  # RFC 5545 has them passed over where DTSTART is a date
        return [0]
    if _numbers("BYSECOND", seconds, 60) != [0]:
        raise OddSeconds()
    found = [
        hour * 60 + minute
        for hour in (_numbers("BYHOUR", hours, 23) if hours else [start.minute // 60])
        for minute in (_numbers("BYMINUTE", minutes, 59) if minutes else [start.minute % 60])
    ]
    if len(found) > WINDOWS_MOST:
        raise TooManyWindows(most=WINDOWS_MOST)
    return found


def _for_ever(until: str) -> bool:
    """Whether an UNTIL lies beyond all schedules: many programs write the year 9999 for a rule without end."""
    year = until.strip()[:4]
    return year.isascii() and year.isdigit() and int(year) > YEARS[-1]


def _numbers(part: str, text: str, largest: int) -> list[int]:
    values = text.split(",")
    if not all(value.isascii() and value.isdigit() and int(value[:5]) <= largest for value in values):
        raise refusals.BadRuleValue(part=part, value=text)
    return sorted({int(value) for value in values})


def _counted_by_days(rule: Rule, minutes: Sequence[int], start: Moment) -> Rule:
    """COUNT counts occurrences; ours counts days."""
    times = len(minutes)
    if rule.count is None or (times == 1 and minutes[0] >= (start.minute or 0)):
        return rule
    if rule.count % times or minutes[0] < (start.minute or 0):
        raise TimesOfRule(part="COUNT")
    return replace(rule, count=rule.count // times)


def _rule_at(minute: int, rule: Rule, until: Moment | None, start: Moment) -> DateRule:
    too_early = minute < (start.minute or 0)
    return DateRule(
        first_day=start.day,
        last_day=None if until is None else _last_day(minute, until, start),
        rrule=str(rule),
        except_days=(start.day,) if too_early else (),
    )


def _last_day(minute: int, until: Moment, start: Moment) -> date:
    """The last day on which `minute` is not after UNTIL.

    A plain date counts to its end. UNTIL in UTC is an instant where DTSTART has a zone; where it has none (which RFC
    5545 forbids, and many write), it is taken as the time on the wall.
    """
    if start.is_date or until.is_date:
        return until.day
    if start.zone is None or until.zone is None:
        return until.day if minute <= (until.minute or 0) else until.day - _DAY
    zone, until_ms = ZoneInfo(start.zone), instant_ms(until)
    day = local_day(until_ms, zone)
    return day if wall_to_utc_ms(day, minute, zone) <= until_ms else day - _DAY
