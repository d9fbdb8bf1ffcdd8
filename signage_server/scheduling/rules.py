"""RRULE texts over dates, read and refused with a reason. Pure.

Only what can be said of whole days is accepted: `FREQ=DAILY|WEEKLY|MONTHLY|YEARLY` and the parts that RFC 5545
allows with each. Anything below a day is a reminder's business.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dateutil.rrule import weekday

from signage_server.scheduling import refusals

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SUB_DAILY = ("HOURLY", "MINUTELY", "SECONDLY")
_SUB_DAILY_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MAX_INTERVAL = 999
_MAX_COUNT = 9999
#: The years in which a schedule may lie: the arithmetic of dates must never come to its end.
YEARS = range(1970, 2200)

#: Numeric list parts: the largest absolute value, whether it may count from the end, and where it is allowed.
_LISTS: dict[str, tuple[int, bool, tuple[str, ...]]] = {
    "BYMONTH": (12, False, ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    "BYWEEKNO": (53, True, ("YEARLY",)),
    "BYYEARDAY": (366, True, ("YEARLY",)),
    "BYMONTHDAY": (31, True, ("DAILY", "MONTHLY", "YEARLY")),
    "BYSETPOS": (366, True, ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE as values. `byday` holds (weekday 0–6, nth or 0 for every)."""

    freq: str
    interval: int = 1
    until: date | None = None
    count: int | None = None
    bymonth: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    bysetpos: tuple[int, ...] = ()
    wkst: int = 0

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The weekdays of BYDAY without their ordinals."""
        return tuple(day for day, _ in self.byday)

    @property
    def dateutil_weekdays(self) -> tuple[weekday, ...]:
        """BYDAY in dateutil's words. Beside an ordinal it reads `MO` as a second condition; RFC 5545 means all."""
        if not any(nth for _, nth in self.byday):
            return tuple(weekday(day) for day in self.weekdays)
        all_of_them = range(1, self.most_weekdays + 1)
        return tuple(weekday(day, n) for day, nth in self.byday for n in ([nth] if nth else all_of_them))

    @property
    def most_weekdays(self) -> int:
        """How often one weekday can occur in what BYDAY counts in: a month or a year."""
        return 53 if self.freq == "YEARLY" and not self.bymonth else 5

    def admits(self, day: date) -> bool:
        """Whether the conditions on a single date (month, day of month, weekday) hold for `day`."""
        return (
            (not self.bymonth or day.month in self.bymonth)
            and (not self.bymonthday or not _month_days(day).isdisjoint(self.bymonthday))
            and (not self.byday or day.weekday() in self.weekdays)
        )

    def __str__(self) -> str:
        return ";".join(f"{name}={value}" for name, value in self._said() if value)

    def _said(self) -> list[tuple[str, str]]:
        return [
            ("FREQ", self.freq),
            ("INTERVAL", str(self.interval) if self.interval > 1 else ""),
            ("UNTIL", self.until.strftime("%Y%m%d") if self.until else ""),
            ("COUNT", str(self.count or "")),
            ("BYMONTH", _joined(self.bymonth)),
            ("BYWEEKNO", _joined(self.byweekno)),
            ("BYYEARDAY", _joined(self.byyearday)),
            ("BYMONTHDAY", _joined(self.bymonthday)),
            ("BYDAY", ",".join(f"{nth or ''}{WEEKDAYS[day]}" for day, nth in self.byday)),
            ("BYSETPOS", _joined(self.bysetpos)),
            ("WKST", WEEKDAYS[self.wkst] if self.wkst else ""),
        ]


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _month_days(day: date) -> set[int]:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return {day.day, day.day - 1 - (following - day.replace(day=1)).days}


def check_rrule(text: str) -> str:
    """The rule in its one normal spelling. Raises RecurrenceError for what is not a rule over dates."""
    return str(parse_rrule(text))


@lru_cache(maxsize=4096)
def parse_rrule(text: str) -> Rule:
    """An RRULE as values. Raises RecurrenceError."""
    said = _split(text)
    freq = said.pop("FREQ", "")
    if freq in _SUB_DAILY or any(part in said for part in _SUB_DAILY_PARTS):
        raise refusals.SubDailyRule(rrule=text)
    if freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise refusals.MalformedRule(rrule=text)
    if "UNTIL" in said and "COUNT" in said:
        raise refusals.UntilAndCount(rrule=text)
    rule = Rule(
        freq=freq,
        interval=_number("INTERVAL", said.pop("INTERVAL", "1"), _MAX_INTERVAL),
        until=_until(said.pop("UNTIL")) if "UNTIL" in said else None,
        count=_number("COUNT", said.pop("COUNT"), _MAX_COUNT) if "COUNT" in said else None,
        byday=_weekdays(said.pop("BYDAY")) if "BYDAY" in said else (),
        wkst=_weekday("WKST", said.pop("WKST", "MO")),
        bymonth=_numbers("BYMONTH", said, freq),
        byweekno=_numbers("BYWEEKNO", said, freq),
        byyearday=_numbers("BYYEARDAY", said, freq),
        bymonthday=_numbers("BYMONTHDAY", said, freq),
        bysetpos=_numbers("BYSETPOS", said, freq),
    )
    for part in said:
        raise refusals.UnknownRulePart(part=part)
    _check_together(rule)
    # Of a single day, position 1 or -1 is the day itself.
    return replace(rule, bysetpos=()) if freq == "DAILY" else rule


def _split(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or not value:
            raise refusals.MalformedRule(rrule=text)
        if name in said:
            raise refusals.RulePartTwice(part=name)
        said[name] = value
    return said


def _check_together(rule: Rule) -> None:
    """What RFC 5545 forbids in combination, and the one it allows that we do not play."""
    ordinal = any(nth for _, nth in rule.byday)
    if ordinal and (rule.freq in ("DAILY", "WEEKLY") or rule.byweekno):
        raise refusals.RulePartNotAllowed(part="BYDAY", freq=rule.freq)
    for _, nth in rule.byday:
        if abs(nth) > rule.most_weekdays:
            raise refusals.BadRuleValue(part="BYDAY", value=nth)
    most = {"DAILY": 1, "WEEKLY": max(len(rule.byday), 1)}.get(rule.freq, _LISTS["BYSETPOS"][0])
    if rule.bysetpos and min(map(abs, rule.bysetpos)) > most:
        raise refusals.BadRuleValue(part="BYSETPOS", value=rule.bysetpos[0])
    others = (rule.byday, rule.bymonthday, rule.byyearday, rule.byweekno, rule.bymonth)
    if rule.bysetpos and not any(others):
        raise refusals.RulePartNotAllowed(part="BYSETPOS", freq=rule.freq)


def _numbers(part: str, said: dict[str, str], freq: str) -> tuple[int, ...]:
    text = said.pop(part, None)
    if text is None:
        return ()
    largest, signed, allowed = _LISTS[part]
    if freq not in allowed:
        raise refusals.RulePartNotAllowed(part=part, freq=freq)
    return tuple(sorted({_number(part, value, largest, signed) for value in text.split(",")}))


def _number(part: str, text: str, largest: int, signed: bool = False) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}" if signed else r"\d{1,4}", text, re.ASCII):
        raise refusals.BadRuleValue(part=part, value=text)
    value = int(text)
    if not 1 <= abs(value) <= largest:
        raise refusals.BadRuleValue(part=part, value=text)
    return value


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({_nth_weekday(value) for value in text.split(",")}))


def _nth_weekday(text: str) -> tuple[int, int]:
    nth, day = text[:-2], text[-2:]
    return _weekday("BYDAY", day), _number("BYDAY", nth, 53, signed=True) if nth else 0


def _weekday(part: str, text: str) -> int:
    if text not in WEEKDAYS:
        raise refusals.BadRuleValue(part=part, value=text)
    return WEEKDAYS.index(text)


def _until(text: str) -> date | None:
    """UNTIL as a date; the time of day that iCalendar adds to it says nothing about whole days.

    None where it lies beyond all schedules: calendar programs write the year 9999 for "for ever".
    """
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?", text, re.ASCII)
    try:
        if not found or int(found[1]) < YEARS[0]:
            raise ValueError
        until = date(*(int(number) for number in found.groups()[:3]))
        return until if until.year in YEARS else None
    except ValueError:
        raise refusals.BadRuleValue(part="UNTIL", value=text) from None
