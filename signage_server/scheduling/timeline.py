"""Compiles all schedules that concern a screen into contiguous slots of UTC time. Pure.

A sweep over the edges of the horizon: the starts and ends of windows, the local midnights and the expiry of
slides. Between two edges nothing changes, so each stretch is decided once, for all who are active in it. The
order in which schedules are given changes nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from signage_server.scheduling.plan import Loop, Reminder, Slot, Take, Track, TrackRole
from signage_server.scheduling.recurrence import (
    DateRule,
    Window,
    days,
    last_named_day,
    local_day,
    occurrence,
    wall_to_utc_ms,
)
from signage_server.scheduling.weights import weights

__all__ = [
    "FALLBACK",
    "HORIZON_DAYS",
    "DateRule",
    "ScheduleSpec",
    "SlideSpec",
    "Timeline",
    "Window",
    "compile_timeline",
    "local_day",
    "stretches",
]

HORIZON_DAYS = 35
#: The fallback is not a schedule, but its plays are counted under this name; its loop has the key `f`.
FALLBACK = "fallback"
_FALLBACK_KEY = "f"
_EPOCH = date(1970, 1, 1)
#: Windows reach over midnight and fixed zones may be a day away from the screen's own.
_MARGIN = timedelta(days=2)

Role = Literal["rotation", "reminder", "takeover", "off"]


@dataclass(frozen=True, slots=True)
class SlideSpec:
    """A slide as far as time is concerned."""

    id: str
    duration_ms: int
    until_ms: int | None = None
    """Expiry of its asset."""


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """A schedule as far as time is concerned. Ids are ASCII."""

    id: str
    role: Role
    rule: DateRule
    windows: tuple[Window, ...] = (Window(0, 1440),)
    zone_name: str | None = None
    """None: the screen's own zone."""
    priority: int = 0
    share_permille: int | None = None
    every_ms: int | None = None
    take: Take = "next"
    silences_reminders: bool = False
    slides: tuple[SlideSpec, ...] = ()

    def __post_init__(self) -> None:
        if self.role == "reminder" and not self.every_ms:
            raise ValueError(f"reminder {self.id} does not say how often it comes back")


@dataclass(frozen=True, slots=True)
class Timeline:
    """The compiled plan of a screen. Every instant of the horizon is in exactly one slot."""

    horizon_ms: tuple[int, int]
    slots: tuple[Slot, ...]
    loops: Mapping[str, Loop]
    fallback: str
    slides: Mapping[str, SlideSpec]
    """The slides that the loops name."""


def compile_timeline(
    schedules: Iterable[ScheduleSpec],
    zone_name: str,
    from_day: date,
    *,
    fallback_slides: Sequence[SlideSpec],
    horizon_days: int = HORIZON_DAYS,
) -> Timeline:
    """The timeline of a screen in `zone_name`, from the local midnight that begins `from_day`.

    `from_day` for "now" is `local_day(now_ms, ZoneInfo(zone_name))`. A slide id stands for the same duration
    and expiry wherever it is used. Raises ValueError where `fallback_slides` is empty: a screen is never black
    unasked; and where the horizon is not longer than the week that stands in for what comes after it.
    """
    if not fallback_slides:
        raise ValueError("a timeline needs a fallback")
    if horizon_days <= 7:
        raise ValueError("a horizon is longer than a week")
    zone = ZoneInfo(zone_name)
    local_days = _local_days(from_day, horizon_days, zone)
    cast = sorted(schedules, key=lambda spec: spec.id)
    sweep = _Sweep(cast, tuple(fallback_slides), zone, local_days)
    slots = tuple(sweep.slots())
    return Timeline(
        horizon_ms=(local_days[0].start_ms, local_days[-1].end_ms),
        slots=slots,
        loops={key: loop for loop, key in sweep.keys.items()},
        fallback=_FALLBACK_KEY,
        slides=_named_slides(
            sweep.keys, (*(slide for spec in cast for slide in spec.slides), *fallback_slides)
        ),
    )


def _named_slides(loops: Iterable[Loop], slides: Iterable[SlideSpec]) -> dict[str, SlideSpec]:
    named = frozenset().union(*(loop.slides for loop in loops))
    return {slide.id: slide for slide in sorted(slides, key=lambda slide: slide.id) if slide.id in named}


class _LocalDay(NamedTuple):
    start_ms: int
    end_ms: int
    turn: int


def _local_days(from_day: date, count: int, zone: ZoneInfo) -> list[_LocalDay]:
    """Midnight to midnight; a date that the zone has skipped is left out."""
    dates = [from_day + timedelta(days=n) for n in range(count + 1)]
    midnights = [wall_to_utc_ms(day, 0, zone) for day in dates]
    turns = [(day - _EPOCH).days for day in dates]
    found = (_LocalDay(*edges, turn) for edges, turn in zip(pairwise(midnights), turns, strict=False))
    return [day for day in found if day.start_ms < day.end_ms]


def stretches(spec: ScheduleSpec, zone: ZoneInfo, start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """The stretches of a schedule that reach into [start, end), uncut by it. `zone` is that of its days."""
    found: Iterable[tuple[int, int]] = windows_within(
        spec.rule, spec.windows, zone, local_day(start_ms, zone) - _MARGIN, local_day(end_ms, zone) + _MARGIN
    )
    for stretch in _anew(found) if spec.role == "reminder" else found:
        if max(stretch[0], start_ms) < min(stretch[1], end_ms):
            yield stretch


@lru_cache(maxsize=4096)  # cohorts share their schedules, and most edits leave them as they are
def windows_within(
    rule: DateRule, windows: tuple[Window, ...], zone: ZoneInfo, from_day: date, until_day: date
) -> tuple[tuple[int, int], ...]:
    found = (occurrence(day, window, zone) for day in days(rule, from_day, until_day) for window in windows)
    return tuple((one.start_ms, one.end_ms) for one in found if one.start_ms < one.end_ms)


def _anew(windows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping windows of one reminder, as stretches of one rhythm each.

    Where a window begins the rhythm begins anew, so the stretch before it ends there. The reminder stays on for
    as long as any of its windows lasts.
    """
    start_ms = end_ms = 0
    for next_ms, next_end_ms in sorted(windows):
        if start_ms < min(next_ms, end_ms):
            yield start_ms, min(next_ms, end_ms)
        start_ms, end_ms = next_ms, max(end_ms, next_end_ms)
    if start_ms < end_ms:
        yield start_ms, end_ms


def _ended_ms(spec: ScheduleSpec, zone: ZoneInfo) -> int | None:
    """The instant after which nothing of the schedule comes any more; None if it goes on for ever."""
    last = last_named_day(spec.rule)
    if last is None:
        return None
    return max((wall_to_utc_ms(last, window.end_min, zone) for window in spec.windows), default=0)


#: A schedule by its place in the cast; of a reminder also the start of its window, 0 otherwise.
_Member = tuple[int, int]


class _Sweep:
    """Walks the edges from left to right and says who is on after each."""

    def __init__(
        self,
        cast: Sequence[ScheduleSpec],
        fallback: tuple[SlideSpec, ...],
        zone: ZoneInfo,
        local_days: Sequence[_LocalDay],
    ) -> None:
        self._cast = cast
        self._fallback = fallback
        self._days = local_days
        self._start_ms, self._end_ms = local_days[0].start_ms, local_days[-1].end_ms
        self._zones = [ZoneInfo(spec.zone_name) if spec.zone_name else zone for spec in cast]
        self._ended_ms = [_ended_ms(spec, own) for spec, own in zip(cast, self._zones, strict=True)]
        self._expiries = sorted(set(self._expiries_within()))
        self._decided: dict[object, str] = {}
        self.keys: dict[Loop, str] = {Loop(tracks=(_fallback_track(fallback),)): _FALLBACK_KEY}
        """The loops met so far, with their keys."""

    def slots(self) -> Iterator[Slot]:
        """The slots of the horizon, in order. Equal neighbours are one, except over midnight."""
        edges = self._edges()
        active: Counter[_Member] = Counter()
        upcoming = iter(self._days)
        day, previous = next(upcoming), ""
        for at_ms in sorted(edges):
            _step(active, edges[at_ms])
            if at_ms >= day.end_ms:
                day, previous = next(upcoming), ""
            key = self._key(active, at_ms, day.start_ms)
            if key != previous:
                yield Slot(at_ms, key, day.start_ms, day.turn)
            previous = key

    def _edges(self) -> dict[int, list[tuple[_Member, int]]]:
        """What begins (+1) and ends (-1) at each instant; midnights and expiries only need a new look."""
        edges: dict[int, list[tuple[_Member, int]]] = {day.start_ms: [] for day in self._days}
        edges.update((at_ms, []) for at_ms in self._expiries if at_ms not in edges)
        for index, (spec, zone) in enumerate(zip(self._cast, self._zones, strict=True)):
            for start_ms, end_ms in stretches(spec, zone, self._start_ms, self._end_ms):
                member = (index, start_ms if spec.role == "reminder" else 0)
                edges.setdefault(max(start_ms, self._start_ms), []).append((member, 1))
                if end_ms < self._end_ms:
                    edges.setdefault(end_ms, []).append((member, -1))
        return edges

    def _expiries_within(self) -> Iterator[int]:
        for slide in (*self._fallback, *(slide for spec in self._cast for slide in spec.slides)):
            if slide.until_ms is not None and self._start_ms < slide.until_ms < self._end_ms:
                yield slide.until_ms

    def _key(self, active: Iterable[_Member], at_ms: int, day_start_ms: int) -> str:
        """The key of the loop for those who are active; decided once for each different company."""
        playing, reminding = [], []
        for index, window_ms in sorted(active):
            if self._cast[index].role == "reminder":
                reminding.append((index, window_ms - day_start_ms))
            else:
                playing.append(index)
        company = (tuple(playing), tuple(reminding), bisect_right(self._expiries, at_ms))
        if company not in self._decided:
            loop = self._decide(playing, reminding, at_ms)
            self._decided[company] = self.keys.setdefault(loop, str(len(self.keys)))
        return self._decided[company]

    def _decide(self, playing: list[int], reminding: list[_Member], at_ms: int) -> Loop:
        """Who is on: `off`, else the strongest takeovers, else the rotations, else the fallback."""
        dark = [index for index in playing if self._cast[index].role == "off"]
        if dark:
            return Loop(off=True, until_ms=_latest(self._ended_ms[index] for index in dark))
        shown = [index for index in playing if _alive(self._cast[index].slides, at_ms)]
        takeovers = self._strongest_takeovers(shown)
        silent = any(self._cast[index].silences_reminders for index in takeovers)
        return Loop(
            tracks=self._tracks(takeovers or shown, at_ms) or (_fallback_track(self._fallback, at_ms),),
            reminders=() if silent else self._reminders(reminding, at_ms),
        )

    def _strongest_takeovers(self, indices: list[int]) -> list[int]:
        takeovers = [index for index in indices if self._cast[index].role == "takeover"]
        top = max((self._cast[index].priority for index in takeovers), default=0)
        return [index for index in takeovers if self._cast[index].priority == top]

    def _tracks(self, winners: list[int], at_ms: int) -> tuple[Track, ...]:
        specs = [self._cast[index] for index in winners]
        slides = [_alive(spec.slides, at_ms) for spec in specs]
        lengths = [sum(slide.duration_ms for slide in alive) for alive in slides]
        shares = [spec.share_permille if spec.role == "rotation" else None for spec in specs]
        return tuple(
            Track(spec.id, _track_role(spec), weight, _ids(alive), self._ended_ms[index])
            for index, spec, weight, alive in zip(
                winners, specs, weights(lengths, shares), slides, strict=True
            )
        )

    def _reminders(self, reminding: list[_Member], at_ms: int) -> tuple[Reminder, ...]:
        found = (
            (index, offset_ms, _alive(self._cast[index].slides, at_ms)) for index, offset_ms in reminding
        )
        return tuple(
            Reminder(
                schedule=self._cast[index].id,
                every_ms=self._cast[index].every_ms or 0,
                offset_ms=offset_ms,
                take=self._cast[index].take,
                slides=_ids(alive),
                until_ms=self._ended_ms[index],
            )
            for index, offset_ms, alive in found
            if alive
        )


def _step(active: Counter[_Member], steps: Iterable[tuple[_Member, int]]) -> None:
    """Counts, because the windows of one schedule may touch or overlap."""
    for member, step in steps:
        active[member] += step
        if not active[member]:
            del active[member]


def _alive(slides: Iterable[SlideSpec], at_ms: int) -> list[SlideSpec]:
    return [slide for slide in slides if slide.until_ms is None or slide.until_ms > at_ms]


def _ids(slides: Iterable[SlideSpec]) -> tuple[str, ...]:
    return tuple(slide.id for slide in slides)


def _track_role(spec: ScheduleSpec) -> TrackRole:
    return "takeover" if spec.role == "takeover" else "rotation"


def _fallback_track(slides: tuple[SlideSpec, ...], at_ms: int = 0) -> Track:
    """The fallback's slides; all of them if every one has expired, for a screen is never black unasked."""
    return Track(FALLBACK, "fallback", 1, _ids(_alive(slides, at_ms) or slides))


def _latest(ends_ms: Iterable[int | None]) -> int | None:
    """The latest of some ends, None being later than all."""
    known = list(ends_ms)
    return None if None in known else max(end for end in known if end is not None)
