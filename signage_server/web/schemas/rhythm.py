"""The JSON of reminders promised and measured."""

from datetime import date

from pydantic import Field

from signage_server.web.schemas.values import Outgoing


class RhythmRow(Outgoing):
    """A reminder on a screen, for the windows that begin on a day: what the plan promised, what the screen proved."""

    day: date
    screen_id: str
    screen_name: str
    schedule_id: str
    schedule_name: str
    every_ms: int
    promised: int = Field(description="Due times, where the plan let the reminder come.")
    played: int
    longest_gap_ms: int | None = Field(
        description="The longest time within its windows without it; null: no sign of life from the screen."
    )
    allowed_gap_ms: int = Field(
        description="What the plan allows: its rhythm, the slide it waits for and the reminders before it."
    )
    kept: bool | None = Field(description="Whether the gap is no longer than allowed; null: nobody knows.")
    silent_ms: int = Field(description="How much of the promised time the screen gave no sign of life.")
