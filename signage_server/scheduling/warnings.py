"""What saving a schedule would bring to the screens it reaches: time on air, a kept promise, losers. Pure.

The plans with and without it are compiled and compared over the first seven days in which it comes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from signage_server.scheduling.airtime import airtime, block_ms, permilles
from signage_server.scheduling.explain import Cast, Why, slot_at, slots_within, why_none
from signage_server.scheduling.plan import Loop, Plan, Reminder
from signage_server.scheduling.promises_lost import promises_lost
from signage_server.scheduling.recurrence import local_day, next_occurrences, wall_to_utc_ms
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, compile_timeline, stretches

WarningCode = Literal[
    "no_screens",
    "nothing_to_show",
    "slides_not_ready",
    "over",
    "silences",
    "starved",
    "starves",
    "covers",
    "reminder_slides_long",
    "reminder_block_long",
    "reminders_over_half",
    "reminder_silenced",
    "share_scaled",
    "windows_overlap",
    "screens_left_out",
]
_DAYS = 7
_HALF = 500
_FEW_SLIDES = 20
_NOTICED_MS = 60_000
"""Less time than this is nothing that somebody loses."""
_NOTICED_PERMILLE = 5
_REMINDERS_NAMED = 5
"""So many reminders that lose showings are told one by one, those that lose most."""


@dataclass(frozen=True)
class Audience:
    """Screens that would all come to the same plan."""

    zone_name: str
    others: tuple[ScheduleSpec, ...]
    """What reaches them without the draft (and without what it replaces)."""
    draft: ScheduleSpec
    """With the slides that they can show."""
    fallback: tuple[SlideSpec, ...]


@dataclass(frozen=True)
class Concern:
    """Something to know before saving."""

    code: WarningCode
    schedules: tuple[str, ...] = ()
    """The others that it is about, the most concerned first."""
    screens: int = 0
    """On how many screens."""
    ms: int = 0
    at_ms: int | None = None
    permilles: tuple[int, int] = (0, 0)
    """What was asked, and what it comes to."""
    counts: tuple[int, int] = (0, 0)
    """How many of how many."""
    days: int = 0
    """On how many days; 0: each day alike, and the numbers are those of one."""
    spans_ms: tuple[int, ...] = ()
    """Of each of the schedules: how much of its time is gone."""
    crowded: bool = False
    """Whether somebody gets no time for want of room; then `counts` tells for how many slides there is."""


@dataclass(frozen=True, slots=True)
class Promise:
    """How well a reminder can keep its rhythm."""

    every_ms: int
    late_at_most_ms: int
    block_ms: int
    load_permille: int
    """Of the time, what all reminders of the loop ask for together."""

    @property
    def kept(self) -> bool:
        """Whether it comes back within its rhythm, and every one of its due times is served."""
        return max(self.late_at_most_ms, self.block_ms) < self.every_ms and self.load_permille < 1000


@dataclass(frozen=True)
class Prospect:
    """What saving would bring to one audience."""

    airtime_ms: int
    promise: Promise | None
    concerns: list[Concern] = field(default_factory=list)


def foresee(audience: Audience, now_ms: int) -> Prospect:
    """What the draft brings to an audience within the first seven days in which it comes."""
    zone, draft = ZoneInfo(audience.zone_name), audience.draft
    own = ZoneInfo(draft.zone_name) if draft.zone_name else zone
    coming = next_occurrences(draft.rule, draft.windows, own, now_ms, 1)
    if not coming:
        return Prospect(0, None, [Concern("over")])
    day = local_day(max(coming[0].start_ms, now_ms), zone)
    week = max(now_ms, wall_to_utc_ms(day, 0, zone)), wall_to_utc_ms(day + timedelta(days=_DAYS), 0, zone)
    without, together = (
        compile_timeline(
            cast, audience.zone_name, day, fallback_slides=audience.fallback, horizon_days=_DAYS + 1
        )
        for cast in (audience.others, (*audience.others, draft))
    )
    return _Comparison(audience, week, without, together).prospect()


class _Comparison:
    """The plans of a week without the draft and with it."""

    def __init__(self, audience: Audience, week: tuple[int, int], without: Plan, together: Plan) -> None:
        self._draft = audience.draft
        self._specs = (*audience.others, audience.draft)
        self._cast = Cast(self._specs, audience.zone_name)
        self._zone_name = audience.zone_name
        self._week = week
        self._without, self._plan = without, together
        self._before, self._after = airtime(without, *week), airtime(together, *week)
        self._hushed = [*self._silences()]
        self._loops = [
            loop for start_ms, _ in slots_within(together, *week) for _, loop in [slot_at(together, start_ms)]
        ]

    def prospect(self) -> Prospect:
        """All that there is to say."""
        promise = self._promise() if self._draft.role == "reminder" else None
        return Prospect(self._airtime_ms(), promise, [*self._concerns(promise)])

    def _airtime_ms(self) -> int:
        return self._on_ms() if self._draft.role == "off" else self._after.get(self._draft.id, 0)

    def _on_ms(self) -> int:
        return sum(end_ms - start_ms for start_ms, end_ms in _union(self._on()))

    def _on(self) -> Iterator[tuple[int, int]]:
        """When the draft is on in the week."""
        for start_ms, end_ms in stretches(self._draft, self._cast.zone_of(self._draft), *self._week):
            yield max(start_ms, self._week[0]), min(end_ms, self._week[1])

    def _concerns(self, promise: Promise | None) -> Iterator[Concern]:
        if self._draft.role != "off" and not self._draft.slides:
            yield Concern("nothing_to_show")
            return
        yield from self._hushed
        yield from self._starved()
        yield from self._losers()
        if promise is not None and self._airtime_ms():
            yield from self._rhythm(promise)
            yield from self._silenced()
        if self._draft.share_permille is not None:
            yield from self._shares(self._draft.share_permille)
        yield from self._overlap()

    def _overlap(self) -> Iterator[Concern]:
        """Whether windows of the draft lie over one another, and whether that matters for a rhythm."""
        draft = self._draft
        if len(draft.windows) < 2:
            return
        count = _DAYS * len(draft.windows)
        zone = self._cast.zone_of(draft)
        coming = next_occurrences(draft.rule, draft.windows, zone, self._week[0], count)
        for before, after in pairwise(sorted(coming, key=lambda one: (one.start_ms, one.end_ms))):
            if after.start_ms < before.end_ms:
                yield Concern("windows_overlap", ms=draft.every_ms or 0, at_ms=after.start_ms)
                return

    def _starved(self) -> Iterator[Concern]:
        if self._airtime_ms():
            return
        why = why_none(self._draft, self._specs, self._zone_name, self._plan, *self._week)
        if why.code == "expired":
            yield Concern("nothing_to_show")
        elif why.code == "done":  # a reminder whose last due time is past
            yield Concern("over")
        else:
            crowded = _is_for_want_of_room(why)
            yield Concern("starved", why.winners, counts=(why.others if crowded else 0, 0), crowded=crowded)

    def _silences(self) -> Iterator[Concern]:
        """The reminders that lose showings, each with how many of them; who loses the greatest part first."""
        if self._draft.role != "off" and not self._draft.silences_reminders:
            return
        lost = promises_lost(self._without, self._plan, ZoneInfo(self._zone_name), *self._week)
        found = [one for one in lost if one.schedule in self._cast.by_id]
        for one in sorted(found, key=lambda one: -one.lost / one.due)[:_REMINDERS_NAMED]:
            yield Concern(
                "silences",
                (one.schedule,),
                ms=one.silent_ms,
                at_ms=one.day_ms,
                counts=(one.lost, one.due),
                days=one.days,
            )

    def _losers(self) -> Iterator[Concern]:
        lost = {
            name: had_ms - self._after.get(name, 0)
            for name, had_ms in self._before.items()
            if name in self._cast.by_id
        }
        starved = [name for name in lost if name not in self._after]
        if starved:
            yield self._starves(sorted(starved, key=lambda name: -lost[name]))
        if self._draft.role in ("takeover", "off"):
            told = {name for one in self._hushed for name in one.schedules}
            covered = sorted(
                (name for name in lost.keys() - told if lost[name] >= _NOTICED_MS),
                key=lambda name: (-lost[name], name),
            )
            most_ms = self._on_ms()  # what is reckoned of a loop may come to some seconds more
            if covered:
                spans_ms = tuple(min(lost[name], most_ms) for name in covered)
                yield Concern("covers", tuple(covered), spans_ms=spans_ms)

    def _starves(self, starved: Sequence[str]) -> Concern:
        first = self._cast.by_id[starved[0]]
        why = why_none(first, self._specs, self._zone_name, self._plan, *self._week)
        crowded = _is_for_want_of_room(why)
        return Concern("starves", tuple(starved), counts=(why.others if crowded else 0, 0), crowded=crowded)

    def _promise(self) -> Promise | None:
        own = [_own(loop, self._draft.id) for loop in self._loops]
        ridden = [(loop, reminder) for loop, reminder in zip(self._loops, own, strict=True) if reminder]
        if not ridden:
            return None
        return Promise(
            every_ms=self._draft.every_ms or 0,
            late_at_most_ms=max(_late_ms(self._plan, loop, reminder) for loop, reminder in ridden),
            block_ms=max(block_ms(self._plan, reminder) for _, reminder in ridden),
            load_permille=max(_load_permille(self._plan, loop) for loop, _ in ridden),
        )

    def _rhythm(self, promise: Promise) -> Iterator[Concern]:
        if promise.block_ms >= promise.every_ms:
            yield Concern("reminder_block_long", ms=promise.block_ms)
        elif promise.late_at_most_ms >= promise.every_ms:
            yield Concern("reminder_slides_long", ms=promise.late_at_most_ms)
        if promise.load_permille > _HALF:
            fullest = max(
                (loop for loop in self._loops if _own(loop, self._draft.id)),
                key=lambda loop: _load_permille(self._plan, loop),
            )
            others = (one.schedule for one in fullest.reminders if one.schedule != self._draft.id)
            yield Concern("reminders_over_half", tuple(others), permilles=(_HALF, promise.load_permille))

    def _silenced(self) -> Iterator[Concern]:
        """When the reminder is on and yet not in the loop."""
        silent: list[tuple[int, int, tuple[str, ...]]] = []
        for stretch in self._on():
            for start_ms, end_ms in slots_within(self._plan, *stretch):
                _, loop = slot_at(self._plan, start_ms)
                if not _own(loop, self._draft.id):
                    silent.append((start_ms, end_ms, self._by_whom(loop, start_ms)))
        if silent:
            winners = dict.fromkeys(name for _, _, names in silent for name in names)
            silent_ms = sum(end_ms - start_ms for start_ms, end_ms, _ in silent)
            yield Concern("reminder_silenced", tuple(winners), ms=silent_ms, at_ms=min(silent)[0])

    def _by_whom(self, loop: Loop, at_ms: int) -> tuple[str, ...]:
        if loop.off:
            return self._cast.dark_by(at_ms)
        tracks = (self._cast.by_id.get(track.schedule) for track in loop.tracks)
        return tuple(spec.id for spec in tracks if spec and spec.silences_reminders)

    def _shares(self, asked: int) -> Iterator[Concern]:
        for loop in self._loops:
            parts = permilles(loop)
            got = parts.get(self._draft.id)
            if got is not None and len(parts) > 1 and abs(got - asked) > _NOTICED_PERMILLE:
                others = tuple(name for name in parts if name != self._draft.id)
                yield Concern("share_scaled", others, permilles=(asked, got))
                return


def merged(prospects: Iterable[tuple[Prospect, int]]) -> list[Concern]:
    """The concerns of several audiences with the number of their screens, each code once.

    The first audience to have one, which should be the largest, tells the figures. Of silent reminders all that is
    told is of one audience: the one that suffers most.
    """
    found: dict[object, Concern] = {}
    for prospect, screens in prospects:
        for one in prospect.concerns:
            key = (one.code, one.schedules if one.code == "silences" else ())
            there = found.get(key)
            if there is None:
                found[key] = replace(one, screens=screens)
                continue
            if one.code in ("silences", "reminder_silenced"):
                found[key] = _worst(there, replace(one, screens=screens))
                continue
            names = dict(zip(there.schedules, there.spans_ms or (0,) * len(there.schedules), strict=True))
            more = dict(zip(one.schedules, one.spans_ms or (0,) * len(one.schedules), strict=True))
            both = more | names
            found[key] = replace(
                there,
                screens=there.screens + screens,
                schedules=tuple(both),
                spans_ms=tuple(both.values()) if one.spans_ms else (),
            )
    return sorted(found.values(), key=lambda one: (one.code != "silences", -_part_lost(one)))


def _worst(one: Concern, other: Concern) -> Concern:
    """Whole, as it is: figures of some screens with causes of others would be true of none."""
    if replace(one, screens=other.screens) == other:
        return replace(one, screens=one.screens + other.screens)
    return max(one, other, key=lambda concern: (_part_lost(concern), concern.ms, concern.screens))


def _part_lost(concern: Concern) -> float:
    few, of = concern.counts
    return few / of if concern.code == "silences" else 0


def worst_promise(promises: Iterable[Promise | None]) -> Promise | None:
    """The one that is hardest to keep."""
    known = [promise for promise in promises if promise is not None]
    return max(known, key=lambda one: (not one.kept, one.late_at_most_ms, one.load_permille), default=None)


def _is_for_want_of_room(why: Why) -> bool:
    """Where there is room for many slides it is others that take it all: reminders without an end."""
    return why.code == "crowded" and why.others <= _FEW_SLIDES


def _own(loop: Loop, schedule: str) -> Reminder | None:
    return next((reminder for reminder in loop.reminders if reminder.schedule == schedule), None)


def _late_ms(plan: Plan, loop: Loop, own: Reminder) -> int:
    """A reminder waits for the slide that has just begun and for the other reminders that were due before it."""
    slides = (plan.slides[name].duration_ms for track in loop.tracks for name in track.slides)
    others = (block_ms(plan, one) for one in loop.reminders if one != own)
    return max(slides) + sum(others)


def _load_permille(plan: Plan, loop: Loop) -> int:
    return sum(block_ms(plan, reminder) * 1000 // reminder.every_ms for reminder in loop.reminders)


def _union(found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    until_ms = 0
    for start_ms, end_ms in sorted(found):
        if end_ms > until_ms:
            yield max(start_ms, until_ms), end_ms
        until_ms = max(until_ms, end_ms)
