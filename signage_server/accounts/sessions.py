"""Signed-in browsers: a row each, so that any of them can be signed out from here."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from signage_server.accounts import audit
from signage_server.accounts.models import Person, SignIn
from signage_server.accounts.people import Known, known
from signage_server.accounts.secrets import hash_of, new_secret
from signage_server.clock import Clock
from signage_server.db import Database

LONGEST = timedelta(hours=12)
"""A session ends this long after signing in: one sign-in for a working day."""
LONGEST_IDLE = timedelta(hours=8)
"""And this long after it was last used."""
_NOTED_EVERY = timedelta(minutes=5)
"""How exactly its last use is kept: a row is not written for every click."""


@dataclass(frozen=True)
class Opened:
    """A session that was just opened: the secret goes into the cookie, and is nowhere else."""

    secret: str
    person: Known


class Sessions:
    """Opens, recognises and ends sessions."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def open(self, person: Known, browser: str, address: str | None) -> Opened:
        """Sign a person in; sessions that have run out are swept on the way."""
        secret, now = new_secret(), self._clock()
        with self._db.write(edit=False) as session:
            session.execute(delete(SignIn).where(SignIn.expires_at <= now))
            session.add(
                SignIn(
                    secret_hash=hash_of(secret),
                    person_id=person.id,
                    created_at=now,
                    seen_at=now,
                    expires_at=now + LONGEST,
                    browser=browser[:300],
                )
            )
            audit.record(session, person.id, "session.open", person.id, None, None, address, at=now)
        return Opened(secret, person)

    def person_of(self, secret: str) -> Known | None:
        """Who is signed in with this cookie; None when the session is unknown, ended or too long unused."""
        with self._db.read() as session:
            sign_in = session.get(SignIn, hash_of(secret))
            person = session.get(Person, sign_in.person_id) if sign_in else None
        if sign_in is None or person is None or not _is_open(sign_in, self._clock()):
            return None
        self._note_use(sign_in)
        return known(person)

    def close(self, secret: str) -> None:
        """Sign this browser out."""
        with self._db.write(edit=False) as session:
            session.execute(delete(SignIn).where(SignIn.secret_hash == hash_of(secret)))

    def close_all(self, person_id: str) -> None:
        """Sign a person out everywhere."""
        with self._db.write(edit=False) as session:
            session.execute(delete(SignIn).where(SignIn.person_id == person_id))
            audit.record(session, person_id, "session.close_all", person_id, None, None, at=self._clock())

    def _note_use(self, sign_in: SignIn) -> None:
        now = self._clock()
        if now - sign_in.seen_at < _NOTED_EVERY:
            return
        with self._db.write(edit=False) as session:
            row = session.get(SignIn, sign_in.secret_hash)
            if row is not None:
                row.seen_at = now


def csrf_token(secret: str) -> str:
    """What a signed-in page must send along with every change.

    It is derived from the session's secret, which scripts cannot read, so that only our own pages, told by `GET /me`,
    know it, and nothing has to be kept.
    """
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


def csrf_token_fits(secret: str, token: str) -> bool:
    """Whether the token belongs to the session; compared in constant time."""
    return hmac.compare_digest(csrf_token(secret).encode(), token.encode())


def _is_open(sign_in: SignIn, now: datetime) -> bool:
    return now < sign_in.expires_at and now - sign_in.seen_at < LONGEST_IDLE
