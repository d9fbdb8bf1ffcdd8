"""Plans by seed: awkward on purpose, and the same for the same seed on every machine."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones

from signage_server.delivery.manifest import Manifest, ManifestFile, SlideMedia, build_manifest
from signage_server.scheduling.plan import Loop
from signage_server.scheduling.timeline import (
    DateRule,
    Role,
    ScheduleSpec,
    SlideSpec,
    Timeline,
    Window,
    compile_timeline,
)

FILE = "0" * 64
#: Zones with a day on which something odd happens.
ODD_DAYS = (
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Santiago", date(2026, 9, 6)),
    ("America/Santiago", date(2026, 4, 5)),
    ("Asia/Beirut", date(2026, 3, 29)),
    ("Asia/Beirut", date(2026, 10, 25)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Africa/Casablanca", date(2026, 3, 22)),
    ("Pacific/Chatham", date(2026, 4, 5)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Antarctica/Troll", date(2026, 3, 29)),
    ("Antarctica/Troll", date(2026, 10, 25)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Asia/Ho_Chi_Minh", date(2026, 11, 24)),
)
ALL_ZONES = sorted(available_timezones())
RULES = (
    None,
    "FREQ=DAILY;INTERVAL=2",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=1SU,-1MO",
)
DURATIONS_MS = (700, 999, 2_000, 2_999, 3_000, 3_001, 5_000, 7_919, 10_000, 15_000, 30_000, 61_003)
EVERY_MS = (60_000, 97_001, 900_000, 3_600_000, 3_000_000)


def random_place(random: Random) -> tuple[str, date]:
    """A zone and a day on which something odd happens: one of those above, or any zone's own."""
    if random.random() < 0.5:
        return random.choice(ODD_DAYS)
    zone, year = random.choice(ALL_ZONES), random.randint(2000, 2037)
    return zone, random.choice(changes(zone, year) or [date(year, random.randint(1, 12), 15)])


def changes(zone: str, year: int) -> list[date]:
    """The days of a year on which the zone's clocks are changed (or the days after, by UTC)."""
    whole = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    noons = [datetime.combine(day, time(12), UTC).astimezone(ZoneInfo(zone)).utcoffset() for day in whole]
    return [day for day, one, other in zip(whole[1:], noons, noons[1:], strict=False) if one != other]


def random_timeline(random: Random) -> Timeline:
    """Some days of some schedules around a day on which clocks are changed."""
    zone, odd_day = random_place(random)
    schedules = random_schedules(random, odd_day)
    fallback = _slides(random, "fallback", odd_day, random.randint(1, 3))
    start = odd_day - timedelta(days=random.randint(0, 7))
    days = random.randint(8, 11)
    if random.random() < 0.3:
        schedules += [_crowding(random, number, odd_day) for number in range(random.randint(3, 6))]
        return skewed(
            random, compile_timeline(schedules, zone, start, fallback_slides=fallback, horizon_days=days)
        )
    return compile_timeline(schedules, zone, start, fallback_slides=fallback, horizon_days=days)


def skewed(random: Random, timeline: Timeline) -> Timeline:
    """The same with weights so unequal that the track furthest behind may not always be the next."""
    return replace(timeline, loops={key: _reweighed(random, loop) for key, loop in timeline.loops.items()})


def _reweighed(random: Random, loop: Loop) -> Loop:
    return replace(loop, tracks=tuple(replace(track, weight=random_weight(random)) for track in loop.tracks))


def random_weight(random: Random) -> int:
    """Mostly small, at times very large."""
    return random.choice((1, 1, 2, random.randint(1, 10), random.randint(1, 500), 2 ** random.randint(0, 16)))


def _crowding(random: Random, number: int, odd_day: date) -> ScheduleSpec:
    """A rotation of the whole day, with slides of which many last equally long."""
    durations = random.choice(((10_000,), (10_000, 30_000), DURATIONS_MS[6:]))
    slides = [
        SlideSpec(f"sld_c{number}_{one}", random.choice(durations)) for one in range(random.randint(1, 3))
    ]
    return ScheduleSpec(
        f"sch_c{number}", "rotation", DateRule(odd_day - timedelta(days=8)), slides=tuple(slides)
    )


def random_schedules(random: Random, odd_day: date) -> list[ScheduleSpec]:
    """Up to seven schedules of all roles."""
    return [_schedule(random, number, odd_day) for number in range(random.randint(0, 7))]


def random_manifest(random: Random) -> Manifest:
    """The same, written down."""
    timeline = random_timeline(random)
    media = [SlideMedia(name, f"ast_{name}", FILE, alt=f"Thông báo {name}") for name in timeline.slides]
    return build_manifest(timeline, media, [ManifestFile(FILE, "image/webp", 1)], "1920x1080", "UTC", 20_000)


def _schedule(random: Random, number: int, odd_day: date) -> ScheduleSpec:
    role: Role = random.choice(
        ("rotation", "rotation", "rotation", "reminder", "reminder", "takeover", "off")
    )
    first_day = odd_day - timedelta(days=random.choice((0, 1, 8, 400)))
    last_day = random.choice((None, None, odd_day + timedelta(days=random.randint(0, 9))))
    return ScheduleSpec(
        id=f"sch_{random.randint(0, 9)}{number}",
        role=role,
        rule=DateRule(first_day, last_day, random.choice(RULES)),
        windows=tuple(_window(random, role) for _ in range(random.choice((1, 1, 2)))),
        zone_name=random.choice((None, None, None, "Asia/Ho_Chi_Minh", "America/New_York")),
        priority=random.randint(0, 2),
        share_permille=random.choice((None, None, 100, 333, 500)),
        every_ms=random.choice(EVERY_MS),
        take=random.choice(("next", "all")),
        silences_reminders=random.random() < 0.3,
        slides=_slides(random, f"{number}", odd_day, random.randint(0 if role == "off" else 1, 5)),
    )


def _window(random: Random, role: Role) -> Window:
    if role == "rotation" and random.random() < 0.5:
        return Window(0, 1440)
    start = random.randrange(0, 1440)
    long = 1439 if role in ("rotation", "reminder") else 300
    return Window(start, (start + random.randint(1, long)) % 1440 or 1440)


def _slides(random: Random, name: str, odd_day: date, count: int) -> tuple[SlideSpec, ...]:
    odd_ms = (odd_day - date(1970, 1, 1)).days * 86_400_000
    return tuple(
        SlideSpec(
            id=f"sld_{name}_{index}",
            duration_ms=random.choice(DURATIONS_MS[:6] if random.random() < 0.2 else DURATIONS_MS[6:]),
            until_ms=random.choice((None, None, None, odd_ms + random.randint(-86_400_000, 20 * 86_400_000))),
        )
        for index in range(count)
    )
