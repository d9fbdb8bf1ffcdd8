"""The JSON of a week: what plays in each stretch of it on the screens of a place."""

from datetime import date
from typing import Literal

from pydantic import Field

from signage_server.web.schemas.moments import Basis, PlayRole
from signage_server.web.schemas.values import Instant, Outgoing, WallTime


class WeekScreen(Outgoing):
    id: str
    name: str


class WeekTrack(Outgoing):
    """A schedule's part of a stretch."""

    schedule_id: str | None = Field(description="Null: the fallback.")
    schedule_name: str | None = Field(description="Null: the fallback, or the schedule is gone.")
    role: PlayRole
    permille: int = Field(description="Its part of the time, reminders not counted.")


class WeekReminder(Outgoing):
    schedule_id: str
    schedule_name: str | None
    every_ms: int


class Stretch(Outgoing):
    """A stretch of a day in which the same schedules play."""

    start: Instant
    end: Instant
    day: date
    from_wall: WallTime = Field(description="Of the screens' own clock.")
    to_wall: WallTime = Field(description="`24:00` at the end of the day.")
    basis: Basis
    kind: Literal["play", "off", "fallback", "unknown"]
    tracks: list[WeekTrack]
    reminders: list[WeekReminder]


class Airtime(Outgoing):
    """How long a schedule is on air in the week."""

    schedule_id: str | None = Field(description="Null: the fallback.")
    schedule_name: str | None
    role: PlayRole
    ms: int = Field(
        description="0 exactly when the plan never shows it in the week; else right to within one slide for each loop "
        "and day (of a reminder: one showing for each slot)."
    )
    why_none: str | None = Field(
        description="Of a schedule that gets nothing: why, in the caller's language."
    )
    none: Literal["later", "over", "not_this_week", "beaten"] | None = Field(
        description="The same as a word: it begins later, is over, has no hours in this week, or others (or slides "
        "that are not ready) take all of its hours; null: it gets time. Only `beaten` is something to look at."
    )


class WeekGroup(Outgoing):
    """Screens whose weeks are equal."""

    screens: list[WeekScreen] = Field(description="The first 200 by name.")
    screens_total: int
    zone: str
    stretches: list[Stretch]
    airtime: list[Airtime]


class WeekOut(Outgoing):
    first_day: date = Field(alias="from", description="A Monday.")
    days: list[date]
    now: Instant
    groups: list[WeekGroup] = Field(description="The groups of this page; those of the most screens first.")
    next: str | None = Field(description="Cursor of the next page; null: this is the last.")
    screens: int = Field(description="How many screens are looked at, on all pages together.")
    groups_total: int
