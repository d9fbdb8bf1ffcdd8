"""Weeks as the API shows them: with names, wall-clock times and words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from signage_server.clock import from_ms
from signage_server.delivery.weeks import OnAir, Week
from signage_server.errors import Language
from signage_server.scheduling.airtime import DARK
from signage_server.scheduling.explain import kind_of_none
from signage_server.scheduling.explain_words import say_why_none
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.timeline import FALLBACK
from signage_server.scheduling.weeks import Drawn
from signage_server.web.labels import removed_names, schedule_names
from signage_server.web.live import give_way
from signage_server.web.schemas.moments import Basis, PlayRole
from signage_server.web.schemas.week import Airtime, Stretch, WeekGroup, WeekReminder, WeekScreen, WeekTrack
from signage_server.web.telling_apart import told_apart

SCREENS_NAMED = 200
"""So many screens of a group are named; the others are counted."""
_EPOCH = date(1970, 1, 1)
_NOBODY = (FALLBACK, DARK)


@dataclass(frozen=True)
class _Said:
    """What all of a group's parts are said with."""

    names: Mapping[str, str]
    told: Mapping[str, str]
    """The names as sentences tell them apart."""
    zone: ZoneInfo
    from_ms: int
    language: Language
    companies: dict[object, tuple[list[WeekTrack], list[WeekReminder]]] = field(default_factory=dict)


def group_outs(
    session: Session, weeks: Iterable[Week], screens: Mapping[str, str], monday: date, language: Language
) -> list[WeekGroup]:
    """The groups in the order of their weeks; `screens` holds the names of all, by id."""
    weeks = list(weeks)
    names = _names(session, {one for week in weeks for one in _spoken_of(week)})
    told = told_apart(session, names, language)
    groups = []
    for week in weeks:
        zone = ZoneInfo(week.zone)
        groups.append(
            _group(week, screens, _Said(names, told, zone, wall_to_utc_ms(monday, 0, zone), language))
        )
        give_way()
    return groups


def _spoken_of(week: Week) -> Iterable[str]:
    for drawn, _ in week.stretches:
        yield from (part.schedule for part in drawn.parts)
        yield from (schedule for schedule, _ in drawn.reminders)
    for one in week.on_air:
        yield one.schedule
        yield from one.why.winners if one.why else ()


def _names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    wanted = set(ids).difference(_NOBODY)
    names = schedule_names(session, wanted)
    gone = wanted - names.keys()
    return names | (removed_names(session, gone) if gone else {})


def _group(week: Week, screens: Mapping[str, str], said: _Said) -> WeekGroup:
    named = sorted((screens.get(one, ""), one) for one in week.screen_ids)
    return WeekGroup(
        screens=[WeekScreen(id=screen_id, name=name) for name, screen_id in named[:SCREENS_NAMED]],
        screens_total=len(named),
        zone=week.zone,
        stretches=[_stretch(drawn, basis, said) for drawn, basis in week.stretches],
        airtime=[
            _airtime(one, said)
            for one in sorted(
                week.on_air, key=lambda one: (-one.ms, said.names.get(one.schedule, ""), one.schedule)
            )
        ],
    )


def _stretch(drawn: Drawn, basis: Basis, said: _Said) -> Stretch:
    day = _EPOCH + timedelta(days=drawn.day)
    tracks, reminders = _company(drawn, said)
    ends_with_day = drawn.end_ms == wall_to_utc_ms(day + timedelta(days=1), 0, said.zone)
    return Stretch(
        start=from_ms(drawn.start_ms),
        end=from_ms(drawn.end_ms),
        day=day,
        from_wall=_wall(drawn.start_ms, said.zone),
        to_wall="24:00" if ends_with_day else _wall(drawn.end_ms, said.zone),
        basis=basis,
        kind=drawn.kind,
        tracks=tracks,
        reminders=reminders,
    )


def _company(drawn: Drawn, said: _Said) -> tuple[list[WeekTrack], list[WeekReminder]]:
    """Who plays together. It is the same every day, mostly: said once for all stretches of a group."""
    key = (drawn.parts, drawn.reminders)
    if key not in said.companies:
        said.companies[key] = (
            [
                WeekTrack(
                    schedule_id=_id(part.schedule),
                    schedule_name=said.names.get(part.schedule),
                    role=part.role,
                    permille=part.permille,
                )
                for part in sorted(
                    drawn.parts, key=lambda part: (-part.permille, said.names.get(part.schedule, ""))
                )
            ],
            [
                WeekReminder(schedule_id=schedule, schedule_name=said.names.get(schedule), every_ms=every_ms)
                for schedule, every_ms in drawn.reminders
            ],
        )
    return said.companies[key]


def _airtime(one: OnAir, said: _Said) -> Airtime:
    return Airtime(
        schedule_id=_id(one.schedule),
        schedule_name=said.names.get(one.schedule),
        role=cast(PlayRole, one.role),
        ms=one.ms,
        why_none=say_why_none(one.why, said.told, said.zone, said.from_ms, said.language)
        if one.why
        else None,
        none=kind_of_none(one.why) if one.why else None,
    )


def _id(schedule: str) -> str | None:
    return None if schedule in _NOBODY else schedule


def _wall(ms: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, zone):%H:%M}"
