"""Clients and their rooms, so that a client that leaves costs only its own rooms.

python-socketio looks through every room of the namespace when a client leaves, and each client has a room of its own:
10,000 boards that drop at once cost 41 s (research, 2026-11). Here every client's rooms are known.
"""

from typing import Any

from socketio import Manager

LIBRARY_VERSION = "5.18.1"
"""The release whose `Manager` this mends; `tests/delivery/test_rooms_index.py` fails when another is installed."""


class IndexedManager(Manager):
    """A client manager with an index from client to rooms."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[Any]] = {}

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """Put a client into a room."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        """Take a client out of a room."""
        super().basic_leave_room(sid, namespace, room)
        rooms = self._rooms_of.get((namespace, sid))
        if rooms is not None:
            rooms.discard(room)
            if not rooms:
                del self._rooms_of[namespace, sid]

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Take a client out of all its rooms, and forget what was pending for it."""
        for room in list(self._rooms_of.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)
                if not pending[namespace]:
                    del pending[namespace]

    def get_rooms(self, sid: str, namespace: str) -> list[Any]:
        """The rooms a client is in."""
        return [room for room in self._rooms_of.get((namespace, sid), ()) if room is not None]
