"""The database: engine, sessions, the base of all tables, and the manners that keep SQLite and gevent at peace.

Manners (DESIGN §5): writers queue at one in-process lock, so SQLite never makes one wait inside a transaction; nothing
that yields (socket, pool, subprocess, sleep) happens inside `Database.write`; each writing transaction that changes
what boards or operators see bumps the one `revision` row, which every process watches.
"""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    select,
    update,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from signage_server.errors import Stale
from signage_server.offload import off_loop

BUSY_TIMEOUT_MS = 250
"""How long SQLite may wait for another process's writer: as long as it waits, no socket is served."""

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


def new_id(prefix: str) -> str:
    """A fresh id such as `ast_k3v9…`: the kind of thing, then 60 random bits in base 32."""
    return f"{prefix}_" + "".join(secrets.choice(_ID_LETTERS) for _ in range(12))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant in Python, a naive UTC one in the table."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the table."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("instants must be aware: a naive one does not say in which zone it is")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the table."""
        return value.replace(tzinfo=UTC) if value is not None else None


class Base(DeclarativeBase):
    """The base of every table; rooms declare theirs in their own `models.py`."""

    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - read by SQLAlchemy as declared
    metadata = MetaData(
        # Every constraint has a name, so that a later migration can speak of it.
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Revision(Base):
    """One row that counts committed edits: whoever sees it move reconciles (DESIGN §1.5)."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, default=0)


class Versioned(Protocol):
    """Any row that counts its own edits."""

    version: int


def etag_of(row: Versioned) -> str:
    """The name of the row's present version, as the API gives it and takes it back."""
    return f"v{row.version}"


def next_version(row: Versioned, started_from: str | None) -> None:
    """Count one more edit of the row; `started_from` is the etag the editor saw (None: whatever it is now).

    Raises:
        Stale: somebody else has edited it since.
    """
    if started_from not in (None, etag_of(row)):
        raise Stale()
    row.version += 1


class Database:
    """Sessions for readers and writers of one database.

    Create it after gevent has patched the process (if it does): the writers' lock must be of the patched kind.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writers = threading.Lock()
        self._after_edit: list[Callable[[], None]] = []

    def after_edit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every committed edit of this process, outside the transaction and the lock."""
        self._after_edit.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look things up in; what is changed in it is not kept."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self, *, edit: bool = True) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all.

        `edit=False` is for what boards report about themselves (state, plays): it changes nothing they should show, so
        it does not bump the revision. The body must not yield to other greenlets and must not open another writer.
        """
        with self._writers, Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            if edit:
                session.execute(update(Revision).values(value=Revision.value + 1))
            yield session
        if edit:
            for listener in self._after_edit:
                listener()

    def revision(self) -> int:
        """How many edits have been committed so far, by any process."""
        with self.read() as session:
            return session.scalar(select(Revision.value)) or 0

    def close(self) -> None:
        """Give all connections back; the object is of no use afterwards."""
        self.engine.dispose()

    @property
    def _writing_engine(self) -> Engine:
        return self.engine.execution_options(sqlite_begin="IMMEDIATE")


def _engine(url: str) -> Engine:
    # max_overflow -1: a greenlet never waits for a connection, which would be a yield inside a transaction.
    engine = create_engine(url, pool_size=5, max_overflow=-1)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        engine.dialect.do_commit = _commit_sqlite  # type: ignore[assignment]
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: _begin_sqlite does
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_size_limit=67108864",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _commit_sqlite(connection: Any) -> None:
    """Commit without making the sockets wait for the disk: a slow one takes a tenth of a second to flush.

    This is the one moment of a write in which others run. They may read; whoever wants to write waits at the lock.
    """
    off_loop(connection.commit)


def _begin_sqlite(connection: Connection) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
