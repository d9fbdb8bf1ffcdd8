"""A province as rows of a real database: 10,000 screens in 50 units, each unit with schedules of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert

from benchmarks.specimens import ZONE, schedules
from signage_server.accounts.models import Unit
from signage_server.db import Base
from signage_server.library.models import Asset, Rendition
from signage_server.playlists.models import Playlist, Slide
from signage_server.scheduling.models import Schedule, ScheduleTarget
from signage_server.scheduling.timeline import ScheduleSpec
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms

SCREENS, COHORTS, EACH = 10_000, 50, 40
ASSETS = 2_000
PROFILES = ("1920x1080", "1080x1920")
PROVINCE_WIDE = "sch_of_all"
"""The one schedule that goes to every screen; the others of a cohort are its own."""
ONE_COHORTS = "sch_007_0003"
"""One that goes to the screens of one unit."""
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
_ROWS_AT_ONCE = 1_000

Rows = Iterator[dict[str, Any]]


@dataclass(frozen=True)
class Plan:
    """The schedules of a fleet."""

    own: Sequence[Sequence[ScheduleSpec]]
    """Of each cohort, those that go to nobody else."""
    of_all: ScheduleSpec

    @property
    def cohorts(self) -> list[list[ScheduleSpec]]:
        """All schedules of each cohort."""
        return [[*some, self.of_all] for some in self.own]


def plan(random: Random) -> Plan:
    """So many different schedules for each cohort, and one for all of them."""
    return Plan([schedules(random, EACH - 1) for _ in range(COHORTS)], _reminder(random))


def _reminder(random: Random) -> ScheduleSpec:
    """What a province has every board say again and again."""
    some = (one for _ in range(100) for one in schedules(random, 1))
    return next(one for one in some if one.role == "reminder")


def settle(rooms: Rooms, fleet: Plan) -> None:
    """Write the fleet into a prepared, empty installation."""
    root = rooms.units.root().id
    _write(rooms, Unit, _units(root))
    _write(rooms, Asset, _assets(root))
    _write(rooms, Rendition, _renditions())
    everything = [
        *((_unit(number), spec) for number, some in enumerate(fleet.own) for spec in some),
        (None, fleet.of_all),
    ]
    _write(rooms, Playlist, (_playlist(root, unit, spec) for unit, spec in everything))
    _write(rooms, Slide, (row for unit, spec in everything for row in _slides(unit, spec)))
    _write(rooms, Schedule, (_schedule(root, unit, spec) for unit, spec in everything))
    _write(rooms, ScheduleTarget, (_target(unit, spec) for unit, spec in everything))
    _write(rooms, Screen, (_screen(number) for number in range(SCREENS)))


def _write(rooms: Rooms, table: type[Base], rows: Rows) -> None:
    with rooms.db.write() as session:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            session.execute(insert(table), some)


def _unit(number: int) -> str:
    return f"unt_{number:03}"


def _units(root: str) -> Rows:
    for number in range(COHORTS):
        yield {"id": _unit(number), "parent_id": root, "name": f"Xã {number}", "created_at": _MADE_AT}


def _asset(number: int) -> str:
    return f"ast_{number % ASSETS:05}"


def _assets(root: str) -> Rows:
    for number in range(ASSETS):
        yield {
            "id": _asset(number),
            "unit_id": root,
            "kind": "image",
            "name": f"Trang {number}",
            "name_key": f"trang {number}",
            "source_sha256": _hash(_asset(number)),
            "source_bytes": 400_000,
            "source_type": "image/png",
            "state": "ready",
            "created_at": _MADE_AT,
        }


def _renditions() -> Rows:
    for number in range(ASSETS):
        for profile in (*PROFILES, "thumbnail"):
            width, height = (320, 180) if profile == "thumbnail" else map(int, profile.split("x"))
            yield {
                "asset_id": _asset(number),
                "profile": profile,
                "sha256": _hash(_asset(number) + profile),
                "type": "image/webp",
                "size_bytes": 200_000,
                "width": width,
                "height": height,
            }


def _id(kind: str, unit: str | None, spec: ScheduleSpec) -> str:
    return f"{kind}_{unit[4:]}_{spec.id[4:]}" if unit else f"{kind}_of_all"


def _playlist(root: str, unit: str | None, spec: ScheduleSpec) -> dict[str, Any]:
    name = _id("pls", unit, spec)
    return {"id": name, "unit_id": unit or root, "name": name, "created_at": _MADE_AT}


def _slides(unit: str | None, spec: ScheduleSpec) -> Rows:
    for position, slide in enumerate(spec.slides):
        name = f"{_id('sld', unit, spec)}_{position}"
        yield {
            "id": name,
            "playlist_id": _id("pls", unit, spec),
            "position": position,
            "asset_id": _asset(int(_hash(name)[:8], 16)),
            "duration_ms": slide.duration_ms,
        }


def _schedule(root: str, unit: str | None, spec: ScheduleSpec) -> dict[str, Any]:
    return {
        "id": _id("sch", unit, spec),
        "unit_id": unit or root,
        "playlist_id": _id("pls", unit, spec),
        "name": _id("sch", unit, spec),
        "role": spec.role,
        "first_day": spec.rule.first_day,
        "rrule": spec.rule.rrule,
        "windows": [[window.from_min, window.to_min] for window in spec.windows],
        "every_ms": spec.every_ms if spec.role == "reminder" else None,
        "take": "next" if spec.role == "reminder" else None,
        "created_at": _MADE_AT,
    }


def _target(unit: str | None, spec: ScheduleSpec) -> dict[str, Any]:
    kind = "unit" if unit else "all"
    return {"schedule_id": _id("sch", unit, spec), "kind": kind, "ref": unit}


def _screen(number: int) -> dict[str, Any]:
    cohort = number % COHORTS
    return {
        "id": f"scr_{number:05}",
        "unit_id": _unit(cohort),
        "name": f"Màn hình {number}",
        "place": "Thang máy",
        "zone": ZONE,
        "profile": PROFILES[cohort % len(PROFILES)],
        "created_at": _MADE_AT,
    }


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
