"""How often one board may speak: a broken or hostile one must not cost the others their time."""

from collections import Counter

from signage_server.clock import Clock
from signage_server.errors import TooMany


class SlowDown(TooMany):
    """The board said more within a minute than any honest one has to say."""

    code = "slow_down"


MOST_PER_MINUTE = {"hello": 60, "plays": 60, "profile": 4}
"""By kind of message; all others together have `MOST_OTHERS`."""
MOST_OTHERS = 600


class Budget:
    """Counts by screen and minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._minute = -1
        self._spent: Counter[tuple[str, str]] = Counter()

    def spend(self, screen_id: str, name: str) -> None:
        """Count one message. Raises SlowDown when the minute's share is used up."""
        minute = int(self._clock().timestamp() // 60)
        if minute != self._minute:
            self._minute, self._spent = minute, Counter()
        kind = name if name in MOST_PER_MINUTE else ""
        self._spent[screen_id, kind] += 1
        if self._spent[screen_id, kind] > MOST_PER_MINUTE.get(kind, MOST_OTHERS):
            raise SlowDown
