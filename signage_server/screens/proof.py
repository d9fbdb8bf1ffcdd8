"""What a board counted around an instant: proof of what it showed then."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import false, func, or_, select
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

    def encloses(self, at_ms: int) -> bool:
        """Whether the instant lies between the first play and the end of the last."""
        return self.first_ms <= at_ms < self.last_ms


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
