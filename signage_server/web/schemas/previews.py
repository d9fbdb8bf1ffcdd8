"""The JSON of a schedule's preview: what saving it would bring."""

from pydantic import Field

from signage_server.scheduling.warnings import WarningCode
from signage_server.web.schemas.values import Instant, Outgoing


class ConcernedSchedule(Outgoing):
    id: str
    name: str


class ScheduleWarning(Outgoing):
    code: WarningCode
    sentence: str = Field(description="What is the matter and what to do, in the caller's language.")
    schedules: list[ConcernedSchedule] = Field(description="The other schedules that it is about.")


class ReminderPromise(Outgoing):
    """Whether a reminder can come back as often as it says."""

    every_ms: int
    late_at_most_ms: int = Field(description="How late it comes at worst: nothing is cut for it.")
    kept: bool
    sentence: str


class SchedulePreview(Outgoing):
    """Answer of POST /schedules/preview: the same body as a new schedule, nothing is saved."""

    sentence: str
    next: list[tuple[Instant, Instant]] = Field(description="The next five windows, start and end.")
    screens: int = Field(description="So many screens it reaches.")
    airtime_ms: int | None = Field(
        description="On air within its first seven days: the least of the screens it reaches; null: it reaches none. "
        "0 exactly when the plan never shows it; else right to within one slide for each loop and day."
    )
    airtime_sentence: str | None = Field(
        description="The same in the caller's language; of an off: for how long the screen is dark."
    )
    promise: ReminderPromise | None = Field(description="Of reminders only.")
    warnings: list[ScheduleWarning]
