"""The manifests that were sent, by digest: those of today in memory, all of them in the database."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import delete, select, update

from signage_server.clock import Clock
from signage_server.db import Database
from signage_server.delivery.models import SentManifest
from signage_server.screens.upserts import insert_into

KEPT = timedelta(days=400)
"""How long after its last day in use a manifest can still tell what was planned."""
_BATCH = 100


class SentManifests:
    """Keeps the text of every manifest that a board was told to hold."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._texts: dict[str, str] = {}

    def keep(self, digest: str, text: str) -> None:
        """Write a manifest down, once, before any board hears of it."""
        if digest in self._texts:
            return
        now = self._clock()
        with self._db.write(edit=False) as session:
            insert = insert_into(session, SentManifest).values(
                digest=digest, text=text, made_at=now, used_at=now
            )
            session.execute(insert.on_conflict_do_update(index_elements=["digest"], set_={"used_at": now}))
        self._texts[digest] = text

    def text(self, digest: str) -> str | None:
        """The text of a manifest, whenever it was sent; None if it is not known (any more)."""
        if digest in self._texts:
            return self._texts[digest]
        with self._db.read() as session:
            return session.scalar(select(SentManifest.text).where(SentManifest.digest == digest))

    def hold(self, digests: Iterable[str]) -> None:
        """These are in use now; others need not be in memory."""
        self._texts = {digest: self._texts[digest] for digest in digests if digest in self._texts}

    def clean_up(self) -> None:
        """Note what is in use today, and forget what has not been used for `KEPT`."""
        now = self._clock()
        digests = sorted(self._texts)
        for start in range(0, len(digests), _BATCH):
            used = SentManifest.digest.in_(digests[start : start + _BATCH])
            with self._db.write(edit=False) as session:
                session.execute(update(SentManifest).where(used).values(used_at=now))
        with self._db.write(edit=False) as session:
            session.execute(delete(SentManifest).where(SentManifest.used_at < now - KEPT))
