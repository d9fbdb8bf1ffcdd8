"""What boards played, as they counted it: running totals merged by maximum, so that repeats change nothing.

One bad line never blocks a batch: each is judged alone, and told apart in the answer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import Field, ValidationError, model_validator
from sqlalchemy import case, delete
from sqlalchemy.orm import Session

from signage_server.clock import Clock, from_ms, to_ms
from signage_server.db import Database
from signage_server.screens.models import Fault, PlayTally, Screen
from signage_server.screens.said import Key, Label, Ms, Said, ShortKey, Words
from signage_server.screens.tokens import UnknownToken
from signage_server.screens.upserts import insert_into

QUARTER_MS = 900_000
DAY_MS = 86_400_000
OLDEST = timedelta(days=400)
"""A board that was offline for longer has lost its tale."""
NEWEST = timedelta(days=1)
"""How far a board's clock may run ahead and still be believed."""
FAULTS_KEPT = timedelta(days=90)

Count = Annotated[int, Field(ge=0, le=1_000_000)]
ShownMs = Annotated[int, Field(ge=0, le=DAY_MS + QUARTER_MS)]
"""A slide that begins in a quarter hour may last a day."""


class TallyIn(Said):
    """Totals of one quarter hour, asset, schedule and role since the player's store was made."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    quarter_ms: Annotated[int, Field(ge=0, multiple_of=QUARTER_MS)]
    asset: ShortKey
    schedule: ShortKey
    role: Literal["rotation", "reminder", "takeover", "fallback"]
    guessed: bool
    """The board's clock was a guess then."""
    plays: Count
    shown_ms: ShownMs
    first_ms: Annotated[Ms, Field(description="When the first of the plays began.")]
    last_ms: Annotated[
        Ms, Field(description="When the last of the plays ended, be it after the quarter hour.")
    ]
    longest_gap_ms: Annotated[
        Ms,
        Field(
            description="The longest time from the start of a play of the schedule to the next; 0: not known."
        ),
    ]
    cuts: Count
    late_ms: Ms

    @model_validator(mode="after")
    def _fits_its_quarter(self) -> Self:
        earliest, latest = self.quarter_ms - QUARTER_MS, self.quarter_ms + QUARTER_MS + DAY_MS
        if not earliest <= self.first_ms <= self.last_ms <= latest:
            raise ValueError("the totals contradict each other")
        return self

    @property
    def told_ms(self) -> int:
        """The instant by which it is judged."""
        return self.quarter_ms

    def row(self, screen_id: str, store: str) -> dict[str, Any]:
        """Its row in the table."""
        rest = self.model_dump(exclude={"id", "asset", "schedule"})
        return rest | {
            "screen_id": screen_id,
            "store": store,
            "asset_id": self.asset,
            "schedule_id": self.schedule,
        }


class FaultIn(Said):
    """Something that went wrong on a board, told once."""

    id: Key
    at_ms: Ms
    code: Label
    detail: Words = ""

    @property
    def told_ms(self) -> int:
        """The instant by which it is judged."""
        return self.at_ms

    def row(self, screen_id: str) -> dict[str, Any]:
        """Its row in the table."""
        at = from_ms(self.at_ms)
        return {"screen_id": screen_id, "id": self.id, "at": at, "code": self.code, "detail": self.detail}


Item = TypeVar("Item", TallyIn, FaultIn)
Rejected = list[dict[str, str]]


class Plays:
    """Takes the boards' batches of tallies and faults."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def take(
        self, screen_id: str, store: str, tallies: Sequence[Any], faults: Sequence[Any]
    ) -> dict[str, Any]:
        """Keep what can be kept: `{accepted: [ids], rejected: [{id, code}]}`.

        Codes: `malformed` (not a tally or fault, or it contradicts itself) and `time` (too old, or of the future). A
        board forgets both kinds: what was rejected once would be rejected again. Assets and schedules need not exist:
        deleted ones keep their figures. Raises UnknownToken where the screen is gone.
        """
        good_tallies, bad_tallies = _sort(TallyIn, tallies, self._clock())
        good_faults, bad_faults = _sort(FaultIn, faults, self._clock())
        if good_tallies or good_faults:
            with self._db.write(edit=False) as session:
                if session.get(Screen, screen_id) is None:
                    raise UnknownToken
                _merge(session, [tally.row(screen_id, store) for tally in good_tallies])
                _add(session, [fault.row(screen_id) for fault in good_faults])
        accepted = [tally.id for tally in good_tallies] + [fault.id for fault in good_faults]
        return {"accepted": accepted, "rejected": bad_tallies + bad_faults}

    def clean_up(self) -> None:
        """Forget faults that are too old to act on."""
        with self._db.write(edit=False) as session:
            session.execute(delete(Fault).where(Fault.at < self._clock() - FAULTS_KEPT))


def _sort(kind: type[Item], said: Sequence[Any], now: datetime) -> tuple[list[Item], Rejected]:
    good: list[Item] = []
    bad: Rejected = []
    for one in said:
        try:
            item = kind.model_validate(one)
        except ValidationError:
            bad.append({"id": _id_of(one), "code": "malformed"})
            continue
        if to_ms(now - OLDEST) <= item.told_ms <= to_ms(now + NEWEST):
            good.append(item)
        else:
            bad.append({"id": item.id, "code": "time"})
    return good, bad


def _id_of(said: Any) -> str:
    """The id as it came, so that the board knows which one is meant."""
    found = said.get("id") if isinstance(said, dict) else None
    return found[:200] if isinstance(found, str) else ""


def _merge(session: Session, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = insert_into(session, PlayTally)
    key = [column.name for column in PlayTally.__table__.primary_key]
    merged = {}
    for name in rows[0].keys() - set(key):
        old, new = PlayTally.__table__.c[name], insert.excluded[name]
        better = new < old if name == "first_ms" else new > old
        merged[name] = case((better, new), else_=old)
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=merged), rows)


def _add(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert_into(session, Fault).on_conflict_do_nothing(), rows)
