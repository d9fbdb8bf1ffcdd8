"""API tokens: keys for programs, shown once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from signage_server.accounts import audit
from signage_server.accounts.models import ApiToken
from signage_server.accounts.secrets import hash_of, new_secret
from signage_server.clock import Clock
from signage_server.db import Database, new_id
from signage_server.errors import NotFound

PREFIX = "sgn_"
"""Lets scanners for leaked secrets recognise one."""
_NOTED_EVERY = timedelta(minutes=5)


class UnknownApiToken(NotFound):
    """No API token has this id."""

    code = "unknown_api_token"
    vi = "Không có khoá API này. Có thể nó đã bị xoá."
    en = "There is no such API token. It may have been deleted."


@dataclass(frozen=True)
class Made:
    """A token that was just made; `secret` can never be shown again."""

    id: str
    name: str
    created_at: datetime
    secret: str


class Tokens:
    """Makes, recognises and revokes API tokens."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def query(self) -> Select[ApiToken]:
        """All tokens, for a list."""
        return select(ApiToken)

    def make(self, who: str, unit_id: str, name: str) -> Made:
        """A new token that may do what the unit's administrator may."""
        made = Made(id=new_id("tok"), name=name, created_at=self._clock(), secret=PREFIX + new_secret())
        with self._db.write(edit=False) as session:
            session.add(
                ApiToken(
                    id=made.id,
                    secret_hash=hash_of(made.secret),
                    name=name,
                    unit_id=unit_id,
                    created_at=made.created_at,
                )
            )
            audit.record(session, who, "token.make", made.id, None, {"name": name}, at=made.created_at)
        return made

    def revoke(self, who: str, token_id: str) -> None:
        """End a token at once.

        Raises:
            UnknownApiToken: there is none with this id.
        """
        with self._db.write(edit=False) as session:
            token = session.get(ApiToken, token_id)
            if token is None:
                raise UnknownApiToken()
            session.delete(token)
            audit.record(session, who, "token.revoke", token_id, {"name": token.name}, None, at=self._clock())

    def owner_of(self, secret: str) -> ApiToken | None:
        """The token with this secret; None when there is none (any more)."""
        with self._db.read() as session:
            token = session.scalar(select(ApiToken).where(ApiToken.secret_hash == hash_of(secret)))
        if token is not None:
            self._note_use(token)
        return token

    def _note_use(self, token: ApiToken) -> None:
        now = self._clock()
        if token.used_at is not None and now - token.used_at < _NOTED_EVERY:
            return
        with self._db.write(edit=False) as session:
            row = session.get(ApiToken, token.id)
            if row is not None:
                row.used_at = now
