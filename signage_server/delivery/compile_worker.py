"""The process in which manifests are compiled. It reads contents from its input and writes manifests to its output.

`python -m signage_server.delivery.compile_worker`, started by `compiler`; it ends when its input does. It opens no file
but those of the time zones.
"""

import gc
import pickle
import struct
import sys
import traceback
from typing import BinaryIO

from signage_server.delivery.compiling import Content, compiled

DONE, FAILED = b"+", b"-"


_COLLECT_AFTER = 200_000
"""Objects made. What is compiled has no circles in it: looking for them more often takes a quarter of the time."""

_LENGTH = struct.Struct(">Q")


def framed(message: bytes) -> bytes:
    """A message as it is sent: its length before it."""
    return _LENGTH.pack(len(message)) + message


def read_message(stream: BinaryIO) -> bytes | None:
    """The next message; None when the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    message = stream.read(length)
    return message if len(message) == length else None


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Compile until there is nothing more to come; a content that cannot be compiled is answered with the reason."""
    while (request := read_message(requests)) is not None:
        answers.write(framed(_answer(request)))
        answers.flush()


def _answer(request: bytes) -> bytes:
    try:
        content: Content = pickle.loads(request)  # noqa: S301 - from the process that started us, by our own pipe
        made = compiled(content)
    except Exception:  # noqa: BLE001 - the edge of the process: the reason goes home
        return FAILED + traceback.format_exc().encode()
    return DONE + made.digest.encode() + made.text.encode()


if __name__ == "__main__":
    gc.set_threshold(_COLLECT_AFTER)
    main(sys.stdin.buffer, sys.stdout.buffer)
