"""Websocket frames without the two weaknesses of gevent-websocket: no bound on size, and a loop in Python per byte.

Its own reader unmasks and validates each byte in Python (a message of 1 MB stops every socket for half a second) and
reads frames of any length into memory. A server's handler puts `BoundedWebSocket` in its place with `bound`.
"""

from typing import Any

from geventwebsocket.exceptions import FrameTooLargeException, ProtocolError, WebSocketError
from geventwebsocket.websocket import Header, WebSocket

MESSAGE_MOST = 256 * 1024
"""Bytes of one message from a board or console; an honest batch of plays has a quarter of it."""


class BoundedWebSocket(WebSocket):
    """Reads messages of at most `MESSAGE_MOST` bytes, with the work per byte done in C."""

    __slots__ = ()

    def read_frame(self) -> tuple[Header, bytes]:
        """One whole frame."""
        header = Header.decode_header(self.stream)
        if header.flags:
            raise ProtocolError("extensions were not agreed on")
        if header.length > MESSAGE_MOST:
            raise FrameTooLargeException(f"a frame of {header.length} bytes")
        payload = self.raw_read(header.length) if header.length else b""
        if len(payload) != header.length:
            raise WebSocketError("the connection ended within a frame")
        return header, unmask(payload, header.mask)

    def read_message(self) -> str | bytes | None:
        """One whole message, put together from its frames; None after the other side has closed."""
        opcode = None
        message = b""
        while True:
            header, payload = self.read_frame()
            if header.opcode > self.OPCODE_BINARY:
                if self._control(header, payload):
                    return None
                continue
            if (opcode is None) == (header.opcode == self.OPCODE_CONTINUATION):
                raise ProtocolError("a frame that does not belong to its message")
            opcode = opcode or header.opcode
            message += payload
            if len(message) > MESSAGE_MOST:
                raise FrameTooLargeException(f"a message of more than {MESSAGE_MOST} bytes")
            if header.fin:
                return message.decode() if opcode == self.OPCODE_TEXT else message

    def _control(self, header: Header, payload: bytes) -> bool:
        """Ping, pong, close; whether this was the last."""
        if header.opcode == self.OPCODE_PING:
            self.handle_ping(header, payload)
        elif header.opcode == self.OPCODE_CLOSE:
            self.handle_close(header, payload)
        elif header.opcode != self.OPCODE_PONG:
            raise ProtocolError(f"an unknown opcode, {header.opcode}")
        return bool(header.opcode == self.OPCODE_CLOSE)


def bound(websocket: Any) -> None:
    """Let a websocket that was just accepted read as `BoundedWebSocket` does.

    It changes class where it stands: the library makes it within a long method of its own, and a second one beside it
    would say goodbye to the client when the first is collected.
    """
    websocket.__class__ = BoundedWebSocket


def unmask(payload: bytes, mask: bytes) -> bytes:
    """The payload as it was before the client masked it (RFC 6455 §5.3)."""
    if not mask or not payload:
        return payload
    size = len(payload)
    pattern = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")).to_bytes(size, "big")
