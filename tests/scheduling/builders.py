"""Schedules and timelines said briefly."""

from bisect import bisect_right
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from signage_server.scheduling.plan import Loop, Plan, Slot
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.timeline import DateRule, ScheduleSpec, SlideSpec, Timeline, compile_timeline

VIETNAM = "Asia/Ho_Chi_Minh"
TUESDAY = date(2026, 11, 24)
ALWAYS = DateRule(date(2000, 1, 1))
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
FALLBACK = (SlideSpec("f", 10_000),)
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000


def spec(name: str, role: Any = "rotation", **values: Any) -> ScheduleSpec:
    """A schedule that is on at all times, with one slide of 10 s; a reminder comes back every 15 minutes."""
    slides = () if role == "off" else (SlideSpec(f"{name}_1", 10_000),)
    every_ms = 15 * MINUTE_MS if role == "reminder" else None
    return ScheduleSpec(
        **{"id": name, "role": role, "rule": ALWAYS, "slides": slides, "every_ms": every_ms} | values
    )


def compiled(*schedules: ScheduleSpec, zone: str = VIETNAM, day: date = TUESDAY, days: int = 8) -> Timeline:
    """Some days of a screen, in Vietnam unless said otherwise."""
    return compile_timeline(schedules, zone, day, fallback_slides=FALLBACK, horizon_days=days)


def at(clock: str, day: date = TUESDAY, zone: str = VIETNAM) -> int:
    """The instant of a time on the clock."""
    hours, minutes = map(int, clock.split(":"))
    return wall_to_utc_ms(day, hours * 60 + minutes, ZoneInfo(zone))


def slot_at(plan: Plan, at_ms: int) -> Slot:
    """The slot that holds an instant."""
    return plan.slots[bisect_right([slot.start_ms for slot in plan.slots], at_ms) - 1]


def loop_at(plan: Plan, at_ms: int) -> Loop:
    """What plays then."""
    return plan.loops[slot_at(plan, at_ms).loop]


def rotation(name: str, *durations_ms: int, **values: Any) -> ScheduleSpec:
    """A rotation that is always on, with slides of such lengths; or whatever role it is given."""
    slides = tuple(SlideSpec(f"{name}{index}", duration) for index, duration in enumerate(durations_ms))
    return ScheduleSpec(**{"id": name, "role": "rotation", "rule": ALWAYS, "slides": slides} | values)
