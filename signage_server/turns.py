"""One request after the other gets the event loop, with the sockets and timers served in between.

gevent runs everybody who has something to read before it looks at a timer again: fifty requests that arrive together
would hold up every board for as long as all fifty take. Whoever takes a turn first waits until the loop has gone round
since the last one began; then the loop is late by one request at most.
"""

import time
from collections import deque

import gevent
from gevent import get_hub, monkey
from gevent.event import Event

ROUND_S = 0.008
"""Long work in the background lets the loop go round this often."""


class GiveWay:
    """Called now and then by long work in the background: lets sockets and timers have their turn when it is time.

    Sleeping for no time at all would not do: gevent then goes on with the same work dozens of times before it looks at
    a socket. Going round each time would cost a millisecond for each of a hundred small steps.
    """

    def __init__(self) -> None:
        self._went_round_at = 0.0

    def __call__(self) -> None:
        """Cheap, most of the time."""
        if time.monotonic() - self._went_round_at < ROUND_S:
            return
        if monkey.is_module_patched("threading"):
            gevent.sleep(0.0001)  # a timer: it fires only after the loop has looked at the sockets
        else:
            time.sleep(0)
        self._went_round_at = time.monotonic()


class Turns:
    """Hands out turns in the order in which they were asked for; for one thread and its loop."""

    def __init__(self) -> None:
        self._queue: deque[Event] = deque()
        self._going_round = False

    def take(self) -> None:
        """Wait for a turn. It need not be given back: the next one comes when the loop has gone round."""
        if self._going_round:
            turn = Event()
            self._queue.append(turn)
            turn.wait()
        else:
            self._go_round()

    def _go_round(self) -> None:
        """A timer fires only after the loop has looked at the sockets."""
        self._going_round = True
        timer = get_hub().loop.timer(0.0001)
        timer.start(self._came_round, timer)

    def _came_round(self, timer: object) -> None:
        timer.close()  # type: ignore[attr-defined]
        if self._queue:
            self._queue.popleft().set()
            self._go_round()
        else:
            self._going_round = False
