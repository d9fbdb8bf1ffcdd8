"""When each screen received, stored and showed each manifest: noted in memory, written in batches.

Receipts tell how a manifest arrived, and are kept for some weeks. What was shown from when on is kept apart, one row
for each change and as long as the manifests themselves: the past is read from it (`history`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.orm import Session

from signage_server.clock import Clock, to_ms
from signage_server.db import Database
from signage_server.delivery.models import Receipt, Shown
from signage_server.screens.models import RemovedScreen, Screen
from signage_server.screens.state import BATCH, Stage
from signage_server.screens.upserts import insert_into

KEPT = timedelta(days=35)
SHOWN_KEPT = timedelta(days=400)
"""How long the past can be asked."""
_COLUMNS = {"received": "received_at", "stored": "stored_at", "showing": "showing_at"}


class Receipts:
    """The boards' word that manifests arrived. The first word of each kind counts."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._unwritten: dict[tuple[str, str], dict[str, datetime]] = {}
        self._showing: dict[str, str] = {}
        """The manifest that each screen last said it is showing."""
        self._unwritten_shown: list[_ShownRow] = []

    def note(self, screen_id: str, digest: str, stage: Stage) -> None:
        """A screen says how far a manifest got."""
        noted = self._unwritten.setdefault((screen_id, digest), {})
        noted.setdefault(_COLUMNS[stage], self._clock())
        if stage == "showing":
            self.note_showing(screen_id, digest)

    def note_showing(self, screen_id: str, digest: str) -> None:
        """A screen says which manifest it is showing. Costs nothing while that is the same as before."""
        if self._showing.get(screen_id) != digest:
            self._showing[screen_id] = digest
            self._unwritten_shown.append((screen_id, to_ms(self._clock()), digest))

    def flush(self, pause: Callable[[], None] = lambda: None) -> int:
        """Write what is new, a batch at a time with a `pause` in between; the number of receipts written."""
        written = 0
        while batch := [self._unwritten.popitem() for _ in range(min(BATCH, len(self._unwritten)))]:
            try:
                self._write([_row(*key, noted) for key, noted in batch])
            except BaseException:
                self._unwritten.update(batch)
                raise
            written += len(batch)
            pause()
        while shown := self._unwritten_shown[:BATCH]:
            self._write_shown(shown)
            del self._unwritten_shown[: len(shown)]
            pause()
        return written

    def clean_up(self) -> None:
        """Forget receipts, and what was shown, that nobody asks for any more."""
        newest = func.coalesce(Receipt.showing_at, Receipt.stored_at, Receipt.received_at)
        with self._db.write(edit=False) as session:
            session.execute(delete(Receipt).where(newest < self._clock() - KEPT))
        old = Shown.since_ms < to_ms(self._clock() - SHOWN_KEPT)
        # Screen by screen along the key: nobody who wants to write waits for a walk through all of them.
        for some in _few(self._screens_ever()):
            with self._db.write(edit=False) as session:
                session.execute(delete(Shown).where(Shown.screen_id.in_(some), old))

    def _screens_ever(self) -> Sequence[str]:
        with self._db.read() as session:
            return [*session.scalars(select(Screen.id)), *session.scalars(select(RemovedScreen.id))]

    def _write_shown(self, rows: Sequence["_ShownRow"]) -> None:
        with self._db.write(edit=False) as session:
            last = _last_shown(session, {screen_id for screen_id, _, _ in rows})
            changes = [
                row for screen_id, own in _by_screen(rows) for row in _changes(own, last.get(screen_id))
            ]
            if changes:
                insert = insert_into(session, Shown)
                key, digest = ["screen_id", "since_ms"], {"digest": insert.excluded.digest}
                named = [dict(zip((*key, "digest"), row, strict=True)) for row in changes]
                session.execute(insert.on_conflict_do_update(index_elements=key, set_=digest), named)

    def _write(self, rows: list[dict[str, Any]]) -> None:
        with self._db.write(edit=False) as session:
            # A screen may have been taken down since it spoke.
            there = set(
                session.scalars(select(Screen.id).where(Screen.id.in_([row["screen_id"] for row in rows])))
            )
            kept = [row for row in rows if row["screen_id"] in there]
            if kept:
                insert = insert_into(session, Receipt)
                table = Receipt.__table__.c
                first = {
                    name: func.coalesce(table[name], insert.excluded[name]) for name in _COLUMNS.values()
                }
                key = ["screen_id", "digest"]
                session.execute(insert.on_conflict_do_update(index_elements=key, set_=first), kept)


def _row(screen_id: str, digest: str, noted: dict[str, datetime]) -> dict[str, Any]:
    return {"screen_id": screen_id, "digest": digest} | {name: noted.get(name) for name in _COLUMNS.values()}


_ShownRow = tuple[str, int, str]
"""Screen, since when, digest."""


def _by_screen(rows: Sequence[_ShownRow]) -> Iterable[tuple[str, Iterable[_ShownRow]]]:
    return groupby(sorted(rows, key=itemgetter(0)), key=itemgetter(0))


def _changes(rows: Iterable[_ShownRow], digest: str | None) -> Iterable[_ShownRow]:
    """The rows that tell of another manifest than the one before: a restarted server hears old news."""
    for row in rows:
        if row[2] != digest:
            yield row
        digest = row[2]


def _last_shown(session: Session, screen_ids: Iterable[str]) -> dict[str, str]:
    newest = (
        select(Shown.screen_id, func.max(Shown.since_ms))
        .where(Shown.screen_id.in_(screen_ids))
        .group_by(Shown.screen_id)
    )
    rows = select(Shown.screen_id, Shown.digest).where(
        tuple_(Shown.screen_id, Shown.since_ms).in_(newest.subquery().select())
    )
    return dict(session.execute(rows).all())


def _few(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
