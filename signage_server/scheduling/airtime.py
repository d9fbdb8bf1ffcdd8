"""How long each schedule is on air: reckoned from the slots, and walked where slots are too short for that. Pure.

Tracks share what the reminders leave of a slot by their weights; reminders take what their due times need. By the law
of shares (docs/adr/0007) that is right to within one slide for each loop and day (and three seconds where slots end).
A slot may be shorter than a round, though, and every day begins anew: then a schedule may never have its turn. So
wherever a track has hardly time for two slides its loop is walked slide by slide, and whoever is not sure to be shown
at all is looked for in the plan as the boards play it. Reminders are right to within one showing for each slot; where
slides are longer than their rhythm, to within 1 % of the time.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from signage_server.scheduling.plan import Loop, Plan, Reminder, Slot, Track
from signage_server.scheduling.playout import SHORTEST_MS, plays_of_loops

#: Under this name stands the time in which the screen is dark on purpose; a plan does not say by which schedule.
DARK = "off"

_Cut = tuple[Slot, Slot | None, int, int]
"""A slot, the one before it on its day, and what of it lies in a stretch."""


def airtime(plan: Plan, from_ms: int, until_ms: int) -> dict[str, int]:
    """Milliseconds on air within [from, until) and the plan's horizon, by schedule id; also `fallback` and DARK.

    Exactly those are named that the plan shows in this stretch: of whom it never shows nothing is told.
    """
    slots = list(_slots(plan, from_ms, until_ms))
    kept = {key: _kept(plan, plan.loops[key]) for key in {slot.loop for slot, *_ in slots}}
    parts: dict[_Part, dict[str, float]] = {}
    for slot, before, start_ms, end_ms in slots:
        had = parts.setdefault(_Part(slot.day_start_ms, slot.loop), {})
        for name, span_ms in _of_slot(plan, slot, before, (start_ms, end_ms), kept[slot.loop]):
            had[name] = had.get(name, 0) + span_ms
    named = {name for had in parts.values() for name in had}
    doubtful = named.difference(_shown_for_sure(plan, slots, from_ms))
    walks = _Walks(plan, parts, (from_ms, until_ms))
    missing = walks.settle(doubtful)
    walks.walk_the_short()
    on_air: defaultdict[str, float] = defaultdict(float)
    for had in parts.values():
        for name, span_ms in had.items():
            on_air[name] += span_ms
    return {name: max(1, round(on_air[name])) for name in named - missing}


class _Part(NamedTuple):
    """A loop on a day: over its slots its tracks have one account."""

    day_start_ms: int
    loop: str


class _Walks:
    """Puts what was walked in the place of what was reckoned, where reckoning is not good enough."""

    def __init__(self, plan: Plan, parts: dict[_Part, dict[str, float]], stretch: tuple[int, int]) -> None:
        self._plan = plan
        self._parts = parts
        self._from_ms, self._until_ms = stretch
        self._walked: set[_Part] = set()
        self._days: dict[int, list[_Part]] = {}
        for part in parts:
            self._days.setdefault(part.day_start_ms, []).append(part)

    def settle(self, doubtful: Iterable[str]) -> set[str]:
        """Those of the doubtful schedules that are never shown: day after day as the plan has it, while one is left."""
        missing = set(doubtful)
        for day_start_ms, of_day in self._days.items():
            asked = {part.loop for part in of_day if self._parts[part].keys() & missing}
            missing -= self._walk(day_start_ms, asked, alone=False)
        return missing

    def walk_the_short(self) -> None:
        """Of loops in which a track has hardly time for two of its slides, the slides are counted."""
        for day_start_ms, of_day in self._days.items():
            short = {part.loop for part in of_day if part not in self._walked and self._is_short(part)}
            self._walk(day_start_ms, short, alone=True)

    def _is_short(self, part: _Part) -> bool:
        tracks = self._plan.loops[part.loop].tracks
        had = self._parts[part]
        return len(tracks) > 1 and any(
            had[track.schedule] < 2 * max(self._plan.slides[name].duration_ms for name in track.slides)
            for track in tracks
        )

    def _walk(self, day_start_ms: int, loops: set[str], alone: bool) -> set[str]:
        """Whoever is shown by these loops of a day."""
        if not loops:
            return set()
        parts = {key: _Part(day_start_ms, key) for key in loops}
        self._walked.update(parts.values())
        self._parts.update({part: {} for part in parts.values()})
        shown: set[str] = set()
        at_ms = max(day_start_ms, self._plan.horizon_ms[0])
        for key, play in plays_of_loops(self._plan, at_ms, loops, alone):
            span_ms = min(play.end_ms, self._until_ms) - max(play.start_ms, self._from_ms)
            if span_ms > 0 and play.schedule:
                had = self._parts[parts[key]]
                had[play.schedule] = had.get(play.schedule, 0) + span_ms
                shown.add(play.schedule)
        return shown


def _shown_for_sure(plan: Plan, slots: Iterable[_Cut], from_ms: int) -> set[str]:
    """Whom the plan shows in these slots whatever else it does: by the law of shares, and by due times."""
    found: set[str] = set()
    left_ms: defaultdict[_Part, float] = defaultdict(float)
    for slot, _, start_ms, end_ms in slots:
        loop = plan.loops[slot.loop]
        if loop.off:
            found.add(DARK)
            continue
        blocks = [block_ms(plan, reminder) for reminder in loop.reminders]
        room_ms: float = end_ms - start_ms
        wait_ms = _longest_ms(plan, loop) + sum(blocks) + SHORTEST_MS
        for reminder, block in zip(loop.reminders, blocks, strict=True):
            first, end = _due_times(slot, reminder, start_ms, end_ms)
            # Beside these, one that goes on and one that waited when the stretch began.
            room_ms -= block * (max(0, end - first) + 2)
            due_ms = slot.day_start_ms + reminder.offset_ms + first * reminder.every_ms
            if due_ms + wait_ms <= end_ms:
                found.add(reminder.schedule)
        left_ms[_Part(slot.day_start_ms, slot.loop)] += room_ms
    for part, room_ms in left_ms.items():
        loop = plan.loops[part.loop]
        weights = sum(track.weight for track in loop.tracks)
        behind_ms = _longest_ms(plan, loop) + SHORTEST_MS * len(loop.tracks) if len(loop.tracks) > 1 else 0
        behind_ms *= 2 if part.day_start_ms < from_ms else 1  # it may have been as far ahead
        found.update(track.schedule for track in loop.tracks if room_ms * track.weight > behind_ms * weights)
    return found


def _longest_ms(plan: Plan, loop: Loop) -> int:
    return max(plan.slides[name].duration_ms for track in loop.tracks for name in track.slides)


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


def _slots(plan: Plan, from_ms: int, until_ms: int) -> Iterator[_Cut]:
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
    if loop.off:
        yield DARK, stretch[1] - stretch[0]
        return
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
    first, end = _due_times(slot, reminder, *stretch)
    waits = first > 0 and not went_on and stretch[0] == slot.start_ms
    count = end - first + waits
    durations = [plan.slides[name].duration_ms for name in reminder.slides]
    if reminder.take == "all":
        return sum(durations) * count
    rounds, rest = divmod(count, len(durations))
    start = slot.turn + first - waits
    return rounds * sum(durations) + sum(durations[(start + n) % len(durations)] for n in range(rest))


def _due_times(slot: Slot, reminder: Reminder, from_ms: int, until_ms: int) -> tuple[int, int]:
    """The numbers, counted from its window, of the due times in [from, until): from the first to below the second."""
    anchor_ms = slot.day_start_ms + reminder.offset_ms
    first, end = (max(0, -((anchor_ms - edge_ms) // reminder.every_ms)) for edge_ms in (from_ms, until_ms))
    return first, end
