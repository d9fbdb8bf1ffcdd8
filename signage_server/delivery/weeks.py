"""The weeks of many screens, drawn from the manifests in force; screens whose weeks are equal are one group."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from signage_server.clock import Clock, to_ms
from signage_server.delivery.compiling import Content
from signage_server.delivery.history import Basis, Coming, History, Span
from signage_server.delivery.table_rows import Pause
from signage_server.scheduling.airtime import DARK, airtime
from signage_server.scheduling.explain import Cast, Darkness, Why, why_none
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.weeks import Drawn, Part, clipped, draw, joined, unknown

GRAIN_MS = 300_000
"""Boards take a manifest over some seconds one after the other: a week is drawn as if they did it together."""
_DAYS = 7
_DAY = timedelta(days=1)
_REMEMBERED = 1_000
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class OnAir:
    """How long a schedule is on air in a week; `why` of one that gets nothing."""

    schedule: str
    """Its id, `fallback`, or `off` where nobody knows which schedule made the screen dark."""
    role: str
    ms: int
    why: Why | None = None


@dataclass(frozen=True)
class Group:
    """Screens of one zone whose weeks are equal, before more is known of it."""

    screen_ids: Sequence[str]
    zone: str
    monday: date
    spans: tuple[Span, ...]
    """Of one of them: the others may have taken other manifests over that say the same."""


@dataclass(frozen=True)
class Week:
    """The week of some screens."""

    screen_ids: Sequence[str]
    zone: str
    stretches: Sequence[tuple[Drawn, Basis]]
    on_air: Sequence[OnAir]


class Weeks:
    """Draws weeks: first an outline of all, which tells whose weeks are equal; the rest only of those asked for.

    What was drawn of a manifest for a day is remembered: it never changes.
    """

    def __init__(self, clock: Clock, history: History, pause: Pause = lambda: None) -> None:
        """`pause` lets the sockets have their turn between groups: one takes some milliseconds."""
        self._clock = clock
        self._pause = pause
        self._history = history
        self._outlined = lru_cache(_REMEMBERED)(self._outline_of_day)
        self._settled = lru_cache(_REMEMBERED)(self._airtime)

    def groups(self, zones: Mapping[str, str], monday: date) -> list[Group]:
        """Which of these screens, given with their zones, have equal weeks from a Monday on."""
        by_zone: dict[str, list[str]] = {}
        for screen_id, zone in zones.items():
            by_zone.setdefault(zone, []).append(screen_id)
        return [group for zone, ids in sorted(by_zone.items()) for group in self._of_zone(zone, ids, monday)]

    def draw(self, group: Group) -> Week:
        """The week of a group."""
        midnights = _midnights(group.monday, ZoneInfo(group.zone))
        from_ms, until_ms = midnights[0][0], midnights[-1][0]
        now_ms = to_ms(self._clock())
        content = None
        if until_ms > now_ms:
            content = self._history.content(group.screen_ids[0], max(from_ms, now_ms))
        darkness = Cast(content.schedules, group.zone).darkness(from_ms, until_ms) if content else ()
        stretches: list[tuple[Drawn, Basis]] = []
        on_air: Counter[tuple[str, str]] = Counter()
        for span, read, day in _pieces(group.spans, midnights):
            drawn = self._outline(span, read, day).stretches
            known = _with_darkness(drawn, darkness if span.basis == "planned" else ())
            gaps = unknown(midnights, known[-1].end_ms if known else span.start_ms, span.end_ms)
            stretches += [(one, span.basis) for one in known]
            stretches += [(one, "unknown") for one in gaps]
            on_air.update(_named(self._had(span, read, now_ms), known))
        self._pause()
        had = self._on_air(on_air, content, group.spans, (from_ms, until_ms))
        self._pause()
        return Week(group.screen_ids, group.zone, _joined(stretches), had)

    def _of_zone(self, zone_name: str, screen_ids: Sequence[str], monday: date) -> list[Group]:
        midnights = _midnights(monday, ZoneInfo(zone_name))
        from_ms, until_ms = midnights[0][0], midnights[-1][0]
        to_come = to_ms(self._clock()) < until_ms
        reach = self._history.reach(screen_ids, monday - _DAY) if to_come else {}
        numbers: dict[object, int] = {}
        alike: dict[tuple[int, frozenset[str] | None], tuple[tuple[Span, ...], list[str]]] = {}
        for spans, ids in self._history.spans(screen_ids, from_ms, until_ms, grain_ms=GRAIN_MS):
            number = numbers.setdefault(self._outline_of_week(spans, midnights), len(numbers))
            for screen_id in ids:
                key = (number, reach.get(screen_id))
                alike.setdefault(key, (spans, []))[1].append(screen_id)
            self._pause()
        return [Group(ids, zone_name, monday, spans) for spans, ids in alike.values()]

    def _outline_of_week(self, spans: Sequence[Span], midnights: "_Midnights") -> object:
        """Equal for screens whose weeks are equal, if the same schedules reach them."""
        stretches: list[tuple[Drawn, Basis]] = []
        lasts: set[tuple[str, int]] = set()
        coming: list[object] = []
        for span, read, day in _pieces(spans, midnights):
            if isinstance(
                span.source, Coming
            ):  # not compiled for this: it follows from who reaches the screen
                coming.append((span.start_ms, span.end_ms, span.source.from_day))
                continue
            outline = self._outline(span, read, day)
            stretches += [(one, span.basis) for one in outline.stretches]
            lasts |= outline.lasts
        return tuple(_joined(stretches)), frozenset(lasts), tuple(coming)

    def _outline(self, span: Span, read: "_Stretch", day: "_Stretch") -> "_Outline":
        whole = (self._outlined if isinstance(span.source, str) else self._outline_of_day)(
            span.source, read, day
        )
        return replace(whole, stretches=clipped(whole.stretches, span.start_ms, span.end_ms))

    def _outline_of_day(self, source: str | Coming | None, read: "_Stretch", day: "_Stretch") -> "_Outline":
        plan = self._history.plan(source, *read)
        if plan is None:
            return _Outline((), frozenset())
        return _Outline(tuple(draw(plan, *day)), _lasts(plan))

    def _had(self, span: Span, read: "_Stretch", now_ms: int) -> Mapping[tuple[str, str], int]:
        """Remembered for every day but today, whose spans begin or end now and never come again."""
        settled = isinstance(span.source, str) and now_ms not in (span.start_ms, span.end_ms)
        return (self._settled if settled else self._airtime)(span, read)

    def _airtime(self, span: Span, read: "_Stretch") -> Mapping[tuple[str, str], int]:
        plan = self._history.plan(span.source, *read)
        return _roles(plan, airtime(plan, span.start_ms, span.end_ms)) if plan else {}

    def _on_air(
        self,
        had: Mapping[tuple[str, str], int],
        content: Content | None,
        spans: Sequence[Span],
        week: tuple[int, int],
    ) -> list[OnAir]:
        found = [OnAir(schedule, role, ms) for (schedule, role), ms in sorted(had.items())]
        planned = [span for span in spans if span.basis == "planned"]
        if content is None or not planned:
            return found
        plan = self._history.plan(planned[0].source, *week)
        if plan is None:
            return found
        named = {one.schedule for one in found}
        edges = planned[0].start_ms, planned[0].end_ms
        nothing = (
            OnAir(spec.id, spec.role, 0, why_none(spec, content.schedules, content.zone, plan, *edges))
            for spec in content.schedules
            if spec.id not in named
        )
        return [*found, *(one for one in nothing if one.why and not _is_over(one.why))]


_Stretch = tuple[int, int]
_Midnights = Sequence[tuple[int, int]]
"""Where the days of a week begin, and the next; each with its number."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """The stretches of a day, and how long the slides of the plan last: time on air follows from both."""

    stretches: tuple[Drawn, ...]
    lasts: frozenset[tuple[str, int]]


def _lasts(plan: Plan) -> frozenset[tuple[str, int]]:
    """How long the slides last that play in it; a fallback that is never needed does not count."""
    names = {name for key in {slot.loop for slot in plan.slots} for name in plan.loops[key].slides}
    return frozenset((name, plan.slides[name].duration_ms) for name in names)


def _midnights(monday: date, zone: ZoneInfo) -> _Midnights:
    days = [monday + timedelta(days=number) for number in range(_DAYS + 1)]
    return [(wall_to_utc_ms(day, 0, zone), (day - _EPOCH).days) for day in days]


def _pieces(spans: Sequence[Span], midnights: _Midnights) -> Iterator[tuple[Span, _Stretch, _Stretch]]:
    """The spans of a week day by day, each with the stretch of its manifest to read, and the whole day that it is of.

    One reading of a manifest in force does for all days; of an old one no more is read than needed.
    """
    week = midnights[0][0], midnights[-1][0]
    todays = {span.source for span in spans if span.basis == "planned"}
    for span in spans:
        for (start_ms, _), (end_ms, _) in pairwise(midnights):
            if max(start_ms, span.start_ms) < min(end_ms, span.end_ms):
                piece = replace(span, start_ms=max(start_ms, span.start_ms), end_ms=min(end_ms, span.end_ms))
                yield piece, week if span.source in todays else (start_ms, end_ms), (start_ms, end_ms)


def _is_over(why: Why) -> bool:
    """It has ended, and is no news any more."""
    return why.code == "no_time" and why.at_ms is None


def _roles(plan: Plan, had: Mapping[str, int]) -> Mapping[tuple[str, str], int]:
    roles: dict[str, str] = {DARK: "off"}
    for loop in plan.loops.values():
        roles |= {track.schedule: track.role for track in loop.tracks}
        roles |= {reminder.schedule: "reminder" for reminder in loop.reminders}
    return {(schedule, roles[schedule]): ms for schedule, ms in had.items()}


def _with_darkness(drawn: Sequence[Drawn], darkness: Darkness) -> list[Drawn]:
    """The stretches with the schedules that make the screen dark, which a plan does not name."""
    return joined(
        part for one in drawn for part in (_dark_parts(one, darkness) if one.kind == "off" else [one])
    )


def _dark_parts(one: Drawn, darkness: Darkness) -> Iterable[Drawn]:
    parts = [
        replace(
            one, start_ms=max(start_ms, one.start_ms), end_ms=min(end_ms, one.end_ms), parts=_off_parts(dark)
        )
        for start_ms, end_ms, dark in darkness
        if start_ms < one.end_ms and end_ms > one.start_ms
    ]
    return parts or [one]


def _off_parts(schedules: Iterable[str]) -> tuple[Part, ...]:
    return tuple(Part(schedule, "off", 1000) for schedule in schedules)


def _named(had: Mapping[tuple[str, str], int], drawn: Sequence[Drawn]) -> Mapping[tuple[str, str], int]:
    """Time on air, with darkness under the names of those who made it where they are known."""
    dark: Counter[tuple[str, str]] = Counter()
    for one in drawn:
        for schedule in [part.schedule for part in one.parts] if one.kind == "off" else []:
            dark[schedule, "off"] += one.end_ms - one.start_ms
    return {key: ms for key, ms in had.items() if key[0] != DARK or not dark} | dark


def _joined(stretches: Iterable[tuple[Drawn, Basis]]) -> list[tuple[Drawn, Basis]]:
    """Equal neighbours as one: a new manifest of the same content is no news."""
    found: list[tuple[Drawn, Basis]] = []
    for one, basis in stretches:
        if found and found[-1][1] == basis and len(both := joined([found[-1][0], one])) == 1:
            found[-1] = (both[0], basis)
        else:
            found.append((one, basis))
    return found
