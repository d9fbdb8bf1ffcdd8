"""A repetition cut at a day: what was before it, what comes from it on, and the same without that day. Pure.

A rule counts from its first day: the phase of INTERVAL, what COUNT has used up and the weekday or day of the month
that nobody wrote down all hang on it. What comes after a cut names the same days as the whole did.
"""

from dataclasses import replace
from datetime import date, timedelta

from signage_server.scheduling.recurrence import DateRule, days
from signage_server.scheduling.rules import Rule, parse_rrule

_DAY = timedelta(days=1)
_SEARCH = timedelta(days=366 * 40)  # no rule worth playing rests longer than this
_ONCE = "FREQ=DAILY;COUNT=1"


def is_on(rule: DateRule, day: date) -> bool:
    """Whether the day is one of the rule's."""
    return next(days(rule, day, day + _DAY), None) is not None


def without_day(rule: DateRule, day: date) -> DateRule | None:
    """The rule with this day left out; None if it was the only one."""
    extra = tuple(one for one in rule.extra_days if one != day)
    rest = replace(rule, extra_days=extra, except_days=tuple(sorted({*rule.except_days, day})))
    return rest if _first_on(rest, rest.first_day) else None


def before_day(rule: DateRule, day: date) -> DateRule | None:
    """What the rule names before a day; None if that is nothing."""
    last = day - _DAY if rule.last_day is None else min(rule.last_day, day - _DAY)
    if last < rule.first_day:
        return None
    parts = _parts(rule)
    used = len(_own_days(rule, day)) if parts.count else 0
    cut = replace(
        rule,
        last_day=last,
        rrule=str(replace(parts, count=used)) if used else rule.rrule,
        except_days=tuple(one for one in rule.except_days if one < day),
        extra_days=tuple(one for one in rule.extra_days if one < day),
    )
    return cut if _first_on(cut, cut.first_day) else None


def from_day(rule: DateRule, day: date) -> DateRule | None:
    """What the rule names from a day on; None if that is nothing.

    It begins on that day, unless only an earlier first day keeps its phase: then what lies between is left out.
    """
    first = _first_on(rule, max(day, rule.first_day))
    if first is None or day <= rule.first_day:
        return rule if first else None
    rest = replace(
        rule,
        except_days=tuple(one for one in rule.except_days if one >= day),
        extra_days=tuple(one for one in rule.extra_days if one >= day),
    )
    if not _has_own_day_from(rule, day):  # added days are left, the rule itself is used up
        return replace(rest, first_day=first, rrule=_ONCE)
    rest = _begun_later(rest, rule, day)
    between = days(rest, rest.first_day, day)
    return replace(rest, except_days=tuple(sorted({*rest.except_days, *between})))


def _begun_later(rest: DateRule, rule: DateRule, day: date) -> DateRule:
    """The same with a later first day, and what hung on the old one written down."""
    parts = _parts(rule)
    if parts.freq == "WEEKLY" and parts.bysetpos:  # its first week is counted from the first day on
        begins, kept = _phase(parts, rule.first_day, day), parts
    elif is_on(_own(rule), day):
        begins, kept = day, parts
    else:
        kept = _written_down(parts, rule.first_day)
        begins = day if parts.interval == 1 else _phase(parts, rule.first_day, day)
    if parts.count:
        kept = replace(kept, count=parts.count - len(_own_days(rule, begins)))
    return replace(rest, first_day=begins, rrule=rule.rrule if kept == parts else str(kept))


def _phase(parts: Rule, first_day: date, day: date) -> date:
    """The start of the last period at or before a day in which the rule may name days; never before its first day."""
    if parts.freq == "DAILY":
        return first_day + timedelta(days=_floor((day - first_day).days, parts.interval))
    if parts.freq == "WEEKLY":
        week = first_day - timedelta(days=(first_day.weekday() - parts.wkst) % 7)
        return max(first_day, week + timedelta(days=_floor((day - week).days, 7 * parts.interval)))
    monthly = parts.freq == "MONTHLY"
    origin = first_day.year * 12 + (first_day.month - 1 if monthly else 0)
    step = parts.interval * (1 if monthly else 12)
    month = origin + _floor(day.year * 12 + day.month - 1 - origin, step)
    return max(first_day, date(month // 12, month % 12 + 1, 1))


def _written_down(parts: Rule, first_day: date) -> Rule:
    """The rule with the weekday, day and month that it took from its first day."""
    if parts.freq == "WEEKLY" and not parts.byday:
        return replace(parts, byday=((first_day.weekday(), 0),))
    if parts.freq in ("DAILY", "WEEKLY"):
        return parts
    if parts.byday or parts.bymonthday or parts.byyearday or parts.byweekno:
        return parts
    months = parts.bymonth or ((first_day.month,) if parts.freq == "YEARLY" else ())
    return replace(parts, bymonthday=(first_day.day,), bymonth=months)


def _parts(rule: DateRule) -> Rule:
    return parse_rrule(rule.rrule or "FREQ=DAILY")


def _own(rule: DateRule) -> DateRule:
    """The rule alone, without days that are added or left out by hand or by sets."""
    return DateRule(rule.first_day, rrule=rule.rrule)


def _own_days(rule: DateRule, before: date) -> list[date]:
    """The days that the rule alone names before a day: those that COUNT has counted."""
    return list(days(_own(rule), rule.first_day, before))


def _has_own_day_from(rule: DateRule, day: date) -> bool:
    return next(days(_own(rule), day, day + _SEARCH), None) is not None


def _first_on(rule: DateRule, day: date) -> date | None:
    return next(days(rule, day, day + _SEARCH), None)


def _floor(distance: int, step: int) -> int:
    return distance // step * step
