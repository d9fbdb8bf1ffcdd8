"""What compiling time costs, beside what python-dateutil alone needs to expand the same rules.

python -m benchmarks.bench_time
"""

import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from dateutil.rrule import rrulestr

from signage_server.delivery.manifest import Manifest, ManifestFile, SlideMedia, build_manifest
from signage_server.scheduling.playout import plays
from signage_server.scheduling.timeline import (
    HORIZON_DAYS,
    DateRule,
    Role,
    ScheduleSpec,
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
)

TODAY = date(2026, 11, 24)
ZONE = "Asia/Ho_Chi_Minh"
FILE = "0" * 64
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


def compiled(some: Sequence[ScheduleSpec]) -> Timeline:
    return compile_timeline(some, ZONE, TODAY, fallback_slides=[SlideSpec("f", 10_000)])


def manifest_of(some: Sequence[ScheduleSpec]) -> Manifest:
    timeline = compiled(some)
    media = [SlideMedia(name, f"ast_{name}", FILE) for name in timeline.slides]
    return build_manifest(timeline, media, [ManifestFile(FILE, "image/webp", 1)], "1920x1080", ZONE, 20_000)


def expanded_by_dateutil(some: Sequence[ScheduleSpec]) -> int:
    """The same rules over the same days by dateutil alone, from where each began; how many days it found."""
    start, end = (datetime.combine(TODAY + timedelta(days=n), datetime.min.time()) for n in (0, HORIZON_DAYS))
    rules = (
        rrulestr(spec.rule.rrule or "", dtstart=datetime.combine(spec.rule.first_day, datetime.min.time()))
        for spec in some
    )
    return sum(len(rule.between(start, end)) for rule in rules)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor time of the quickest of some runs: the machine may have other work."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(times))


def beside_dateutil(name: str, work: Callable[[], object], some: Sequence[ScheduleSpec]) -> None:
    spent, alone = seconds(work), seconds(lambda: expanded_by_dateutil(some), times=1)
    print(
        f"{name:<58} {spent * 1000:8.1f} ms   dateutil alone {alone * 1000:8.1f} ms   ratio {spent / alone:5.3f}"
    )


def main() -> None:
    random = Random(1)
    many = schedules(random, 500)
    cohorts = [schedules(random, 40) for _ in range(50)]
    everything = [spec for some in cohorts for spec in some]
    beside_dateutil("500 schedules x 35 days for one screen", lambda: compiled(many), many)
    beside_dateutil(
        "40 schedules x 35 days, one cohort, with its manifest", lambda: manifest_of(cohorts[0]), cohorts[0]
    )
    beside_dateutil(
        "50 cohorts x 40 schedules, all manifests",
        lambda: [manifest_of(some) for some in cohorts],
        everything,
    )
    manifest = manifest_of(cohorts[0])
    day = (manifest.horizon_ms[0], manifest.horizon_ms[0] + 86_400_000)
    shown = sum(1 for _ in plays(manifest, *day))
    spent = seconds(lambda: list(plays(manifest, *day)))
    print(
        f"a day of {shown:,} plays walked in {spent * 1000:.0f} ms; the manifest is {len(manifest.text):,} characters"
    )


if __name__ == "__main__":
    main()
