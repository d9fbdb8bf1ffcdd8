"""Commands to boards: said at once to those who listen, kept a minute for those who ask, forgotten after that."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from signage_server.clock import Clock
from signage_server.db import new_id
from signage_server.screens.state import ScreenStates

Name = Literal["identify", "reload", "sync", "show_now"]

LIFE = timedelta(seconds=60)
"""An operator who stands before the board has given up after this."""
ANSWER_DUE = timedelta(seconds=10)
"""A board that was told and has not answered by then is told again when it asks."""


@dataclass(frozen=True)
class Command:
    """Something an operator wants done on some boards now."""

    id: str
    name: Name
    args: dict[str, Any]
    given_at: datetime

    def message(self) -> dict[str, Any]:
        """As it is sent to a board."""
        return {"id": self.id, "name": self.name, "args": self.args}


@dataclass(frozen=True)
class Sent:
    """Where a command went."""

    command_id: str
    sent: list[str] = field(default_factory=list)
    """Screens that have it, or will ask for it within the minute."""
    offline: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Result:
    """A board's answer."""

    screen_id: str
    command_id: str
    ok: bool
    error: str | None


@dataclass
class _Waiting:
    command: Command
    told_at: datetime | None = None


class Commands:
    """The commands of the last minute, by screen."""

    def __init__(self, clock: Clock, states: ScreenStates) -> None:
        self._clock = clock
        self._states = states
        self._waiting: dict[str, dict[str, _Waiting]] = {}
        self._push: Callable[[Command, Sequence[str]], Iterable[str]] = lambda _command, _screens: ()
        self._after_result: list[Callable[[Result], None]] = []

    def push_by(self, push: Callable[[Command, Sequence[str]], Iterable[str]]) -> None:
        """`push` sends a command over open sockets, and answers which of the screens have one."""
        self._push = push

    def after_result(self, listener: Callable[[Result], None]) -> None:
        """Call `listener` when a board says what became of a command."""
        self._after_result.append(listener)

    def give(self, screen_ids: Sequence[str], name: Name, args: dict[str, Any]) -> Sent:
        """Have these screens do something, those that cannot be reached excepted.

        A newer command takes the place of an older one of the same name.
        """
        command = Command(new_id("cmd"), name, args, self._clock())
        told = set(self._push(command, screen_ids))
        sent = Sent(command.id)
        for screen_id in screen_ids:
            reachable = screen_id in told or self._states.online(screen_id)
            (sent.sent if reachable else sent.offline).append(screen_id)
            if reachable:
                self._keep(screen_id, command, command.given_at if screen_id in told else None)
        return sent

    def waiting(self, screen_id: str) -> int:
        """How many commands the screen should come and fetch."""
        return sum(1 for one in self._of(screen_id).values() if self._is_due(one))

    def fetch(self, screen_id: str) -> list[Command]:
        """The commands that wait for a screen, the oldest first; they are told with this."""
        due = [one for one in self._of(screen_id).values() if self._is_due(one)]
        for one in due:
            one.told_at = self._clock()
        return [one.command for one in due]

    def result(self, result: Result) -> None:
        """A board's answer: it need not be told again."""
        self._of(result.screen_id).pop(result.command_id, None)
        for listener in self._after_result:
            listener(result)

    def clean_up(self) -> None:
        """Forget what is older than a minute."""
        for screen_id in list(self._waiting):
            if not self._of(screen_id):
                self._waiting.pop(screen_id, None)

    def _keep(self, screen_id: str, command: Command, told_at: datetime | None) -> None:
        waiting = self._waiting.setdefault(screen_id, {})
        for older in [one.command for one in waiting.values() if one.command.name == command.name]:
            waiting.pop(older.id, None)
        waiting[command.id] = _Waiting(command, told_at)

    def _of(self, screen_id: str) -> dict[str, _Waiting]:
        waiting = self._waiting.get(screen_id, {})
        for one in list(waiting.values()):
            if self._clock() - one.command.given_at > LIFE:
                waiting.pop(one.command.id, None)
        return waiting

    def _is_due(self, one: _Waiting) -> bool:
        return one.told_at is None or self._clock() - one.told_at >= ANSWER_DUE
