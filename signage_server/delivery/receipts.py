"""When each screen received, stored and showed each manifest: noted in memory, written in batches."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from signage_server.clock import Clock
from signage_server.db import Database
from signage_server.delivery.models import Receipt
from signage_server.screens.models import Screen
from signage_server.screens.state import BATCH, Stage
from signage_server.screens.upserts import insert_into

KEPT = timedelta(days=35)
_COLUMNS = {"received": "received_at", "stored": "stored_at", "showing": "showing_at"}


class Receipts:
    """The boards' word that manifests arrived. The first word of each kind counts."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._unwritten: dict[tuple[str, str], dict[str, datetime]] = {}

    def note(self, screen_id: str, digest: str, stage: Stage) -> None:
        """A screen says how far a manifest got."""
        noted = self._unwritten.setdefault((screen_id, digest), {})
        noted.setdefault(_COLUMNS[stage], self._clock())

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
        return written

    def clean_up(self) -> None:
        """Forget receipts that nobody asks for any more."""
        newest = func.coalesce(Receipt.showing_at, Receipt.stored_at, Receipt.received_at)
        with self._db.write(edit=False) as session:
            session.execute(delete(Receipt).where(newest < self._clock() - KEPT))

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
