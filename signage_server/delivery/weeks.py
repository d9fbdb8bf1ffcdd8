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
from signage_server.delivery.history import Basis, History, Span
from signage_server.delivery.table_rows import Pause
from signage_server.scheduling.airtime import DARK, airtime
from signage_server.scheduling.explain import Cast, Darkness, Why, why_none
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.weeks import Drawn, Part, draw, joined, unknown

GRAIN_MS = 300_000
"""Boards take a manifest over some seconds one after the other: a week is drawn as if they did it together."""
_DAYS = 7
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
class Week:
    """The week of some screens."""

    screen_ids: Sequence[str]
    zone: str
    stretches: Sequence[tuple[Drawn, Basis]]
    on_air: Sequence[OnAir]


class Weeks:
    """Draws weeks. What was drawn of a manifest for a day is remembered: it never changes."""

    def __init__(self, clock: Clock, history: History, pause: Pause = lambda: None) -> None:
        """`pause` lets the sockets have their turn between groups: one takes some milliseconds."""
        self._clock = clock
        self._pause = pause
        self._history = history
        self._settled = lru_cache(_REMEMBERED)(self._draw)

    def of(self, zones: Mapping[str, str], monday: date) -> list[Week]:
        """The weeks of screens, given with their zones, from a Monday on."""
        by_zone: dict[str, list[str]] = {}
        for screen_id, zone in zones.items():
            by_zone.setdefault(zone, []).append(screen_id)
        return [week for zone, ids in sorted(by_zone.items()) for week in self._of_zone(zone, ids, monday)]

    def _of_zone(self, zone_name: str, screen_ids: Sequence[str], monday: date) -> Iterator[Week]:
        zone = ZoneInfo(zone_name)
        midnights = [
            (wall_to_utc_ms(day, 0, zone), (day - _EPOCH).days)
            for day in (monday + timedelta(days=number) for number in range(_DAYS + 1))
        ]
        edges = midnights[0][0], midnights[-1][0]
        alike: dict[object, Week] = {}
        for spans, ids in self._history.spans(screen_ids, *edges, grain_ms=GRAIN_MS):
            week = self._week(spans, ids, zone_name, midnights)
            key = (tuple(week.stretches), tuple(week.on_air))
            there = alike.get(key)
            alike[key] = replace(week, screen_ids=[*there.screen_ids, *ids]) if there else week
            self._pause()
        yield from alike.values()

    def _week(
        self,
        spans: Sequence[Span],
        screen_ids: Sequence[str],
        zone: str,
        midnights: Sequence[tuple[int, int]],
    ) -> Week:
        from_ms, until_ms = midnights[0][0], midnights[-1][0]
        now_ms = to_ms(self._clock())
        content = self._history.content(screen_ids[0], max(from_ms, now_ms)) if until_ms > now_ms else None
        darkness = Cast(content.schedules, zone).darkness(from_ms, until_ms) if content else ()
        stretches: list[tuple[Drawn, Basis]] = []
        on_air: Counter[tuple[str, str]] = Counter()
        todays = {span.source for span in spans if span.basis == "planned"}
        for span in (day for whole in spans for day in _days_of(whole, midnights)):
            is_todays = span.source in todays
            # One reading of a manifest in force does for all days; of an old one no more is read than needed.
            read = (from_ms, until_ms) if is_todays else (span.start_ms, span.end_ms)
            drawn, had = self._drawn(span, read, now_ms)
            known = _with_darkness(drawn, darkness if is_todays else ())
            gaps = unknown(midnights, known[-1].end_ms if known else span.start_ms, span.end_ms)
            stretches += [(one, span.basis) for one in known]
            stretches += [(one, "unknown") for one in gaps]
            on_air.update(_named(had, known))
        return Week(
            screen_ids, zone, _joined(stretches), self._on_air(on_air, content, spans, (from_ms, until_ms))
        )

    def _drawn(self, span: Span, read: tuple[int, int], now_ms: int) -> "_Drawing":
        """Remembered for every day but today, whose spans begin or end now and never come again."""
        settled = isinstance(span.source, str) and now_ms not in (span.start_ms, span.end_ms)
        return self._settled(span, read) if settled else self._draw(span, read)

    def _draw(self, span: Span, read: tuple[int, int]) -> "_Drawing":
        return _drawing(self._history.plan(span.source, *read), span)

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


def _days_of(span: Span, midnights: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The span, cut at each midnight within it."""
    edges = [start_ms for start_ms, _ in midnights if span.start_ms < start_ms < span.end_ms]
    for start_ms, end_ms in pairwise([span.start_ms, *edges, span.end_ms]):
        yield replace(span, start_ms=start_ms, end_ms=end_ms)


_Drawing = tuple[list[Drawn], Mapping[tuple[str, str], int]]
"""The stretches of a span, and who has how long of it in which role."""


def _drawing(plan: Plan | None, span: Span) -> _Drawing:
    if plan is None:
        return [], {}
    return draw(plan, span.start_ms, span.end_ms), _roles(plan, airtime(plan, span.start_ms, span.end_ms))


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
