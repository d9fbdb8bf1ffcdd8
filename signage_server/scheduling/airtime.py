"""How long each schedule is on air, reckoned from the slots without walking the plays. Pure.

Tracks share what the reminders leave of a slot by their weights; reminders take what their due times need. Against
the walked plays it is right to within 1 % of the stretch and, for what slots cut off, one slide per slot.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import ceil

from signage_server.scheduling.plan import Loop, Plan, Reminder, Slot, Track

#: Under this name stands the time in which the screen is dark on purpose; a plan does not say by which schedule.
DARK = "off"


def airtime(plan: Plan, from_ms: int, until_ms: int) -> dict[str, int]:
    """Milliseconds on air within [from, until) and the plan's horizon, by schedule id; also `fallback` and DARK.

    Exactly those are named which a slot in this stretch names, each with at least one millisecond.
    """
    on_air: defaultdict[str, float] = defaultdict(float)
    kept: dict[str, tuple[float, ...]] = {}
    for slot, before, start_ms, end_ms in _slots(plan, from_ms, until_ms):
        loop = plan.loops[slot.loop]
        if loop.off:
            on_air[DARK] += end_ms - start_ms
            continue
        if slot.loop not in kept:
            kept[slot.loop] = _kept(plan, loop)
        for name, span_ms in _of_slot(plan, slot, before, (start_ms, end_ms), kept[slot.loop]):
            on_air[name] += span_ms
    return {name: max(1, round(span_ms)) for name, span_ms in on_air.items()}


def permilles(loop: Loop) -> dict[str, int]:
    """What part of the loop's time each of its tracks has, reminders not counted."""
    total = sum(track.weight for track in loop.tracks)
    return {track.schedule: round(track.weight * 1000 / total) for track in loop.tracks}


def block_ms(plan: Plan, reminder: Reminder) -> int:
    """How long one showing of a reminder takes at most."""
    durations = [plan.slides[name].duration_ms for name in reminder.slides]
    return sum(durations) if reminder.take == "all" else max(durations)


def _kept(plan: Plan, loop: Loop) -> tuple[float, ...]:
    """Of each reminder: which part of its due times is not swallowed by slides that are longer than its rhythm."""
    if not loop.reminders:
        return ()
    blocks = [_mean_block_ms(plan, reminder) for reminder in loop.reminders]
    asked = sum(block / reminder.every_ms for block, reminder in zip(blocks, loop.reminders, strict=True))
    if asked >= 1:  # nothing is left for the tracks, so no slide of theirs swallows anything
        return (1.0,) * len(blocks)
    counts = _showings(plan, loop.tracks)
    total = sum(counts.values())
    slide_ms = sum(duration_ms * count for duration_ms, count in counts.items()) / total
    # While a slide of a track is on, several due times become one; while reminders are on, each counts.
    once = [
        sum(count * min(1, duration_ms / reminder.every_ms) for duration_ms, count in counts.items()) / total
        for reminder in loop.reminders
    ]
    reminded_ms = sum(block * part for block, part in zip(blocks, once, strict=True)) / (1 - asked)
    round_ms = slide_ms + reminded_ms
    return tuple(
        (part * reminder.every_ms + reminded_ms) / round_ms
        for part, reminder in zip(once, loop.reminders, strict=True)
    )


def _showings(plan: Plan, tracks: tuple[Track, ...]) -> Mapping[int, float]:
    """How often slides of each duration come, in some unit."""
    counts: defaultdict[int, float] = defaultdict(float)
    for track in tracks:
        durations = [plan.slides[name].duration_ms for name in track.slides]
        part = track.weight / sum(durations)
        for duration_ms in durations:
            counts[duration_ms] += part
    return counts


def _mean_block_ms(plan: Plan, reminder: Reminder) -> float:
    total = sum(plan.slides[name].duration_ms for name in reminder.slides)
    return total if reminder.take == "all" else total / len(reminder.slides)


def _slots(plan: Plan, from_ms: int, until_ms: int) -> Iterator[tuple[Slot, Slot | None, int, int]]:
    """The slots within the stretch: each with the one before it on its day, and cut to the stretch."""
    before: Slot | None = None
    ends = [*(slot.start_ms for slot in plan.slots[1:]), plan.horizon_ms[1]]
    for slot, end_ms in zip(plan.slots, ends, strict=True):
        if slot.start_ms >= until_ms:
            return
        if end_ms > from_ms:
            of_day = before if before and before.day_start_ms == slot.day_start_ms else None
            yield slot, of_day, max(slot.start_ms, from_ms), min(end_ms, until_ms)
        before = slot


def _of_slot(
    plan: Plan, slot: Slot, before: Slot | None, stretch: tuple[int, int], kept: tuple[float, ...]
) -> Iterator[tuple[str, float]]:
    """What each schedule has of a slot: first the reminders, as far as there is room, then the tracks."""
    loop = plan.loops[slot.loop]
    went_on = plan.loops[before.loop].reminders if before else ()
    asked = [
        _asked_ms(plan, slot, reminder, stretch, reminder in went_on) * part
        for reminder, part in zip(loop.reminders, kept, strict=True)
    ]
    room_ms = stretch[1] - stretch[0]
    scale = min(1, room_ms / sum(asked)) if any(asked) else 1
    for reminder, asked_ms in zip(loop.reminders, asked, strict=True):
        yield reminder.schedule, asked_ms * scale
    left_ms = room_ms - sum(asked) * scale
    total = sum(track.weight for track in loop.tracks)
    for track in loop.tracks:
        yield track.schedule, left_ms * track.weight / total


def _asked_ms(plan: Plan, slot: Slot, reminder: Reminder, stretch: tuple[int, int], went_on: bool) -> float:
    """What the due times within a stretch of a slot take; with the one that waits for the slot to begin."""
    anchor_ms = slot.day_start_ms + reminder.offset_ms
    first, end = (max(0, ceil((edge_ms - anchor_ms) / reminder.every_ms)) for edge_ms in stretch)
    waits = first > 0 and not went_on and stretch[0] == slot.start_ms
    count = end - first + waits
    durations = [plan.slides[name].duration_ms for name in reminder.slides]
    if reminder.take == "all":
        return sum(durations) * count
    rounds, rest = divmod(count, len(durations))
    start = slot.turn + first - waits
    return rounds * sum(durations) + sum(durations[(start + n) % len(durations)] for n in range(rest))
