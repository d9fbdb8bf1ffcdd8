"""Schedules as a province has them, and what python-dateutil alone makes of their rules."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from dateutil.rrule import rrulestr

from signage_server.scheduling.timeline import HORIZON_DAYS, DateRule, Role, ScheduleSpec, SlideSpec, Window

TODAY = date(2026, 11, 24)
ZONE = "Asia/Ho_Chi_Minh"
#: How the rules of a province are spread: 55 % weekly, 10 % every other week, 20 % daily, the rest monthly or yearly.
RULES = (
    *["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"] * 8,
    *["FREQ=WEEKLY;BYDAY=SA,SU"] * 3,
    *["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"] * 2,
    *["FREQ=DAILY"] * 4,
    *["FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2"],
)
ROLES: tuple[Role, ...] = ("rotation",) * 7 + ("reminder",) * 2 + ("takeover",)


def schedules(random: Random, count: int) -> list[ScheduleSpec]:
    """So many schedules of a province, begun between 2020 and now."""
    return [_schedule(random, number) for number in range(count)]


def _schedule(random: Random, number: int) -> ScheduleSpec:
    role = random.choice(ROLES)
    start = random.randrange(0, 20 * 60, 15)
    windows = ((0, 1440),) if random.random() < 0.3 else ((start, start + random.randrange(15, 240, 15)),)
    slides = tuple(SlideSpec(f"sld_{number}_{index}", 10_000) for index in range(random.randint(1, 8)))
    return ScheduleSpec(
        id=f"sch_{number:04}",
        role=role,
        rule=DateRule(date(2020, 1, 1) + timedelta(days=random.randrange(2500)), None, random.choice(RULES)),
        windows=tuple(Window(*window) for window in windows),
        every_ms=15 * 60_000,
        slides=slides,
    )


def expanded_by_dateutil(some: Sequence[ScheduleSpec]) -> int:
    """The same rules over the same days by dateutil alone, from where each began; how many days it found."""
    start, end = (datetime.combine(TODAY + timedelta(days=n), datetime.min.time()) for n in (0, HORIZON_DAYS))
    rules = (
        rrulestr(spec.rule.rrule or "", dtstart=datetime.combine(spec.rule.first_day, datetime.min.time()))
        for spec in some
    )
    return sum(len(rule.between(start, end)) for rule in rules)
