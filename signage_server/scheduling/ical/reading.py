"""Calendar files read: each event becomes what a schedule says of time, or is refused in words. Pure.

Limits: `EVENTS_MOST` events in a file, `DAYS_MOST` single days and `WINDOWS_MOST` times a day in an event. The size of
the file is the door's business.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple, cast

from signage_server.errors import SignageError
from signage_server.scheduling.ical import refusals as refused
from signage_server.scheduling.ical.lines import EVENTS_MOST, Component, RawCalendar, Zones, take_apart
from signage_server.scheduling.ical.moments import (
    Moment,
    Span,
    first_moment,
    minutes_of,
    moment_of,
    moments,
    seen_from,
    span_between,
)
from signage_server.scheduling.ical.rules import (
    WINDOWS_MOST,
    TimeRule,
    explicit_days,
    time_rules,
    with_extra_days,
)
from signage_server.scheduling.recurrence import DAY_MINUTES, DateRule, Window, check_rule
from signage_server.scheduling.rules import YEARS
from signage_server.scheduling.timeline import Role, ScheduleSpec

__all__ = ["DAYS_MOST", "EVENTS_MOST", "WINDOWS_MOST", "Reading", "ReadEvent", "Refused", "read_ics"]

DAYS_MOST = 1000
_NAME_MOST = 200
_DAY = timedelta(days=1)


class ReadEvent(NamedTuple):
    """What a schedule would say: its name, and its time (and role, where the file is one of ours)."""

    name: str
    spec: ScheduleSpec


class Refused(NamedTuple):
    """An event that cannot be played, and why."""

    name: str
    why: SignageError


@dataclass(frozen=True)
class Reading:
    """What a file holds, in its order."""

    events: Sequence[ReadEvent]
    refused: Sequence[Refused]


def read_ics(
    data: bytes, before_each: Callable[[], None] = lambda: None, own_zone: str | None = None
) -> Reading:
    """Reads a calendar file. `own_zone`: the reader's, by which a Windows zone is called if the clocks are the same.

    An event takes a tenth of a second at the very worst (a rule that is on once in decades); `before_each` is called
    before each one and may raise, to stop a file that is full of them. Raises CalendarError where the file is none or
    too large; a single event that cannot be played is told in `refused`, and hinders no other.
    """
    calendar = take_apart(data, own_zone)
    changes, newest = _changes(calendar.events), _newest(calendar.events)
    found: list[_Stream] = []
    bad: list[Refused] = []
    for event in calendar.events:
        if event.text("UID") in newest and (
            _is_change(event) or _sequence(event) < newest[event.text("UID")]
        ):
            continue  # read with the event that it changes, or no longer true
        try:
            found += _streams(event, changes.get(event.text("UID"), ()), calendar)
        except (SignageError, ArithmeticError) as why:
            bad.append(Refused(_name(event), _told(why)))
    return _checked(_joined(found), bad, before_each)


def _told(why: Exception) -> SignageError:
    """Numbers that lead out of the calendar are the refusal of their event alone."""
    return why if isinstance(why, SignageError) else refused.OutOfReach(first=YEARS[0], last=YEARS[-1])


class _About(NamedTuple):
    """What times of day must share to be windows of one schedule."""

    group: str
    name: str
    zone: str | None
    role: Role
    every_ms: int | None
    take: Literal["next", "all"]
    priority: int
    share_permille: int | None
    silences_reminders: bool


@dataclass(frozen=True)
class _Stream:
    """One time of day with its days."""

    about: _About
    window: Window
    rule: DateRule


@dataclass
class _Draft:
    """An event while its dates are gathered."""

    span: Span
    rules: list[TimeRule]
    extra: dict[tuple[int, int], list[date]] = field(default_factory=dict)
    """Days of RDATE by time of day and minutes of length."""
    gone: dict[int | None, list[date]] = field(default_factory=dict)
    """Days of EXDATE by time of day; under None those that are gone altogether."""


def _changes(events: Iterable[Component]) -> Mapping[str, Sequence[Component]]:
    """Changed single occurrences by the event that they belong to."""
    found: dict[str, list[Component]] = {}
    for event in events:
        if _is_change(event):
            found.setdefault(event.text("UID"), []).append(event)
    return found


def _newest(events: Iterable[Component]) -> Mapping[str, int]:
    """The highest SEQUENCE of each event: files hold older states of an event beside the one that holds."""
    found: dict[str, int] = {}
    for event in events:
        if not _is_change(event):
            uid = event.text("UID")
            found[uid] = max(found.get(uid, 0), _sequence(event))
    return found


def _sequence(event: Component) -> int:
    return _number(event.text("SEQUENCE"), 10**9) or 0


def _is_change(event: Component) -> bool:
    return event.first("RECURRENCE-ID") is not None


def _streams(event: Component, changes: Sequence[Component], calendar: RawCalendar) -> list[_Stream]:
    """The times of day of an event and, apart, its changed occurrences."""
    if _is_change(event):
        changes = ()
    if event.text("STATUS").upper() == "CANCELLED":
        raise refused.Cancelled()
    span = _span(event, calendar.zones)
    about = _about(event, span)
    draft = _Draft(span, _rules(event, span))
    _gather(draft, event, calendar.zones)
    moved = [one for change in changes for one in _change(draft, about, change, calendar)]
    return [*_of_draft(draft, about), *moved]


def _span(event: Component, zones: Zones) -> Span:
    """When it first happens. Raises EventError."""
    event.check()
    start = first_moment(event, "DTSTART", zones)
    if start is None:
        raise refused.StartMissing()
    span = Span(start, _length(event, start, zones))
    if span.minutes <= 0:
        raise refused.NoLength()
    return span


def _length(event: Component, start: Moment, zones: Zones) -> int:
    if line := event.first("DTEND"):
        end = moment_of("DTEND", line.value, line, zones)
        return span_between(start, end, "DTEND").minutes
    if line := event.first("DURATION"):
        return minutes_of("DURATION", line.value)
    return DAY_MINUTES if start.is_date else 0


def _rules(event: Component, span: Span) -> list[TimeRule]:
    """The days of each time of day, before RDATE and EXDATE."""
    start, minutes = span.start, span.minutes
    lines = event.all("RRULE")
    if len({line.value for line in lines}) > 1 or event.all("EXRULE"):
        raise refused.SeveralRules()
    if _is_long(span):
        whole_days = not minutes % DAY_MINUTES and not start.minute
        if lines or event.all("RDATE") or not whole_days:
            raise refused.TooLong()
        return [TimeRule(0, DateRule(start.day, start.day + (minutes // DAY_MINUTES - 1) * _DAY))]
    if lines and not _is_change(event):
        return time_rules(lines[0], start)
    return [TimeRule(start.minute or 0, DateRule(start.day, start.day))]


def _is_long(span: Span) -> bool:
    """Whether it is more than a window of one day can say."""
    return span.minutes > DAY_MINUTES or (span.minutes == DAY_MINUTES and bool(span.start.minute))


def _gather(draft: _Draft, event: Component, zones: Zones) -> None:
    """Notes the single days of RDATE and EXDATE."""
    start, minutes = draft.span.start, draft.span.minutes
    count = 0
    for name in ("RDATE", "EXDATE"):
        for one in moments(event, name, zones):
            count += 1
            if count > DAYS_MOST:
                raise refused.TooManyDays(most=DAYS_MOST)
            length = one.minutes if isinstance(one, Span) else minutes
            moment = seen_from(one.start if isinstance(one, Span) else one, start, name)
            if name == "EXDATE":
                draft.gone.setdefault(moment.minute, []).append(moment.day)
            else:
                key = (start.minute if moment.minute is None else moment.minute) or 0, length
                draft.extra.setdefault(key, []).append(moment.day)


def _change(draft: _Draft, about: _About, change: Component, calendar: RawCalendar) -> Iterator[_Stream]:
    """Takes the changed occurrence out of its event; what it became stands on its own."""
    change.check()
    which = change.first("RECURRENCE-ID")
    moment = first_moment(change, "RECURRENCE-ID", calendar.zones)
    if which is None or moment is None:
        return
    if "RANGE" in which.params:
        raise refused.ThisAndFuture()
    was = seen_from(moment, draft.span.start, "RECURRENCE-ID")
    if change.text("STATUS").upper() != "CANCELLED":
        span = _span(change, calendar.zones)
        if (span.start, span.minutes, _name(change)) == (was, draft.span.minutes, about.name):
            return  # only words were changed that we do not read
        became = _Draft(span, _rules(change, span))
        yield from _of_draft(became, _about(change, span)._replace(group=f"{about.group}/{was.day}"))
    draft.gone.setdefault(was.minute, []).append(was.day)


def _of_draft(draft: _Draft, about: _About) -> Iterator[_Stream]:
    """The times of day with their days, RDATE and EXDATE worked in."""
    length = min(draft.span.minutes, DAY_MINUTES)
    for one in draft.rules:
        extra = draft.extra.pop((one.minute, length), [])
        # A first day further ahead would give INTERVAL another phase: what lies before it stands on its own.
        early = [day for day in extra if day < one.rule.first_day and one.rule.rrule]
        if early:
            yield _stream(about, one.minute, length, explicit_days(early), draft)
        yield _stream(about, one.minute, length, _with_days(one.rule, {*extra} - {*early}), draft)
    for (
        minute,
        minutes,
    ), named in draft.extra.items():  # RDATEs at another time of day, or of another length
        if minutes <= 0:
            raise refused.NoLength()
        if _is_long(Span(Moment(named[0], minute), minutes)):
            raise refused.TooLong()
        yield _stream(about, minute, minutes, explicit_days(named), draft)


def _with_days(rule: DateRule, extra: Set[date]) -> DateRule:
    if rule.rrule is None and extra:
        return explicit_days([rule.first_day, *extra])
    return with_extra_days(rule, extra)


def _stream(about: _About, minute: int, minutes: int, rule: DateRule, draft: _Draft) -> _Stream:
    gone = {*draft.gone.get(minute, ()), *draft.gone.get(None, ())}
    gone |= {*rule.except_days}
    added = tuple(day for day in rule.extra_days if day not in gone)
    rule = replace(rule, except_days=tuple(sorted(gone)), extra_days=added)
    until = minute + minutes
    window = Window(minute, until if until <= DAY_MINUTES else until - DAY_MINUTES)
    return _Stream(about, window, rule)


def _joined(streams: Iterable[_Stream]) -> Iterator[tuple[_About, DateRule, list[Window]]]:
    """Times of day of one event, or of one schedule that we wrote, on the same days: windows of one schedule."""
    found: dict[tuple[_About, DateRule], list[Window]] = {}
    for stream in streams:
        windows = found.setdefault((stream.about, stream.rule), [])
        if stream.window not in windows:
            windows.append(stream.window)
    for (about, rule), windows in found.items():
        yield about, rule, sorted(windows, key=lambda one: (one.from_min, one.end_min))


def _checked(
    found: Iterable[tuple[_About, DateRule, list[Window]]],
    bad: list[Refused],
    before_each: Callable[[], None],
) -> Reading:
    good = []
    for about, rule, windows in found:
        before_each()
        try:
            if len(windows) > WINDOWS_MOST:
                raise refused.TooManyWindows(most=WINDOWS_MOST)
            check_rule(rule)
        except (SignageError, ArithmeticError) as why:
            bad.append(Refused(about.name, _told(why)))
        else:
            good.append(ReadEvent(about.name, _spec(about, rule, windows)))
    return Reading(good, bad)


def _spec(about: _About, rule: DateRule, windows: Sequence[Window]) -> ScheduleSpec:
    return ScheduleSpec(
        id="",
        role=about.role,
        rule=replace(rule, rrule=None) if rule.rrule == "FREQ=DAILY" else rule,
        windows=tuple(windows),
        zone_name=about.zone,
        priority=about.priority,
        share_permille=about.share_permille,
        every_ms=about.every_ms,
        take=about.take,
        silences_reminders=about.silences_reminders,
    )


def _about(event: Component, span: Span) -> _About:
    """Who it is; the role only of files that we wrote, and only as far as it makes sense."""
    role = event.text("X-SIGNAGE-ROLE").lower()
    every_ms = _number(event.text("X-SIGNAGE-EVERY-MS"), 86_400_000) if role == "reminder" else None
    known = role in ("takeover", "off") or every_ms is not None
    return _About(
        group=event.text("X-SIGNAGE-SCHEDULE") or event.text("UID"),
        name=_name(event),
        zone=span.start.zone,
        role=cast(Role, role) if known else "rotation",
        every_ms=every_ms,
        take="all" if event.text("X-SIGNAGE-TAKE").lower() == "all" else "next",
        priority=_number(event.text("X-SIGNAGE-PRIORITY"), 1000) or 0,
        share_permille=_number(event.text("X-SIGNAGE-SHARE"), 800),
        silences_reminders=event.text("X-SIGNAGE-SILENCES").upper() == "TRUE",
    )


def _number(text: str, most: int) -> int | None:
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return value if 0 < value <= most else None


def _name(event: Component) -> str:
    """The SUMMARY on one line."""
    seen = "".join(
        sign if not sign.isspace() else " "
        for sign in event.text("SUMMARY")
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()))[:_NAME_MOST]
