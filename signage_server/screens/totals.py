"""Proof of play: what boards counted in quarter hours, added up for a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from signage_server.screens.models import PlayTally, RemovedScreen, Screen


class ReportedScreen(NamedTuple):
    """A screen as reports know it; they list screens in this order."""

    name: str
    id: str
    zone: str


class TotalsKey(NamedTuple):
    """What totals are of; within a day they come in this order."""

    screen_name: str
    screen_id: str
    asset_id: str
    schedule_id: str
    role: str


@dataclass(frozen=True)
class Totals:
    """An asset under a schedule on a screen, for a day."""

    key: TotalsKey
    zone: str
    """The screen's."""
    plays: int
    shown_ms: int
    first_ms: int
    last_ms: int
    longest_gap_ms: int
    guessed_plays: int
    """Of the plays, those whose time the board had to guess."""


_ever = union_all(
    select(Screen.id, Screen.name, Screen.zone),
    select(RemovedScreen.id, RemovedScreen.name, RemovedScreen.zone),
).subquery("screen_ever")
"""Every screen there is or was: what was taken down has still played."""

Bounds = Mapping[str, tuple[int, int]]
"""When a day begins and ends in each zone that screens are in: [from, to) in milliseconds."""


def zones_of(session: Session) -> list[str]:
    """The zones that screens are in, or were."""
    return list(session.scalars(select(_ever.c.zone).distinct().order_by(_ever.c.zone)))


def screens_ever(session: Session, screen_id: str | None = None) -> list[ReportedScreen]:
    """Every screen there is or was, in the order of reports."""
    query = select(_ever.c.name, _ever.c.id, _ever.c.zone)
    if screen_id is not None:
        query = query.where(_ever.c.id == screen_id)
    return sorted(ReportedScreen(name, one, zone) for name, one, zone in session.execute(query))


def screens_that_played(
    session: Session, bounds: Bounds, screen_id: str | None = None
) -> list[ReportedScreen]:
    """The screens that have something to report of a day, in the order of reports. A look into an index for each."""
    played = or_(
        *(
            and_(_ever.c.zone == zone, exists().where(PlayTally.screen_id == _ever.c.id, *_between(*span)))
            for zone, span in sorted(bounds.items())
        )
    )
    query = select(_ever.c.name, _ever.c.id, _ever.c.zone).where(played)
    if screen_id is not None:
        query = query.where(_ever.c.id == screen_id)
    return sorted(ReportedScreen(name, one, zone) for name, one, zone in session.execute(query))


def totals_of_day(session: Session, screens: Sequence[ReportedScreen], bounds: Bounds) -> list[Totals]:
    """A day of some screens, summed over quarter hours and the boards' stores, in the order of keys.

    One query; a screen has up to 96 quarter hours × its slides to add up, so ask for few screens at a time.
    """
    known = {screen.id: screen for screen in screens}
    of = (PlayTally.screen_id, PlayTally.asset_id, PlayTally.schedule_id, PlayTally.role)
    query = select(
        *of,
        func.sum(PlayTally.plays),
        func.sum(PlayTally.shown_ms),
        func.min(PlayTally.first_ms),
        func.max(PlayTally.last_ms),
        func.max(PlayTally.longest_gap_ms),
        func.sum(case((PlayTally.guessed, PlayTally.plays), else_=0)),
    ).where(or_(*_in_day(screens, bounds)))
    found = [
        Totals(
            TotalsKey(known[screen_id].name, screen_id, asset, schedule, role), known[screen_id].zone, *sums
        )
        for screen_id, asset, schedule, role, *sums in session.execute(query.group_by(*of))
    ]
    return sorted(found, key=lambda totals: totals.key)


def _in_day(screens: Sequence[ReportedScreen], bounds: Bounds) -> Iterator[ColumnElement[bool]]:
    for zone in sorted({screen.zone for screen in screens}):
        ids = [screen.id for screen in screens if screen.zone == zone]
        yield and_(PlayTally.screen_id.in_(ids), *_between(*bounds[zone]))


def _between(from_ms: int, until_ms: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return PlayTally.quarter_ms >= from_ms, PlayTally.quarter_ms < until_ms
