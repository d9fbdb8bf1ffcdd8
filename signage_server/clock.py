"""The one place where the server asks what time it is.

Everything that depends on time takes a `Clock`, so that tests pass time in instead of waiting for it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from zoneinfo import available_timezones

Clock = Callable[[], datetime]
"""Answers with the present instant, aware and in UTC."""

_NO_ZONES = frozenset({"localtime", "Factory", "posixrules"})


def utc_now() -> datetime:
    """The present instant by the machine's clock."""
    return datetime.now(UTC)


def to_ms(instant: datetime) -> int:
    """Whole milliseconds since 1970-01-01T00:00Z, the unit that manifests and players use."""
    return int(instant.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    """The instant that lies `ms` milliseconds after 1970-01-01T00:00Z."""
    return datetime.fromtimestamp(ms / 1000, UTC)


@cache
def zone_names() -> frozenset[str]:
    """The time zones that exist; looked up on disk once. Files beside them that are no place's time are left out."""
    return frozenset(available_timezones()) - _NO_ZONES
