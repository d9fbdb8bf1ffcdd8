"""A stretch of a plan drawn for people: who plays from when to when, and how long each is on air. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from signage_server.scheduling.airtime import permilles
from signage_server.scheduling.plan import Loop, Plan
from signage_server.scheduling.timeline import FALLBACK

Kind = Literal["play", "off", "fallback", "unknown"]


@dataclass(frozen=True, slots=True)
class Part:
    """A schedule's part of a stretch."""

    schedule: str
    role: Literal["rotation", "takeover", "fallback", "off"]
    permille: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stretch [start, end) of one local day in which the same schedules play."""

    start_ms: int
    end_ms: int
    day: int
    """The number of the local date since 1970-01-01."""
    kind: Kind
    parts: tuple[Part, ...] = ()
    reminders: tuple[tuple[str, int], ...] = ()
    """Schedules with how often they come back, in milliseconds."""


def draw(plan: Plan, from_ms: int, until_ms: int) -> list[Drawn]:
    """The stretches of [from, until) within the plan's horizon, in order. Equal neighbours of a day are one."""
    ends = [*(slot.start_ms for slot in plan.slots[1:]), plan.horizon_ms[1]]
    within = [
        (slot, max(slot.start_ms, from_ms), min(end_ms, until_ms))
        for slot, end_ms in zip(plan.slots, ends, strict=True)
        if slot.start_ms < until_ms and end_ms > from_ms
    ]
    looks = {key: _look(plan.loops[key]) for key in {slot.loop for slot, _, _ in within}}
    return joined(
        replace(looks[slot.loop], start_ms=start_ms, end_ms=end_ms, day=slot.turn)
        for slot, start_ms, end_ms in within
    )


def joined(stretches: Iterable[Drawn]) -> list[Drawn]:
    """The stretches, with neighbours that differ in nothing but time made one."""
    found: list[Drawn] = []
    for one in stretches:
        if found and found[-1].end_ms == one.start_ms and _same(found[-1], one):
            found[-1] = replace(found[-1], end_ms=one.end_ms)
        else:
            found.append(one)
    return found


def clipped(stretches: Iterable[Drawn], from_ms: int, until_ms: int) -> tuple[Drawn, ...]:
    """What of the stretches lies in [from, until)."""
    return tuple(
        one
        if from_ms <= one.start_ms and one.end_ms <= until_ms
        else replace(one, start_ms=max(one.start_ms, from_ms), end_ms=min(one.end_ms, until_ms))
        for one in stretches
        if one.start_ms < until_ms and one.end_ms > from_ms
    )


def unknown(midnights: Sequence[tuple[int, int]], from_ms: int, until_ms: int) -> Iterator[Drawn]:
    """A stretch of which nothing is known, day by day. `midnights`: where days begin, with their numbers."""
    for (start_ms, day), (end_ms, _) in pairwise(midnights):
        if max(start_ms, from_ms) < min(end_ms, until_ms):
            yield Drawn(max(start_ms, from_ms), min(end_ms, until_ms), day, "unknown")


def _same(one: Drawn, other: Drawn) -> bool:
    return (
        one.day == other.day
        and one.kind == other.kind
        and one.parts == other.parts
        and one.reminders == other.reminders
    )


def _look(loop: Loop) -> Drawn:
    if loop.off:
        return Drawn(0, 0, 0, "off")
    parts = permilles(loop)
    return Drawn(
        0,
        0,
        0,
        "fallback" if loop.tracks[0].schedule == FALLBACK else "play",
        tuple(Part(track.schedule, track.role, parts[track.schedule]) for track in loop.tracks),
        tuple(dict.fromkeys((reminder.schedule, reminder.every_ms) for reminder in loop.reminders)),
    )
