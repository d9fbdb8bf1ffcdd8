"""The boards' keys: 32 random bytes that only the board holds; here lies their SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from signage_server.clock import Clock
from signage_server.db import Database
from signage_server.errors import SignInNeeded
from signage_server.screens.models import Pairing, ScreenToken

_LOST_AFTER = timedelta(minutes=1)
"""An answer that carried a token is on its way no longer than this."""


class Revoked(SignInNeeded):
    """The token was good once and was taken back: the only answer that stops a board."""

    code = "revoked"
    vi = "Màn hình này đã bị gỡ khỏi hệ thống."
    en = "This screen was removed from the system."


class UnknownToken(SignInNeeded):
    """Nobody knows this token; a board goes on playing and tries again."""

    code = "unknown_token"
    vi = "Máy chủ không nhận ra màn hình này."
    en = "The server does not know this screen."


@dataclass(frozen=True)
class KnownToken:
    """A token that was found to be good."""

    screen_id: str
    secret_hash: str
    used: bool
    """False until the board's first hello with it."""


class ScreenTokens:
    """Makes, checks and takes back the keys of boards. A screen may have several."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def look_up(self, token: str) -> KnownToken:
        """The screen behind a token; raises Revoked or UnknownToken. One read by primary key."""
        row_of = select(ScreenToken.screen_id, ScreenToken.used_at, ScreenToken.revoked_at)
        with self._db.read() as session:
            row = session.execute(row_of.where(ScreenToken.secret_hash == secret_hash(token))).first()
        if row is None:
            raise UnknownToken
        if row.revoked_at is not None:
            raise Revoked
        if row.screen_id is None:
            raise UnknownToken
        return KnownToken(row.screen_id, secret_hash(token), used=row.used_at is not None)

    def screen_of(self, token: str) -> str:
        """The id of the screen that holds this token; raises Revoked or UnknownToken."""
        return self.look_up(token).screen_id

    def first_use(self, known: KnownToken) -> None:
        """The board has proved that it holds the token: its pairing is over."""
        with self._db.write(edit=False) as session:
            session.execute(
                update(ScreenToken)
                .where(ScreenToken.secret_hash == known.secret_hash, ScreenToken.used_at.is_(None))
                .values(used_at=self._clock())
            )
            session.execute(delete(Pairing).where(Pairing.screen_id == known.screen_id))

    def make(self, session: Session, screen_id: str) -> str:
        """A fresh token, in the caller's transaction. Unused ones whose answer must have been lost go."""
        now = self._clock()
        session.execute(
            delete(ScreenToken).where(
                ScreenToken.screen_id == screen_id,
                ScreenToken.used_at.is_(None),
                ScreenToken.created_at < now - _LOST_AFTER,
            )
        )
        token = secrets.token_urlsafe(32)
        session.add(ScreenToken(secret_hash=secret_hash(token), screen_id=screen_id, created_at=now))
        return token

    def revoke(self, session: Session, screen_id: str) -> None:
        """Take back every token of a screen, in the caller's transaction (before the screen's row goes)."""
        session.execute(
            update(ScreenToken)
            .where(ScreenToken.screen_id == screen_id, ScreenToken.revoked_at.is_(None))
            .values(revoked_at=self._clock())
        )


def secret_hash(secret: str) -> str:
    """How a secret is kept: its SHA-256. It has 256 random bits, so nothing slower is needed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
