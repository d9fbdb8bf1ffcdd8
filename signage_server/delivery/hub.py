"""The sockets: boards on namespace `/player`, operators' consoles on `/console`.

Pushes only make things fast. Whatever is lost here is healed by the next heartbeat (DESIGN §1.5).
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask_socketio import ConnectionRefusedError, Namespace, SocketIO

from signage_server.delivery.commands import Command
from signage_server.delivery.player_door import Caller, PlayerDoor, fits_in_message
from signage_server.delivery.publisher import Published
from signage_server.delivery.table_rows import Pause
from signage_server.delivery.watching import CALM_S, Watching
from signage_server.errors import SignageError

logger = logging.getLogger(__name__)

PLAYER, CONSOLE = "/player", "/console"
ROOMS_AT_ONCE = 500
"""Boards that get a push before others have their turn: a few milliseconds."""


class Hub:
    """Knows which boards and consoles are connected, and speaks to them."""

    def __init__(
        self,
        socketio: SocketIO,
        door: PlayerDoor,
        watching: Watching,
        *,
        authenticate: Callable[[dict[str, Any]], bool],
        when_gone: Callable[[str], None],
        pause: Pause = lambda: None,
        take_turn: Pause = lambda: None,
    ) -> None:
        """Join the namespaces to a server.

        `authenticate` tells from a request's environ whether an operator is signed in; `when_gone` hears of a screen
        whose last socket has closed; `pause` gives others their turn, `take_turn` waits for one's own.
        """
        self._server = socketio.server
        self._door = door
        self._watching = watching
        self._authenticate = authenticate
        self._when_gone = when_gone
        self._pause = pause
        self.take_turn = take_turn
        self._boards: dict[str, Caller] = {}
        self._sockets_of: dict[str, set[str]] = {}
        self._consoles: dict[str, dict[str, Any]] = {}
        self._pace: dict[str, int] = {}
        socketio.on_namespace(_Players(PLAYER, self))
        socketio.on_namespace(_Consoles(CONSOLE, self))

    @property
    def boards(self) -> int:
        """How many screens have an open socket."""
        return len(self._sockets_of)

    @property
    def consoles(self) -> int:
        """How many consoles are open."""
        return len(self._consoles)

    def is_connected(self, screen_id: str) -> bool:
        """Whether the screen has an open socket."""
        return screen_id in self._sockets_of

    # --- to boards ---

    def push_manifest(self, published: Published) -> None:
        """Send a manifest to the screens that should hold it; a large one by its digest alone."""
        message = {"digest": published.digest}
        if fits_in_message(published.text):
            message["text"] = published.text
        self._to_boards("manifest", message, published.screen_ids)

    def push_command(self, command: Command, screen_ids: Sequence[str]) -> list[str]:
        """Send a command to those of the screens that are connected, and say which they are."""
        return self._to_boards("command", command.message(), screen_ids)

    def disconnect_board(self, screen_id: str) -> None:
        """Close a screen's sockets; when it comes back it is told why."""
        for sid in list(self._sockets_of.get(screen_id, ())):
            self._server.disconnect(sid, namespace=PLAYER)

    def _to_boards(self, event: str, message: dict[str, Any], screen_ids: Sequence[str]) -> list[str]:
        there = [screen_id for screen_id in screen_ids if screen_id in self._sockets_of]
        for rooms in _chunks(there):
            # One call for many rooms: the message is encoded once.
            self._server.emit(event, message, namespace=PLAYER, to=rooms)
            self._pause()
        return there

    # --- to consoles ---

    def tell_consoles(
        self, event: str, message: dict[str, Any], consoles: Sequence[str] | None = None
    ) -> None:
        """Send something to some consoles; None: to all."""
        if consoles is None:
            consoles = list(self._consoles)
        if consoles:
            self._server.emit(event, message, namespace=CONSOLE, to=list(consoles))

    def close_signed_out(self) -> None:
        """Close the consoles of those who have signed out, or were signed out, meanwhile."""
        for sid, environ in list(self._consoles.items()):
            if not self._authenticate(environ):
                self._server.disconnect(sid, namespace=CONSOLE)

    # --- boards come, speak and go ---

    def board_comes(self, sid: str, auth: Any) -> None:
        """Let a board in, or raise ConnectionRefusedError with the code."""
        try:
            caller = self._door.enter(auth.get("token") if isinstance(auth, dict) else None, "socket")
        except SignageError as error:
            raise _refused(error.code) from error
        self._boards[sid] = caller
        self._sockets_of.setdefault(caller.screen_id, set()).add(sid)
        self._pace.pop(caller.screen_id, None)
        self._server.enter_room(sid, caller.screen_id, namespace=PLAYER)

    def board_says(self, sid: str, event: str, body: Any) -> dict[str, Any]:
        """The answer to a board's message."""
        caller = self._boards.get(sid)
        if caller is None:  # its socket has just been closed
            return {"code": "busy"}
        return self._door.answer(caller, event, body).body

    def board_goes(self, sid: str) -> None:
        """A socket has closed."""
        caller = self._boards.pop(sid, None)
        if caller is None:
            return
        sockets = self._sockets_of[caller.screen_id]
        sockets.discard(sid)
        if not sockets:
            del self._sockets_of[caller.screen_id]
            self._when_gone(caller.screen_id)

    # --- consoles come, look and go ---

    def console_comes(self, sid: str, environ: dict[str, Any]) -> None:
        """Let a signed-in operator's console in, or raise ConnectionRefusedError."""
        if not self._authenticate(environ):
            raise _refused("sign_in_needed")
        self._consoles[sid] = environ

    def console_says(self, sid: str, event: str, body: Any) -> dict[str, Any]:
        """`watch {screen_ids|null}` and `unwatch`: the boards in view then tell more often what they show."""
        if event == "watch":
            self._watching.watch(sid, _screen_ids(body))
        elif event == "unwatch":
            self._watching.unwatch(sid)
        else:
            return {"code": "unknown_message"}
        self._set_pace()
        return {}

    def console_goes(self, sid: str) -> None:
        """A console was closed."""
        if self._consoles.pop(sid, None) is not None:
            self._watching.unwatch(sid)
            self._set_pace()

    def _set_pace(self) -> None:
        changed: dict[int, list[str]] = {}
        for screen_id in list(self._sockets_of):
            wanted = self._watching.heartbeat_s(screen_id, len(self._sockets_of))
            if self._pace.get(screen_id, CALM_S) != wanted:
                self._pace[screen_id] = wanted
                changed.setdefault(wanted, []).append(screen_id)
        for heartbeat_s, screen_ids in changed.items():
            self._to_boards("pace", {"heartbeat_s": heartbeat_s}, screen_ids)


class _Doorkeeper(Namespace, ABC):
    """Hands events to the hub without a Flask request around each: that would be a quarter of a connection's cost."""

    def __init__(self, namespace: str, hub: Hub) -> None:
        super().__init__(namespace)
        self._hub = hub

    def trigger_event(self, event: Any, sid: str, *args: Any) -> Any:
        """Called by python-socketio for everything that happens in the namespace."""
        reserved = event in ("connect", "disconnect")
        if reserved and self.server.manager.is_connected(sid, self.namespace):
            return {"code": "unknown_message"}  # a client's own event with a reserved name
        self._hub.take_turn()
        if not reserved:
            return self.says(sid, event if isinstance(event, str) else "", args[0] if args else None)
        return self.comes(sid, *args) if event == "connect" else self.goes(sid)

    @abstractmethod
    def comes(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """A client wants in."""

    @abstractmethod
    def says(self, sid: str, event: str, body: Any) -> dict[str, Any]:
        """A client sent a message."""

    @abstractmethod
    def goes(self, sid: str) -> None:
        """A client has left."""


class _Players(_Doorkeeper):
    def comes(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        _or_busy(lambda: self._hub.board_comes(sid, auth))

    def says(self, sid: str, event: str, body: Any) -> dict[str, Any]:
        return self._hub.board_says(sid, event, body)

    def goes(self, sid: str) -> None:
        self._hub.board_goes(sid)


class _Consoles(_Doorkeeper):
    def comes(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        _or_busy(lambda: self._hub.console_comes(sid, environ))

    def says(self, sid: str, event: str, body: Any) -> dict[str, Any]:
        return self._hub.console_says(sid, event, body)

    def goes(self, sid: str) -> None:
        self._hub.console_goes(sid)


def _or_busy(let_in: Callable[[], None]) -> None:
    try:
        let_in()
    except ConnectionRefusedError:
        raise
    except Exception as error:  # the edge of the room: whatever is wrong with us, a board only tries again
        logger.exception("a connection could not be judged")
        raise _refused("busy") from error


def _refused(code: str) -> ConnectionRefusedError:
    """python-socketio puts the second argument into the client's `error.data`."""
    return ConnectionRefusedError(code, {"code": code})


def _screen_ids(body: Any) -> list[str] | None:
    ids = body.get("screen_ids") if isinstance(body, dict) else None
    return [one for one in ids[:10_000] if isinstance(one, str)] if isinstance(ids, list) else None


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + ROOMS_AT_ONCE] for start in range(0, len(ids), ROOMS_AT_ONCE))
