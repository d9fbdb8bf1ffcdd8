"""What a plan promised of its reminders, and what the boards' tallies prove of it. Pure.

A promise is a stretch of the plan in which a reminder is on without a break: a window, or what takeovers and dark
hours leave of it. A window belongs to the day on which it begins, also over midnight.

Boards count by quarter hours: when the first and the last showing of each began, and the longest gap. So gaps are known
to the millisecond, except within a quarter hour in which a promise begins or ends after its first showing: there the
longest that the counts allow is taken, less the break between two promises that lie in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from signage_server.scheduling.airtime import block_ms
from signage_server.scheduling.plan import Loop, Plan, Slot

QUARTER_MS = 900_000
#: A window is a day long at most; so far over the end of a day its windows reach.
WINDOW_MOST_MS = 25 * 3_600_000
#: A plan may hold a slide for 3 s before an edge, and boards begin slides some tenths of a second late.
TOLERANCE_MS = 5_000


class InForce(NamedTuple):
    """A plan, and the stretch [start, end) in which it held."""

    plan: Plan
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Promise:
    """A stretch [start, end) in which a reminder was to come back."""

    schedule: str
    start_ms: int
    end_ms: int
    anchor_ms: int
    """Where its window began: due times are counted from there."""
    every_ms: int
    wait_ms: int
    """How long it may have to wait: the slide that is on, and reminders that are due earlier."""
    block_ms: int
    """How long one showing takes at most."""
    slides: int
    """How many slides one showing has."""

    @property
    def due(self) -> int:
        """How many due times lie in the stretch."""
        return _steps(self.end_ms - self.anchor_ms, self.every_ms) - _steps(
            self.start_ms - self.anchor_ms, self.every_ms
        )

    @property
    def allowed_gap_ms(self) -> int:
        """The longest time from one showing to the next that the plan itself allows."""
        return max(self.every_ms, self.block_ms) + self.wait_ms


@dataclass(frozen=True, slots=True)
class QuarterPlays:
    """What a screen proved of one reminder in one quarter hour, all its slides together."""

    quarter_ms: int
    plays: int
    first_ms: int
    """When the first showing began."""
    last_ms: int
    """When the last showing began."""
    longest_gap_ms: int
    """From one showing's start to the next, the one before the quarter hour included; 0: not known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A reminder's promises of a day, held against the proof."""

    schedule: str
    every_ms: int
    promised: int
    played: int
    longest_gap_ms: int | None
    """None: the screen gave no sign of life while the reminder was on."""
    allowed_gap_ms: int
    silent_ms: int
    """How much of the promised time the screen gave no sign of life."""

    @property
    def kept(self) -> bool | None:
        """Whether the reminder came back as often as promised; None: nobody knows."""
        if self.longest_gap_ms is None:
            return None
        return self.longest_gap_ms <= self.allowed_gap_ms + TOLERANCE_MS


def promises(in_force: Iterable[InForce], day_start_ms: int, day_end_ms: int) -> list[Promise]:
    """The promises of all windows that begin in [day_start, day_end), by schedule and time.

    `in_force` tells the plans from the day's start on, in order, as far as the promises are to be looked at; windows
    reach up to WINDOW_MOST_MS over the day's end.
    """
    found: dict[tuple[str, int], list[Promise]] = {}
    for piece in in_force:
        for part in _of_piece(piece):
            if day_start_ms <= part.anchor_ms < day_end_ms:
                row = found.setdefault((part.schedule, part.anchor_ms), [])
                row[-1:] = _joined(row[-1], part) if row else [part]
    return sorted(
        (one for row in found.values() for one in row), key=lambda one: (one.schedule, one.start_ms)
    )


def measure(
    promised: Sequence[Promise], quarters: Sequence[QuarterPlays], alive: Sequence[tuple[int, int]]
) -> Measured:
    """Holds the promises of one reminder against its proof; `alive` tells when the screen showed anything at all.

    Promises and quarter hours are in order. There must be a promise.
    """
    gaps = [
        (_gap(one, [_inside(one, promised, quarter) for quarter in quarters]), one.allowed_gap_ms)
        for one in promised
    ]
    longest_ms, allowed_ms = max(gaps, key=lambda pair: (pair[0] - pair[1], pair))
    length_ms = sum(one.end_ms - one.start_ms for one in promised)
    silent_ms = length_ms - sum(_overlap(one, alive) for one in promised)
    return Measured(
        schedule=promised[0].schedule,
        every_ms=promised[-1].every_ms,
        promised=sum(one.due for one in promised),
        played=_played(promised, quarters),
        longest_gap_ms=None if silent_ms == length_ms else longest_ms,
        allowed_gap_ms=allowed_ms,
        silent_ms=silent_ms,
    )


def _of_piece(piece: InForce) -> Iterator[Promise]:
    """What each slot of a plan promises, within the stretch in which the plan held."""
    plan = piece.plan
    waits: dict[str, Sequence[int]] = {}
    first = max(0, bisect_right(plan.slots, piece.start_ms, key=_start_ms) - 1)
    for index in range(first, bisect_right(plan.slots, piece.end_ms, key=_start_ms)):
        slot = plan.slots[index]
        end_ms = plan.slots[index + 1].start_ms if index + 1 < len(plan.slots) else plan.horizon_ms[1]
        start_ms, end_ms = max(slot.start_ms, piece.start_ms), min(end_ms, piece.end_ms)
        loop = plan.loops[slot.loop]
        if start_ms >= end_ms or not loop.reminders:
            continue
        if slot.loop not in waits:
            waits[slot.loop] = _waits_ms(plan, loop)
        for reminder, wait_ms in zip(loop.reminders, waits[slot.loop], strict=True):
            yield Promise(
                schedule=reminder.schedule,
                start_ms=start_ms,
                end_ms=end_ms,
                anchor_ms=slot.day_start_ms + reminder.offset_ms,
                every_ms=reminder.every_ms,
                wait_ms=wait_ms,
                block_ms=block_ms(plan, reminder),
                slides=len(reminder.slides) if reminder.take == "all" else 1,
            )


def _start_ms(slot: Slot) -> int:
    return slot.start_ms


def _waits_ms(plan: Plan, loop: Loop) -> list[int]:
    """How long each reminder of a loop may have to wait: for what is on, then for all others once."""
    slide_ms = max(plan.slides[name].duration_ms for track in loop.tracks for name in track.slides)
    blocks = [block_ms(plan, reminder) for reminder in loop.reminders]
    return [
        max([slide_ms, *others]) + sum(others)
        for index in range(len(blocks))
        for others in [blocks[:index] + blocks[index + 1 :]]
    ]


def _joined(before: Promise, after: Promise) -> list[Promise]:
    """Two parts of one window: one promise if nothing lies between them, and the rhythm is the same."""
    if before.end_ms < after.start_ms or before.every_ms != after.every_ms:
        return [before, after]
    wait_ms, longest_ms = max(before.wait_ms, after.wait_ms), max(before.block_ms, after.block_ms)
    return [replace(before, end_ms=after.end_ms, wait_ms=wait_ms, block_ms=longest_ms, slides=after.slides)]


class _Inside(NamedTuple):
    """What a quarter hour proves within a promise: from `first_ms` to `last_ms` no gap was longer than `gap_ms`."""

    first_ms: int
    last_ms: int
    gap_ms: int


def _gap(promise: Promise, proved: Iterable[_Inside | None]) -> int:
    """The longest time within the promise without a showing."""
    longest_ms, since_ms = 0, promise.start_ms
    for inside in proved:
        if inside is not None:
            longest_ms = max(longest_ms, inside.first_ms - since_ms, inside.gap_ms)
            since_ms = inside.last_ms
    return max(longest_ms, promise.end_ms - since_ms)


def _inside(promise: Promise, promised: Iterable[Promise], quarter: QuarterPlays) -> _Inside | None:
    """What is known of a quarter hour within a promise; None: no showing of it has to do with the promise."""
    if not _touches(promise, quarter):
        return None
    first_ms, last_ms = _clamped(promise, quarter.first_ms), _clamped(promise, quarter.last_ms)
    gap_ms = last_ms - first_ms
    if quarter.longest_gap_ms:
        promised_ms = sum(
            _clamped(one, quarter.last_ms) - _clamped(one, quarter.first_ms) for one in promised
        )
        break_ms = quarter.last_ms - quarter.first_ms - promised_ms
        gap_ms = min(gap_ms, max(0, quarter.longest_gap_ms - break_ms))
    return _Inside(first_ms, last_ms, gap_ms)


def _clamped(promise: Promise, at_ms: int) -> int:
    return min(max(at_ms, promise.start_ms), promise.end_ms)


def _touches(promise: Promise, quarter: QuarterPlays) -> bool:
    """Boards keep time to some tenths of a second: what should begin with a window may begin just before it."""
    return quarter.first_ms < promise.end_ms and quarter.last_ms >= promise.start_ms - TOLERANCE_MS


def _played(promised: Sequence[Promise], quarters: Iterable[QuarterPlays]) -> int:
    """How often the reminder was shown; of a block every slide is counted, and a part of one counts as one."""
    plays: dict[Promise, int] = {}
    for quarter in quarters:
        of = next((one for one in promised if _touches(one, quarter)), None)
        if of is not None:
            plays[of] = plays.get(of, 0) + quarter.plays
    return sum(_steps(count, one.slides) for one, count in plays.items())


def _overlap(promise: Promise, alive: Iterable[tuple[int, int]]) -> int:
    return sum(
        max(0, min(promise.end_ms, end_ms) - max(promise.start_ms, start_ms)) for start_ms, end_ms in alive
    )


def _steps(span: int, step: int) -> int:
    """How many whole multiples of a step, 0 included, lie below a span."""
    return -(-span // step)


def stretches_of_life(told: Iterable[tuple[int, int]], hole_ms: int) -> list[tuple[int, int]]:
    """Stretches from first to last sign of life, those with less than `hole_ms` between them as one."""
    found: list[tuple[int, int]] = []
    for start_ms, end_ms in sorted(told):
        if found and start_ms - found[-1][1] < hole_ms:
            found[-1] = (found[-1][0], max(found[-1][1], end_ms))
        else:
            found.append((start_ms, end_ms))
    return found


def by_schedule(promised: Iterable[Promise]) -> dict[str, list[Promise]]:
    """The promises of each reminder, in order."""
    found: dict[str, list[Promise]] = {}
    for one in promised:
        found.setdefault(one.schedule, []).append(one)
    return found
