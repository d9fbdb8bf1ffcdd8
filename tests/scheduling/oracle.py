"""Who is on, found the slow way: each minute from UTC to the wall clock. Shares no code with the compiler."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from signage_server.scheduling.timeline import ScheduleSpec, Window

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Company = tuple[str, tuple[str, ...], tuple[str, ...]]
"""How it was decided, the schedules that share the loop, and the reminders."""


def company(schedules: Sequence[ScheduleSpec], at_ms: int, zone: ZoneInfo) -> Company | None:
    """Who is on at an instant; None within an hour that occurs twice, where the wall clock cannot tell."""
    active = []
    for spec in schedules:
        own_zone = ZoneInfo(spec.zone_name) if spec.zone_name else zone
        wall = datetime.fromtimestamp(at_ms / 1000, own_zone)
        if wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset():
            return None
        if _is_on(spec, wall.replace(tzinfo=None)) and (spec.slides or spec.role == "off"):
            active.append(spec)
    return _decided(active)


def _is_on(spec: ScheduleSpec, wall: datetime) -> bool:
    return any(_holds(spec, window, wall, back) for window in spec.windows for back in (0, 1))


def _holds(spec: ScheduleSpec, window: Window, wall: datetime, days_back: int) -> bool:
    day = wall.date() - timedelta(days=days_back)
    length = (window.to_min - window.from_min) % 1440 or 1440
    since_midnight = (wall - datetime.combine(day, datetime.min.time())) / timedelta(minutes=1)
    return _is_day_of(spec, day) and 0 <= since_midnight - window.from_min < length


def _is_day_of(spec: ScheduleSpec, day: date) -> bool:
    """Only for rules of every day or of certain weekdays."""
    rule = spec.rule
    weekdays = rule.rrule.partition("BYDAY=")[2].split(",") if rule.rrule else _WEEKDAYS
    return (
        rule.first_day <= day
        and (rule.last_day is None or day <= rule.last_day)
        and _WEEKDAYS[day.weekday()] in weekdays
    )


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
