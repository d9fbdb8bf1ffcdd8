"""What boards proved by the plays they counted: around an instant, and by quarter hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from signage_server.screens.models import PlayTally
from signage_server.screens.plays import DAY_MS, QUARTER_MS


@dataclass(frozen=True, slots=True)
class Proof:
    """The plays of an asset under a schedule in a quarter of an hour, over all stores of the board."""

    asset: str
    schedule: str
    role: str
    plays: int
    first_ms: int
    """When the first of them began."""
    last_ms: int
    """When the last of them ended."""

    def encloses(self, at_ms: int, slide_ms: int) -> bool:
        """Whether the instant lies between the first play and the end of the last.

        A board that tells when the last one began, instead of when it ended, is believed for the slide's duration.
        """
        return self.first_ms <= at_ms < self.last_ms + slide_ms


class ReminderQuarter(NamedTuple):
    """A reminder on a screen in a quarter hour, its slides and the board's stores together."""

    screen_id: str
    schedule_id: str
    quarter_ms: int
    plays: int
    first_ms: int
    last_ms: int
    """When the last showing began, as far as it is known: its end, less what a showing of its slide lasts."""
    longest_gap_ms: int
    """From the start of one showing to the next; 0 where it is not known of all of them."""


class LifeQuarter(NamedTuple):
    """From the first to the last thing that a screen showed in a quarter hour."""

    screen_id: str
    first_ms: int
    last_ms: int


def proofs_at(session: Session, screen_id: str, at_ms: int) -> Sequence[Proof]:
    """What began in the quarter hour of an instant, or had begun before and was still on, in order of time.

    What the board counted while it had to guess the time is left out.
    """
    quarter_ms = at_ms - at_ms % QUARTER_MS
    was_on = (PlayTally.first_ms <= at_ms) & (PlayTally.last_ms > at_ms)
    rows = session.execute(
        select(
            PlayTally.asset_id,
            PlayTally.schedule_id,
            PlayTally.role,
            func.sum(PlayTally.plays),
            func.min(PlayTally.first_ms),
            func.max(PlayTally.last_ms),
        )
        .where(PlayTally.screen_id == screen_id, PlayTally.guessed == false())
        .where(PlayTally.quarter_ms.between(quarter_ms - DAY_MS, quarter_ms))
        .where(or_(PlayTally.quarter_ms == quarter_ms, was_on))
        .group_by(PlayTally.asset_id, PlayTally.schedule_id, PlayTally.role)
    )
    return sorted((Proof(*row) for row in rows), key=lambda proof: (proof.first_ms, proof.asset))


def reminder_quarters(
    session: Session, screen_ids: Sequence[str], from_ms: int, until_ms: int
) -> list[ReminderQuarter]:
    """Every quarter hour in [from, until) in which these screens showed a reminder, in order. One query.

    Times that a board had to guess prove nothing of a rhythm.
    """
    mean_ms = PlayTally.shown_ms // PlayTally.plays
    rows = session.execute(
        select(
            PlayTally.screen_id,
            PlayTally.schedule_id,
            PlayTally.quarter_ms,
            func.sum(PlayTally.plays),
            func.min(PlayTally.first_ms),
            func.max(PlayTally.last_ms - mean_ms),
            func.max(PlayTally.first_ms),
            func.max(PlayTally.longest_gap_ms),
            func.count(PlayTally.store.distinct()),
        )
        .where(*_of(screen_ids, from_ms, until_ms), PlayTally.role == "reminder", PlayTally.plays > 0)
        .group_by(PlayTally.screen_id, PlayTally.schedule_id, PlayTally.quarter_ms)
        .order_by(PlayTally.screen_id, PlayTally.schedule_id, PlayTally.quarter_ms)
    )
    return [_reminder_quarter(*row) for row in rows]


def _reminder_quarter(
    screen_id: str,
    schedule_id: str,
    quarter_ms: int,
    plays: int,
    first_ms: int,
    last_ms: int,
    latest_first_ms: int,
    longest_ms: int,
    stores: int,
) -> ReminderQuarter:
    last_ms = max(int(last_ms), latest_first_ms) if plays > 1 else first_ms
    # A new store does not know when the one before it showed the reminder last.
    known_ms = longest_ms if stores == 1 else 0
    return ReminderQuarter(screen_id, schedule_id, quarter_ms, plays, first_ms, last_ms, known_ms)


def life_quarters(
    session: Session, screen_ids: Sequence[str], from_ms: int, until_ms: int
) -> list[LifeQuarter]:
    """When these screens showed anything, by quarter hours in [from, until). One query."""
    rows = session.execute(
        select(PlayTally.screen_id, func.min(PlayTally.first_ms), func.max(PlayTally.last_ms))
        .where(*_of(screen_ids, from_ms, until_ms))
        .group_by(PlayTally.screen_id, PlayTally.quarter_ms)
    )
    return [LifeQuarter(*row) for row in rows]


def _of(screen_ids: Sequence[str], from_ms: int, until_ms: int) -> tuple[ColumnElement[bool], ...]:
    return (
        PlayTally.screen_id.in_(screen_ids),
        PlayTally.quarter_ms >= from_ms,
        PlayTally.quarter_ms < until_ms,
        PlayTally.guessed.is_(False),
    )
