"""What every screen last proved of itself: kept in memory, written in batches.

A heartbeat never costs a database write of its own (DESIGN §6). What is lost when the process is killed is told
again by the next heartbeat.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from signage_server.clock import Clock
from signage_server.db import Database
from signage_server.screens.models import Screen, ScreenState
from signage_server.screens.upserts import insert_into

Stage = Literal["received", "stored", "showing"]
"""How far a manifest got on a board; each includes the ones before it."""
Via = Literal["socket", "http"]
"""How a board reaches us."""

HEARTBEAT = timedelta(seconds=60)
ONLINE_FOR = 3 * HEARTBEAT * 1.2
"""Three heartbeats, each as late as its jitter allows."""
BATCH = 250
"""Screens written in one transaction: a few milliseconds, so that the event loop is not held up."""


@dataclass(frozen=True)
class State:
    """What one screen proved, and when."""

    heard_at: datetime | None = None
    """None: never."""
    report: dict[str, Any] = field(default_factory=dict)
    """Its last heartbeat, checked (delivery.messages.Heartbeat)."""
    received_digest: str | None = None
    stored_digest: str | None = None
    showing_digest: str | None = None
    player_version: str | None = None
    via: Via | None = None
    """How it came last; None: its socket is closed, or it was not heard since the server started."""
    secure: bool | None = None
    """Whether it came over https; None: it has not said since the server started."""


Listener = Callable[[str], None]


class ScreenStates:
    """The latest State of every screen. Nothing in here waits for the database, save `load` and `flush`."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._states: dict[str, State] = {}
        self._unwritten: set[str] = set()
        self._after_report: list[Listener] = []

    def after_report(self, listener: Listener) -> None:
        """Call `listener` with the id of a screen whose state has changed; it must be quick."""
        self._after_report.append(listener)

    def load(self) -> None:
        """Read what earlier processes wrote; what was heard since then wins."""
        with self._db.read() as session:
            rows = session.scalars(select(ScreenState)).all()
        for row in rows:
            self._states.setdefault(row.screen_id, _state(row))

    def of(self, screen_id: str) -> State:
        """The latest state; an empty one of a screen that was never heard."""
        return self._states.get(screen_id, _NEVER)

    def online(self, screen_id: str) -> bool:
        """Whether the screen was heard within the last three heartbeats."""
        heard_at = self.of(screen_id).heard_at
        return heard_at is not None and self._clock() - heard_at <= ONLINE_FOR

    def hello(self, screen_id: str, via: Via, player_version: str, secure: bool) -> None:
        """A board has come (again)."""
        self._put(screen_id, via=via, player_version=player_version or None, secure=secure)

    def heartbeat(self, screen_id: str, via: Via, report: dict[str, Any]) -> None:
        """A board says what it is showing: a checked heartbeat. It holds, and shows, the manifest it names."""
        held = {} if report.get("digest") is None else _reached("showing", report["digest"])
        self._put(screen_id, via=via, report=report, **held)

    def receipt(self, screen_id: str, via: Via, digest: str, stage: Stage) -> None:
        """A board says how far a manifest got."""
        self._put(screen_id, via=via, **_reached(stage, digest))

    def gone(self, screen_id: str) -> None:
        """The last socket of a board has closed; when it was heard stays."""
        if screen_id in self._states:
            self._states[screen_id] = replace(self._states[screen_id], via=None)
            self._tell(screen_id)

    def forget(self, screen_id: str) -> None:
        """The screen was taken down."""
        self._states.pop(screen_id, None)
        self._unwritten.discard(screen_id)

    def flush(self, pause: Callable[[], None] = lambda: None) -> int:
        """Write what is new, a batch at a time with a `pause` in between; the number of screens written."""
        written = 0
        while batch := [self._unwritten.pop() for _ in range(min(BATCH, len(self._unwritten)))]:
            try:
                self._write(batch)
            except BaseException:
                self._unwritten.update(batch)
                raise
            written += len(batch)
            pause()
        return written

    def _put(self, screen_id: str, **new: Any) -> None:
        self._states[screen_id] = replace(self.of(screen_id), heard_at=self._clock(), **new)
        self._unwritten.add(screen_id)
        self._tell(screen_id)

    def _tell(self, screen_id: str) -> None:
        for listener in self._after_report:
            listener(screen_id)

    def _write(self, screen_ids: list[str]) -> None:
        with self._db.write(edit=False) as session:
            # A screen may have been taken down since it was heard.
            there = session.scalars(select(Screen.id).where(Screen.id.in_(screen_ids)))
            rows = [
                _row(screen_id, self._states[screen_id]) for screen_id in there if screen_id in self._states
            ]
            if rows:
                insert = insert_into(session, ScreenState)
                columns = {name: insert.excluded[name] for name in rows[0] if name != "screen_id"}
                session.execute(
                    insert.on_conflict_do_update(index_elements=["screen_id"], set_=columns), rows
                )


_NEVER = State()
_STAGES: tuple[Stage, ...] = ("received", "stored", "showing")


def _reached(stage: Stage, digest: str) -> dict[str, str]:
    return {f"{one}_digest": digest for one in _STAGES[: _STAGES.index(stage) + 1]}


def _state(row: ScreenState) -> State:
    return State(
        row.heard_at,
        row.report,
        row.received_digest,
        row.stored_digest,
        row.showing_digest,
        row.player_version,
    )


def _row(screen_id: str, state: State) -> dict[str, Any]:
    return {
        "screen_id": screen_id,
        "heard_at": state.heard_at,
        "report": state.report,
        "received_digest": state.received_digest,
        "stored_digest": state.stored_digest,
        "showing_digest": state.showing_digest,
        "player_version": state.player_version,
    }
