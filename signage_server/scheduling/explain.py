"""Why a screen shows what it shows: what became of each schedule that reaches it, at an instant. Pure.

The plan decides: whoever is in the slot's loop is said to be on, and for all others the reason is looked for. So an
explanation cannot contradict what the boards play.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from signage_server.scheduling.airtime import permilles
from signage_server.scheduling.plan import Loop, Plan, Reminder, Slot
from signage_server.scheduling.playout import Play, plays, plays_of_loops, what_plays
from signage_server.scheduling.recurrence import days, last_named_day, local_day, next_occurrences
from signage_server.scheduling.timeline import Role, ScheduleSpec, stretches

Verdict = Literal["shows", "takes_turns", "lost", "not_on"]
Code = Literal[
    "alone",
    "turn",
    "reminds",
    "makes_dark",
    "shares",
    "gives_way",
    "due_later",
    "due_now",
    "done",
    "dark",
    "replaced",
    "outranked",
    "silenced",
    "nothing_ready",
    "expired",
    "outside_hours",
    "not_its_day",
    "excepted",
    "left_out",
    "not_in_set",
    "not_begun",
    "ended",
    "no_time",
    "crowded",
    "not_yet",
]
NoneKind = Literal["later", "over", "not_this_week", "beaten"]
_DAY = timedelta(days=1)

Darkness = tuple[tuple[int, int, tuple[str, ...]], ...]
"""Stretches [start, end) in which the screen is dark on purpose, each with the schedules that make it so."""


@dataclass(frozen=True, slots=True)
class Why:
    """What became of a schedule, and the facts that a sentence about it needs."""

    schedule: str
    role: Role
    verdict: Verdict
    code: Code
    winners: tuple[str, ...] = ()
    """The schedules that kept it away, or that show instead just now."""
    at_ms: int | None = None
    """When it comes next."""
    day: date | None = None
    """The day that is spoken of."""
    permille: int = 1000
    """Its part of the loop."""
    others: int = 0
    """How many others are in the loop."""
    priorities: tuple[int, int] = (0, 0)
    """Its own, and the winners'."""


def explain(specs: Iterable[ScheduleSpec], zone_name: str, plan: Plan, at_ms: int) -> list[Why]:
    """What becomes of each schedule at an instant within the horizon of the plan that they were compiled to."""
    cast = Cast(specs, zone_name)
    _, loop = slot_at(plan, at_ms)
    playing = {why.schedule: why for why in companions(plan, at_ms)}
    return [playing.get(spec.id) or _not_in_loop(cast, spec, loop, at_ms) for spec in cast.specs]


def companions(plan: Plan, at_ms: int) -> list[Why]:
    """The schedules that share the loop at an instant: all that a plan tells without the schedules themselves."""
    slot, loop = slot_at(plan, at_ms)
    if loop.off:
        return []
    play = what_plays(plan, at_ms)
    latest = _latest_starts(plan, slot, loop, at_ms)
    return [
        *(
            _track(loop, play, track.schedule, track.role)
            for track in loop.tracks
            if track.role != "fallback"
        ),
        *(
            _reminder(plan, reminder, play, _due_ms(slot, reminder, at_ms), latest.get(reminder.schedule, 0))
            for reminder in loop.reminders
        ),
    ]


def why_none(
    spec: ScheduleSpec, specs: Iterable[ScheduleSpec], zone_name: str, plan: Plan, from_ms: int, until_ms: int
) -> Why:
    """Why a schedule that the plan never shows in [from, until) gets nothing: what keeps it away for the longest."""
    cast = Cast(specs, zone_name)
    weights: Counter[Why] = Counter()
    crowded: Why | None = None
    for start_ms, end_ms in stretches(spec, cast.zone_of(spec), from_ms, until_ms):
        for slot_start_ms, slot_end_ms in slots_within(plan, max(start_ms, from_ms), min(end_ms, until_ms)):
            _, loop = slot_at(plan, slot_start_ms)
            if spec.id not in _members(loop):
                why = _lost(cast, spec, loop, slot_start_ms)
            elif _is_done(spec, plan, slot_start_ms, slot_end_ms):
                why = Why(spec.id, spec.role, "not_on", "done", at_ms=cast.next_start_ms(spec, until_ms))
            else:  # walked once: it is the same every day, mostly
                why = crowded = crowded or _crowded(cast, spec, plan, slot_start_ms, slot_end_ms)
            weights[why] += slot_end_ms - slot_start_ms
    if not weights:
        at_ms = cast.next_start_ms(spec, from_ms)
        begins_later = spec.rule.first_day > local_day(until_ms - 1, cast.zone_of(spec))
        code: Code = "not_begun" if begins_later and at_ms is not None else "no_time"
        return Why(spec.id, spec.role, "not_on", code, day=spec.rule.first_day, at_ms=at_ms)
    main = weights.most_common(1)[0][0]
    alike = (why for why, _ in weights.most_common() if why.code == main.code)
    return replace(main, winners=tuple(dict.fromkeys(one for why in alike for one in why.winners)))


def kind_of_none(why: Why) -> NoneKind:
    """What sort of news it is that a schedule gets nothing: only of a beaten one somebody may have to think."""
    if why.verdict == "lost":
        return "beaten"
    if why.code in ("no_time", "done"):
        return "over" if why.at_ms is None else "not_this_week"
    return "later"


def slot_at(plan: Plan, at_ms: int) -> tuple[Slot, Loop]:
    """The slot that holds an instant of the horizon, and its loop."""
    slot = plan.slots[bisect_right(plan.slots, at_ms, key=lambda one: one.start_ms) - 1]
    return slot, plan.loops[slot.loop]


def slots_within(plan: Plan, from_ms: int, until_ms: int) -> Iterator[tuple[int, int]]:
    """The slots of a stretch, cut to it and to the horizon."""
    first = max(bisect_right(plan.slots, from_ms, key=lambda one: one.start_ms) - 1, 0)
    ends = [*(slot.start_ms for slot in plan.slots[first + 1 :]), plan.horizon_ms[1]]
    for slot, end_ms in zip(plan.slots[first:], ends, strict=True):
        if slot.start_ms >= until_ms:
            return
        if max(slot.start_ms, from_ms) < min(end_ms, until_ms):
            yield max(slot.start_ms, from_ms), min(end_ms, until_ms)


class Cast:
    """The schedules that reach a screen, and when each is on."""

    def __init__(self, specs: Iterable[ScheduleSpec], zone_name: str) -> None:
        self.specs: Sequence[ScheduleSpec] = sorted(specs, key=lambda spec: spec.id)
        self.by_id: Mapping[str, ScheduleSpec] = {spec.id: spec for spec in self.specs}
        self._zone = ZoneInfo(zone_name)

    def zone_of(self, spec: ScheduleSpec) -> ZoneInfo:
        """The zone whose days and hours the schedule speaks of."""
        return ZoneInfo(spec.zone_name) if spec.zone_name else self._zone

    def is_on(self, spec: ScheduleSpec, at_ms: int) -> bool:
        """Whether the instant is one of its days and hours."""
        return any(True for _ in stretches(spec, self.zone_of(spec), at_ms, at_ms + 1))

    def dark_by(self, at_ms: int) -> tuple[str, ...]:
        """The schedules that make the screen dark at an instant."""
        return tuple(spec.id for spec in self.specs if spec.role == "off" and self.is_on(spec, at_ms))

    def darkness(self, from_ms: int, until_ms: int) -> Darkness:
        """Who makes the screen dark from when to when, within [from, until); in order, without the time between."""
        dark = [
            (max(start_ms, from_ms), min(end_ms, until_ms), spec.id)
            for spec in self.specs
            if spec.role == "off"
            for start_ms, end_ms in stretches(spec, self.zone_of(spec), from_ms, until_ms)
        ]
        edges = sorted({edge for start_ms, end_ms, _ in dark for edge in (start_ms, end_ms)})
        pieces = (
            (
                low,
                high,
                tuple(dict.fromkeys(name for start, end, name in dark if start <= low and end >= high)),
            )
            for low, high in pairwise(edges)
        )
        return tuple(piece for piece in pieces if piece[2])

    def next_start_ms(self, spec: ScheduleSpec, at_ms: int) -> int | None:
        """When it is on again."""
        coming = next_occurrences(spec.rule, spec.windows, self.zone_of(spec), at_ms, 1)
        return max(coming[0].start_ms, at_ms) if coming else None


def _track(loop: Loop, play: Play, schedule: str, role: Literal["rotation", "takeover"]) -> Why:
    others = len(loop.tracks) - 1
    part = Why(schedule, role, "takes_turns", "shares", others=others, permille=permilles(loop)[schedule])
    if play.schedule == schedule:
        return replace(part, verdict="shows", code="turn" if others else "alone")
    if play.role == "reminder" and play.schedule:
        return replace(part, code="gives_way", winners=(play.schedule,))
    return replace(part, winners=(play.schedule,) if play.schedule else ())


def _reminder(plan: Plan, reminder: Reminder, play: Play, due_ms: int, latest_ms: int) -> Why:
    """`due_ms`: its last due time; `latest_ms`: when it was last begun since the due times of the loop."""
    why = Why(reminder.schedule, "reminder", "takes_turns", "due_later")
    if play.schedule == reminder.schedule:
        return replace(why, verdict="shows", code="reminds")
    if latest_ms < due_ms:
        return replace(why, code="due_now", at_ms=play.end_ms)
    next_ms = _next_due(plan, reminder.schedule, due_ms + reminder.every_ms)
    return replace(why, code="done" if next_ms is None else "due_later", at_ms=next_ms)


def _due_ms(slot: Slot, reminder: Reminder, at_ms: int) -> int:
    anchor_ms = slot.day_start_ms + reminder.offset_ms
    return anchor_ms + (at_ms - anchor_ms) // reminder.every_ms * reminder.every_ms


def _latest_starts(plan: Plan, slot: Slot, loop: Loop, at_ms: int) -> Mapping[str, int]:
    """When each schedule was last begun, looked up since the earliest of the reminders' last due times."""
    due_ms = min((_due_ms(slot, reminder, at_ms) for reminder in loop.reminders), default=at_ms)
    return {
        play.schedule: play.start_ms
        for play in plays(plan, max(due_ms, plan.horizon_ms[0]), at_ms + 1)
        if play.schedule
    }


def _next_due(plan: Plan, schedule: str, due_ms: int) -> int | None:
    """The due time if the reminder is on then, else when it is on again and what was missed is made good."""
    within_ms = min(due_ms + 86_400_000, plan.horizon_ms[1])
    for start_ms, _ in slots_within(plan, due_ms, within_ms):
        _, loop = slot_at(plan, start_ms)
        if any(reminder.schedule == schedule for reminder in loop.reminders):
            return start_ms
    return None


def _not_in_loop(cast: Cast, spec: ScheduleSpec, loop: Loop, at_ms: int) -> Why:
    if not cast.is_on(spec, at_ms):
        return _not_on(cast, spec, at_ms)
    if spec.role == "off":
        return Why(spec.id, "off", "shows", "makes_dark") if loop.off else _not_yet(spec)
    return _lost(cast, spec, loop, at_ms)


def _lost(cast: Cast, spec: ScheduleSpec, loop: Loop, at_ms: int) -> Why:
    """Of a schedule that is on and yet not in the loop: who or what keeps it away."""
    why = Why(spec.id, spec.role, "lost", "nothing_ready")
    if loop.off:
        return replace(why, code="dark", winners=cast.dark_by(at_ms))
    if not spec.slides:
        return why
    if all(slide.until_ms is not None and slide.until_ms <= at_ms for slide in spec.slides):
        return replace(why, code="expired")
    takeovers = [cast.by_id[track.schedule] for track in loop.tracks if track.schedule in cast.by_id]
    takeovers = [one for one in takeovers if one.role == "takeover"]
    if spec.role == "reminder":
        takeovers = [one for one in takeovers if one.silences_reminders]
    if not takeovers:
        return _not_yet(spec)
    winners = tuple(one.id for one in takeovers)
    if spec.role == "takeover":
        return replace(
            why, code="outranked", winners=winners, priorities=(spec.priority, takeovers[0].priority)
        )
    return replace(why, code="silenced" if spec.role == "reminder" else "replaced", winners=winners)


def _crowded(cast: Cast, spec: ScheduleSpec, plan: Plan, from_ms: int, until_ms: int) -> Why:
    """Of a schedule that is in the loop of a stretch and never has its turn in it: who has."""
    shown = [
        play
        for _, play in plays_of_loops(plan, from_ms, {slot_at(plan, from_ms)[0].loop})
        if play.start_ms < until_ms and play.end_ms > from_ms
    ]
    winners = tuple(
        dict.fromkeys(play.schedule for play in shown if play.schedule and play.schedule in cast.by_id)
    )
    return Why(spec.id, spec.role, "lost", "crowded", winners=winners, others=len(shown))


def _members(loop: Loop) -> set[str]:
    return {track.schedule for track in loop.tracks} | {reminder.schedule for reminder in loop.reminders}


def _is_done(spec: ScheduleSpec, plan: Plan, from_ms: int, until_ms: int) -> bool:
    """Whether it is a reminder that is not due any more in a stretch of a slot."""
    slot, loop = slot_at(plan, from_ms)
    own = [one for one in loop.reminders if one.schedule == spec.id]
    return bool(own) and all(_due_ms(slot, one, until_ms - 1) < from_ms for one in own)


def _not_yet(spec: ScheduleSpec) -> Why:
    """The schedule was edited after the plan was made; a new one is on its way."""
    return Why(spec.id, spec.role, "not_on", "not_yet")


def _not_on(cast: Cast, spec: ScheduleSpec, at_ms: int) -> Why:
    rule, day = spec.rule, local_day(at_ms, cast.zone_of(spec))
    why = Why(spec.id, spec.role, "not_on", "not_its_day", day=day)
    last = last_named_day(rule)
    if last is not None and day > last:
        return replace(why, code="ended", day=last)
    why = replace(why, at_ms=cast.next_start_ms(spec, at_ms))
    if day < rule.first_day:
        return replace(why, code="not_begun", day=rule.first_day)
    if any(True for _ in days(rule, day, day + _DAY)):
        return replace(why, code="outside_hours")
    if day in rule.except_days:
        return replace(why, code="excepted")
    if day in rule.exclude_days:
        return replace(why, code="left_out")
    if rule.only_days is not None and day not in rule.only_days:
        return replace(why, code="not_in_set")
    return why
