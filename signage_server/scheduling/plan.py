"""What a screen plays, as values: slots that name loops, loops of tracks and reminders. Pure.

`timeline` makes them, `delivery.manifest` writes them down and reads them back, `playout` plays them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

TrackRole = Literal["rotation", "takeover", "fallback"]
Take = Literal["next", "all"]


class Slot(NamedTuple):
    """A stretch of the timeline that ends where the next one begins."""

    start_ms: int
    loop: str
    """Key of the loop that plays in it."""
    day_start_ms: int
    """The local midnight that began its day."""
    turn: int
    """The number of its local date since 1970-01-01."""


@dataclass(frozen=True, slots=True)
class Track:
    """The part of one schedule in a loop."""

    schedule: str
    role: TrackRole
    weight: int
    slides: tuple[str, ...]
    until_ms: int | None = None
    """When the schedule has ended for good."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Slides that come back every so often, between those of the tracks."""

    schedule: str
    every_ms: int
    offset_ms: int
    """Where its window began, counted from the slot's local midnight; negative if that was on the day before."""
    take: Take
    slides: tuple[str, ...]
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """What plays in a slot. An `off` loop has neither tracks nor reminders: the screen is dark on purpose."""

    tracks: tuple[Track, ...] = ()
    """By schedule id."""
    reminders: tuple[Reminder, ...] = ()
    """By schedule id, then offset."""
    off: bool = False
    until_ms: int | None = None
    """Of an `off` loop: when the last of its schedules has ended for good."""

    @property
    def slides(self) -> frozenset[str]:
        """All slides that it names."""
        lists: tuple[Track | Reminder, ...] = (*self.tracks, *self.reminders)
        return frozenset(slide for one in lists for slide in one.slides)


class Ending(Protocol):
    """Whatever may end for good."""

    @property
    def until_ms(self) -> int | None:
        """The instant from which it is over; None: never."""
        ...


class TimedSlide(Ending, Protocol):
    """What the plan has to know of a slide."""

    @property
    def duration_ms(self) -> int:
        """How long one showing lasts."""
        ...


class Plan(Protocol):
    """What can be played: a Timeline, or a Manifest read back."""

    @property
    def horizon_ms(self) -> tuple[int, int]:
        """From the first slot's start to the last one's end."""
        ...

    @property
    def slots(self) -> Sequence[Slot]:
        """Sorted and contiguous."""
        ...

    @property
    def loops(self) -> Mapping[str, Loop]:
        """By key."""
        ...

    @property
    def slides(self) -> Mapping[str, TimedSlide]:
        """All that the loops name, by id."""
        ...

    @property
    def fallback(self) -> str:
        """Key of the loop that plays where nothing else does."""
        ...
