"""How often somebody may try something: counted in memory, in this process."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from signage_server.errors import TooMany


class Limits:
    """Counts attempts by what is tried and by whom; asked before anything expensive happens."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, rate: str, what: str, who: str) -> None:
        """Count one attempt; `rate` reads like `10 per minute`.

        Raises:
            TooMany: `who` has tried `what` more often than that.
        """
        if not self._limiter.hit(parse(rate), what, who):
            raise TooMany()
