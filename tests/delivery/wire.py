"""A board as simple as can be, on a real websocket: it says hello, and notes what is pushed and when."""

import time
from typing import Any

import requests
from socketio import Client

CAN = {"width": 1920, "height": 1080, "webp": True, "secure": False, "store": "idb", "language": "vi"}


class Board:
    """Connected from the moment it is made."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token
        self.pushed: list[tuple[float, str, Any]] = []
        """Instant (monotonic, seconds), event and body."""
        self._client = Client(reconnection=False)
        self._client.on("*", self._note, namespace="/player")
        try:
            self._client.connect(
                url, auth={"token": token}, namespaces=["/player"], transports=["websocket"], wait_timeout=10
            )
        finally:
            self._websocket = self._client.eio.ws
            if not self._client.connected:  # refused: the client leaves it open
                self._websocket.shutdown()

    def ask(self, name: str, body: Any) -> Any:
        """The answer to a message."""
        return self._client.call(name, body, namespace="/player", timeout=30)

    def hello(self, digest: str | None = None) -> Any:
        """Say hello, holding this manifest."""
        return self.ask("hello", {"versions": {"player": "test"}, "capabilities": CAN, "digest": digest})

    def wait_for(self, event: str, seconds: float) -> tuple[float, Any] | None:
        """The first push of this kind, and when it came; None if none comes in time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for at, name, body in self.pushed:
                if name == event:
                    return at, body
            time.sleep(0.005)
        return None

    def close(self) -> None:
        """Hang up."""
        self._client.disconnect()
        self._websocket.shutdown()  # the client leaves one open that the server has closed

    def _note(self, event: str, body: Any) -> None:
        self.pushed.append((time.monotonic(), event, body))


def post(url: str, name: str, body: Any, token: str | None = None) -> requests.Response:
    """A message over plain HTTP."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.post(f"{url}/player/{name}", json=body, headers=headers, timeout=30)
