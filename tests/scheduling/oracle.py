"""Who is on, found the slow way: each minute from UTC to the wall clock. Shares no code with the compiler.

In an hour that occurs twice the wall clock cannot tell the first pass from the second. Where no edge of a window lies
inside such an hour that makes no difference; where one does (the first pass counts), the oracle does not know.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from signage_server.scheduling.timeline import ScheduleSpec, Window

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
Company = tuple[str, tuple[str, ...], tuple[str, ...]]
"""How it was decided, the schedules that share the loop, and the reminders."""


class Oracle:
    """Knows who is on at each of some minutes that follow each other."""

    def __init__(self, schedules: Sequence[ScheduleSpec], zone: str, minutes: Iterable[int]) -> None:
        self._schedules = [(spec, ZoneInfo(spec.zone_name or zone)) for spec in schedules]
        self._minutes = list(minutes)
        zones = {own for _, own in self._schedules}
        self._twice = {own: list(_twice(self._minutes, own)) for own in zones}
        self._unsure = {
            (own, first, last)
            for spec, own in self._schedules
            for first, last in self._twice[own]
            if any(first < edge < last for edge in _edges(spec, first))
        }

    def companies(self) -> Iterator[tuple[int, Company | None]]:
        """Each minute with who is on; None where the wall clock cannot tell."""
        for at_ms in self._minutes:
            walls = {zone: _wall(at_ms, zone) for zone in self._twice}
            unsure = any(first <= walls[zone] < last for zone, first, last in self._unsure)
            yield at_ms, None if unsure else self._company(at_ms, walls)

    def _company(self, at_ms: int, walls: dict[ZoneInfo, datetime]) -> Company:
        return _decided(
            [
                spec
                for spec, zone in self._schedules
                if _is_on(spec, walls[zone]) and (spec.role == "off" or _has_slides(spec, at_ms))
            ]
        )


def _wall(at_ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, zone).replace(tzinfo=None, fold=0)


def _twice(minutes: Sequence[int], zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of the wall clock that occur twice: where a minute later the clock shows less."""
    for one, other in pairwise(_wall(at_ms, zone) for at_ms in minutes):
        if other <= one:
            yield other, one + _MINUTE


def _edges(spec: ScheduleSpec, near: datetime) -> Iterator[datetime]:
    for days in (-1, 0, 1):
        midnight = datetime.combine(near.date(), datetime.min.time()) + days * _DAY
        for window in spec.windows:
            yield midnight + window.from_min * _MINUTE
            yield midnight + (window.from_min + _length(window)) * _MINUTE


def _length(window: Window) -> int:
    return (window.to_min - window.from_min) % 1440 or 1440


def _has_slides(spec: ScheduleSpec, at_ms: int) -> bool:
    return any(slide.until_ms is None or at_ms < slide.until_ms for slide in spec.slides)


def _is_on(spec: ScheduleSpec, wall: datetime) -> bool:
    return any(_holds(spec, window, wall, back) for window in spec.windows for back in (0, 1))


def _holds(spec: ScheduleSpec, window: Window, wall: datetime, days_back: int) -> bool:
    since_midnight = wall.hour * 60 + wall.minute + days_back * 1440
    within = 0 <= since_midnight - window.from_min < _length(window)
    return within and _is_day_of(spec, wall.date() - days_back * _DAY)


def _is_day_of(spec: ScheduleSpec, day: date) -> bool:
    """Whether a day is one of the schedule's, by hand, by day sets, by its rule."""
    rule = spec.rule
    if day < rule.first_day or (rule.last_day is not None and day > rule.last_day):
        return False
    if day in rule.except_days or day in rule.extra_days:
        return day not in rule.except_days
    if day in rule.exclude_days or day in rule.include_days:
        return day not in rule.exclude_days
    chosen = rule.only_days is None or day in rule.only_days
    return chosen and (rule.rrule is None or _matches(rule.rrule, rule.first_day, day))


def _matches(rrule: str, first_day: date, day: date) -> bool:
    """Rules of the form: every n days, weekdays every n weeks, days of the month, nth weekdays of the month."""
    parts = dict(part.split("=") for part in rrule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY":
        return (day - first_day).days % interval == 0
    if parts["FREQ"] == "WEEKLY":
        weeks = (day - first_day + first_day.weekday() * _DAY).days // 7
        return weeks % interval == 0 and _WEEKDAYS[day.weekday()] in parts["BYDAY"].split(",")
    days_left = (day.replace(day=28) + 4 * _DAY).replace(day=1) - day
    if "BYMONTHDAY" in parts:
        return bool({day.day, -days_left.days} & set(map(int, parts["BYMONTHDAY"].split(","))))
    name = _WEEKDAYS[day.weekday()]
    nth = {f"{(day.day + 6) // 7}{name}", f"-{(days_left.days + 6) // 7}{name}"}
    return bool(nth & set(parts["BYDAY"].split(",")))


def _decided(active: Sequence[ScheduleSpec]) -> Company:
    by_role = {
        role: [spec for spec in active if spec.role == role] for role in ("off", "takeover", "rotation")
    }
    if by_role["off"]:
        return "off", (), ()
    top = max((spec.priority for spec in by_role["takeover"]), default=0)
    takeovers = [spec for spec in by_role["takeover"] if spec.priority == top]
    silent = any(spec.silences_reminders for spec in takeovers)
    reminders = () if silent else tuple(sorted({spec.id for spec in active if spec.role == "reminder"}))
    if takeovers:
        return "takeover", tuple(sorted(spec.id for spec in takeovers)), reminders
    if by_role["rotation"]:
        return "rotation", tuple(sorted(spec.id for spec in by_role["rotation"])), reminders
    return "fallback", ("fallback",), reminders
