"""Proof of play: what boards counted in quarter hours, added up for a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from signage_server.screens.models import PlayTally, Screen


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


def totals_of_day(
    session: Session,
    bounds: Mapping[str, tuple[int, int]],
    *,
    limit: int,
    after: TotalsKey | None = None,
    screen_id: str | None = None,
) -> list[Totals]:
    """The totals of a local day, summed over quarter hours and the boards' stores, at most `limit` of them.

    `bounds` says, for each zone that screens are in, when the day begins and ends there: [from, to) in milliseconds.
    `after` continues behind a key. One query.
    """
    if not bounds:
        return []
    keys = (Screen.name, Screen.id, PlayTally.asset_id, PlayTally.schedule_id, PlayTally.role)
    query = (
        select(
            *keys,
            Screen.zone,
            func.sum(PlayTally.plays),
            func.sum(PlayTally.shown_ms),
            func.min(PlayTally.first_ms),
            func.max(PlayTally.last_ms),
            func.max(PlayTally.longest_gap_ms),
            func.sum(case((PlayTally.guessed, PlayTally.plays), else_=0)),
        )
        .join(Screen, Screen.id == PlayTally.screen_id)
        .where(or_(*(_in_day(zone, *span) for zone, span in sorted(bounds.items()))))
        .group_by(*keys, Screen.zone)
        .order_by(*keys)
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(*keys) > after)
    if screen_id is not None:
        query = query.where(PlayTally.screen_id == screen_id)
    return [
        Totals(TotalsKey(name, screen, asset, schedule, role), *sums)
        for name, screen, asset, schedule, role, *sums in session.execute(query)
    ]


def _in_day(zone: str, from_ms: int, until_ms: int) -> ColumnElement[bool]:
    quarter = PlayTally.quarter_ms
    return and_(Screen.zone == zone, quarter >= from_ms, quarter < until_ms)


def zones(session: Session) -> list[str]:
    """The zones that screens are in."""
    return list(session.scalars(select(Screen.zone).distinct().order_by(Screen.zone)))
