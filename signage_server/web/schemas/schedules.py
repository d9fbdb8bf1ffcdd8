"""The JSON of schedules."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from signage_server.library.notices import refusal
from signage_server.web.schemas.values import (
    Day,
    Id,
    Incoming,
    Instant,
    Name,
    Outgoing,
    Role,
    WallTime,
    ZoneName,
)


class WindowIn(Incoming):
    start: WallTime = "00:00"
    end: WallTime = "24:00"


class Target(Incoming):
    kind: Literal["all", "unit", "tag", "screen"]
    ref: Id | None = Field(
        None, description="Id of the unit (with what is below it) or screen, or the tag; none for `all`."
    )


SetIds = Annotated[list[Id], Field(max_length=20)]


class ScheduleIn(Incoming):
    name: Name
    playlist_id: Id | None = Field(None, description="Left out only for the role `off`.")
    role: Role = "rotation"
    targets: Annotated[list[Target], Field(min_length=1, max_length=1000)]
    first_day: Day
    last_day: Day | None = Field(None, description="Inclusive; null: for good.")
    rrule: Annotated[str, Field(max_length=500)] | None = Field(
        None, description="RFC 5545 rule over days, e.g. `FREQ=WEEKLY;BYDAY=MO,TU`; null: every day."
    )
    except_days: Annotated[list[Day], Field(max_length=1000)] = []
    extra_days: Annotated[
        list[Day],
        Field(max_length=1000, description="Within first and last day, and none that is an exception."),
    ] = []
    only_sets: SetIds = Field([], description="Ids of day sets: only those days of the rule that they name.")
    include_sets: SetIds = Field([], description="Ids of day sets whose days are added.")
    exclude_sets: SetIds = Field([], description="Ids of day sets whose days are left out.")
    windows: Annotated[list[WindowIn], Field(min_length=1, max_length=24)] = [WindowIn()]
    zone: ZoneName | None = Field(None, description="IANA name; null: each screen's own.")
    priority: Annotated[int, Field(ge=0, le=1000)] = 0
    share_permille: Annotated[int, Field(ge=1, le=800)] | None = None
    every_ms: Annotated[int, Field(ge=60_000, le=86_400_000)] | None = Field(
        None, description="Needed for the role `reminder`: from one showing to the next."
    )
    take: Literal["next", "all"] | None = Field(
        None, description="Needed for the role `reminder`: each time its next slide, or its whole playlist."
    )
    silences_reminders: bool = False
    unit_id: Id | None = None

    @model_validator(mode="after")
    def _extra_days_are_played(self) -> Self:
        """An extra day that would never be played is a slip: it is not kept, nor said in the sentence."""
        for day in self.extra_days:
            facts = {"field": "extra_days", "day": f"{day.day:02}/{day.month:02}/{day.year:04}"}
            if day < self.first_day or (self.last_day is not None and day > self.last_day):
                raise refusal(
                    "extra_day_outside",
                    "Ngày thêm {day} nằm ngoài khoảng từ ngày đầu đến ngày cuối. Hãy bỏ ngày đó hoặc nới khoảng ngày.",
                    "The extra day {day} lies outside first and last day. Leave it out, or move the first or last day.",
                    **facts,
                )
            if day in self.except_days:
                raise refusal(
                    "extra_day_excepted",
                    "Ngày {day} vừa là ngày thêm vừa là ngày nghỉ. Hãy chỉ giữ một trong hai.",
                    "The day {day} is both an extra day and an exception. Keep one of the two.",
                    **facts,
                )
        return self


class ScheduleOut(Outgoing):
    id: str
    unit_id: str
    name: str
    playlist_id: str | None
    playlist_name: str | None
    role: Role
    targets: list[Target]
    first_day: date
    last_day: date | None
    rrule: str | None
    except_days: list[date]
    extra_days: list[date]
    only_sets: list[str]
    include_sets: list[str]
    exclude_sets: list[str]
    windows: list[WindowIn]
    zone: str | None
    priority: int
    share_permille: int | None
    every_ms: int | None
    take: Literal["next", "all"] | None
    silences_reminders: bool
    sentence: str = Field(description="The repetition said in words, in the caller's language.")
    active_now: bool
    created_at: Instant
    etag: str


class SplitIn(Incoming):
    """A change of one day of a schedule, or of this day and all that follow."""

    day: Day = Field(description="One of the schedule's days.")
    scope: Literal["day", "following"]
    change: ScheduleIn | None = Field(
        description="What it is to be from then on: of the days that it names those in the scope count, and for `day` "
        "only `day` itself. Null: the days are taken out."
    )


class SplitOut(Outgoing):
    schedule: ScheduleOut | None = Field(description="What is left of the schedule; null: nothing is.")
    made: ScheduleOut | None = Field(description="The new schedule with the change; null: it was taken out.")
