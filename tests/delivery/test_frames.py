import io
import os
import struct
import time
from types import SimpleNamespace
from typing import Any

import pytest
from geventwebsocket.websocket import Header, WebSocket
from hypothesis import given, settings
from hypothesis import strategies as st

from signage_server.delivery import frames
from signage_server.delivery.frames import MESSAGE_MOST, BoundedWebSocket, bound, unmask

TEXT, BINARY, CLOSE, PING, CONTINUATION = 1, 2, 8, 9, 0


class Pipe:
    """Bytes from a client; what is written back is kept."""

    def __init__(self, data: bytes) -> None:
        self.read = io.BytesIO(data).read
        self.written: list[bytes] = []
        self.write = self.written.append


NOBODY = SimpleNamespace(
    server=SimpleNamespace(application=object()), logger=SimpleNamespace(debug=lambda *_: None)
)
"""Stands where pywsgi's handler would."""


def frame(payload: bytes, opcode: int = TEXT, *, fin: bool = True, mask: bytes = b"abcd") -> bytes:
    size = len(payload)
    if size < 126:
        short, extra = size, b""
    elif size <= 0xFFFF:
        short, extra = 126, struct.pack("!H", size)
    else:
        short, extra = 127, struct.pack("!Q", size)
    return bytes([opcode | (0x80 if fin else 0), 0x80 | short]) + extra + mask + unmask(payload, mask)


@pytest.fixture(autouse=True)
def _no_goodbyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library says goodbye when a websocket is collected; here nobody listens."""
    monkeypatch.setattr(WebSocket, "__del__", lambda _: None)


def websocket(*sent: bytes) -> tuple[Any, Pipe]:
    pipe = Pipe(b"".join(sent))
    made = WebSocket({}, pipe, NOBODY)
    bound(made)
    assert isinstance(made, BoundedWebSocket)
    return made, pipe


@settings(deadline=None)
@given(payload=st.binary(max_size=200), mask=st.binary(min_size=4, max_size=4))
def test_unmasking_is_what_the_library_does_byte_by_byte(payload: bytes, mask: bytes) -> None:
    header = Header(length=len(payload))
    header.mask = mask
    assert unmask(payload, mask) == bytes(header.unmask_payload(payload))


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, MESSAGE_MOST])
def test_messages_of_every_length_arrive(size: int) -> None:
    ws, _ = websocket(frame(b"x" * size))
    assert ws.receive() == "x" * size


def test_vietnamese_survives_a_cut_within_a_letter() -> None:
    letters = "Kiên Giang đẹp lắm".encode()
    ws, _ = websocket(frame(letters[:3], fin=False), frame(b"", PING), frame(letters[3:], CONTINUATION))
    assert ws.receive() == "Kiên Giang đẹp lắm"


def test_bytes_stay_bytes() -> None:
    ws, _ = websocket(frame(b"\xff\x00", BINARY))
    assert ws.receive() == b"\xff\x00"


def test_a_ping_is_answered_and_does_not_end_a_message() -> None:
    ws, pipe = websocket(frame(b"are you there", PING), frame(b"hello"))
    assert ws.receive() == "hello"
    assert pipe.written == [b"\x8a\x0dare you there"]


def test_the_end_is_none() -> None:
    ws, _ = websocket(frame(struct.pack("!H", 1000), CLOSE))
    assert ws.receive() is None
    assert ws.closed


@pytest.mark.parametrize(
    "sent",
    [
        [frame(b"x" * (MESSAGE_MOST + 1))],
        [b"\x81\xff" + struct.pack("!Q", 2**62) + b"abcd"],
        [frame(b"x" * MESSAGE_MOST, fin=False), frame(b"x", CONTINUATION)],
        [frame(b"x", CONTINUATION)],
        [frame(b"x", fin=False), frame(b"x")],
        [frame(b"x", 3)],
        [frame(b"\xff\xfe")],
        [b"\xf1\x80abcd"],
        [b"\x81\x85abcdxy"],
        [b"\x81"],
        [b""],
    ],
    ids=[
        "too long",
        "claims to be endless",
        "too long in pieces",
        "the end of nothing",
        "two beginnings",
        "unknown kind",
        "not UTF-8",
        "extension",
        "cut off",
        "half a header",
        "nothing",
    ],
)
def test_what_is_wrong_ends_the_connection_without_being_read_into_memory(sent: list[bytes]) -> None:
    ws, _ = websocket(*sent)
    assert ws.receive() is None
    assert ws.closed


def test_a_large_message_takes_a_moment_and_not_the_loop() -> None:
    """The library's own reader needs about 100 ms for it."""
    ws, _ = websocket(frame(os.urandom(MESSAGE_MOST // 2).hex().encode()))
    began = time.process_time()
    assert len(ws.receive()) == MESSAGE_MOST
    assert time.process_time() - began < 0.02


def test_the_bound_leaves_room_for_the_largest_honest_batch() -> None:
    tally = 400  # bytes of one tally with all its names
    assert 500 * tally < frames.MESSAGE_MOST
