"""The JSON of calendar files that were read."""

from datetime import date
from typing import Literal

from pydantic import Field

from signage_server.web.schemas.schedules import WindowIn
from signage_server.web.schemas.values import Instant, Outgoing, Role


class IcsDraft(Outgoing):
    """An event as a schedule would say it, for a person to complete; nothing of it is kept."""

    name: str = Field(description="May be empty: an event need not have a name.")
    first_day: date
    last_day: date | None
    rrule: str | None
    except_days: list[date]
    extra_days: list[date]
    windows: list[WindowIn]
    zone: str | None
    role: Role = Field(description="`rotation`, unless the file was written by a signage server.")
    every_ms: int | None
    take: Literal["next", "all"] | None
    priority: int
    share_permille: int | None
    silences_reminders: bool
    sentence: str = Field(description="The repetition said in words, in the caller's language.")
    next: list[tuple[Instant, Instant]] = Field(description="The next five windows, start and end.")


class IcsRefused(Outgoing):
    """An event that cannot be played, and why."""

    name: str
    code: str
    detail: str = Field(description="What is wrong and what to do, in the caller's language.")


class IcsReading(Outgoing):
    items: list[IcsDraft]
    refused: list[IcsRefused]
