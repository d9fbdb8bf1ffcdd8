"""Which manifest is in force on a screen in a stretch of time: past, present and future.

The past is read from what the screen proved to be showing and from the texts that were sent. The future is the
manifest it should hold and, beyond that one's horizon, what the present facts would compile to.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from signage_server.clock import Clock, to_ms
from signage_server.db import Database
from signage_server.delivery.compiling import Content
from signage_server.delivery.content import Contents, content_of
from signage_server.delivery.facts import Cohort
from signage_server.delivery.manifest import Manifest, horizon_of, part_of_manifest
from signage_server.delivery.models import Shown
from signage_server.delivery.publisher import Publisher
from signage_server.delivery.table_rows import Pause
from signage_server.offload import off_loop
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.recurrence import local_day, wall_to_utc_ms
from signage_server.scheduling.timeline import HORIZON_DAYS

Basis = Literal["planned", "proved", "unknown"]

_ASKED_AT_ONCE = 500
_REMEMBERED = 128
"""Manifests: those of a week of some cohorts."""
_HORIZON = timedelta(days=HORIZON_DAYS)


@dataclass(frozen=True, slots=True)
class Coming:
    """A manifest that nobody was sent yet: what a cohort would get on a later day."""

    cohort: Cohort
    from_day: date


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch [start, end) with what tells its manifest: a digest, or what to compile; None: nothing is known."""

    start_ms: int
    end_ms: int
    source: str | Coming | None
    basis: Basis


@dataclass(frozen=True)
class Piece:
    """A stretch [start, end) in which one manifest is in force; None: nobody knows."""

    start_ms: int
    end_ms: int
    manifest: Manifest | None
    basis: Basis
    """`proved`: the screen said that it was showing it. `planned`: it should, from now on."""


class History:
    """Answers which manifest holds when."""

    def __init__(self, db: Database, clock: Clock, publisher: Publisher, pause: Pause = lambda: None) -> None:
        """`pause` lets the sockets have their turn where thousands of screens are looked at."""
        self._pause = pause
        self._db = db
        self._clock = clock
        self._publisher = publisher
        self._contents = Contents()
        self._contents_of = -1
        self._part = lru_cache(_REMEMBERED)(self._read_part)
        self._compiled = lru_cache(_REMEMBERED)(Content.manifest)

    def forget_compiled(self) -> None:
        """What was worked out for days to come holds no more: the rules of time zones have changed."""
        self._contents = Contents()
        self._compiled.cache_clear()

    def pieces(self, screen_id: str, from_ms: int, until_ms: int) -> list[Piece]:
        """The manifests of a screen in [from, until): contiguous, in order. Also of a screen that was taken down."""
        ((spans, _),) = self.spans([screen_id], from_ms, until_ms)
        return [self._piece(span) for span in spans]

    def present(self, screen_id: str) -> Piece:
        """The manifest that a screen should hold now, whatever it has proved."""
        now_ms = to_ms(self._clock())
        (span,) = self._future([screen_id], now_ms, now_ms + 1)[screen_id]
        return self._piece(span)

    def _piece(self, span: Span) -> Piece:
        manifest = self.manifest(span.source)
        return Piece(span.start_ms, span.end_ms, manifest, span.basis if manifest else "unknown")

    def spans(
        self, screen_ids: Sequence[str], from_ms: int, until_ms: int, grain_ms: int = 1
    ) -> list[tuple[tuple[Span, ...], list[str]]]:
        """The same of many screens, those with equal answers together, and no manifest read yet.

        `grain_ms`: past changes are told as of the last whole multiple of it, so that screens which took a manifest
        over within the same minutes are told together.
        """
        now_ms = to_ms(self._clock())
        past = self._past(screen_ids, from_ms, min(until_ms, now_ms), grain_ms)
        future = self._future(screen_ids, max(from_ms, now_ms), until_ms)
        self._pause()
        groups: dict[tuple[Span, ...], list[str]] = {}
        for screen_id in screen_ids:
            groups.setdefault((*past[screen_id], *future[screen_id]), []).append(screen_id)
        return list(groups.items())

    def manifest(self, source: str | Coming | None) -> Manifest | None:
        """What a span leads to; None: it was never known here, or is known no more."""
        if isinstance(source, Coming):
            content = content_of(self._publisher.facts(), source.cohort, source.from_day)
            return off_loop(self._compiled, content) if content else None
        return self._publisher.manifest(source) if source else None

    def plan(self, source: str | Coming | None, from_ms: int, until_ms: int) -> Plan | None:
        """As much of a manifest as concerns a stretch of time: reading all of one takes many times as long."""
        return self._part(source, from_ms, until_ms) if isinstance(source, str) else self.manifest(source)

    def _read_part(self, digest: str, from_ms: int, until_ms: int) -> Plan | None:
        text = self._publisher.text(digest)
        return part_of_manifest(text, from_ms, until_ms) if text is not None else None

    def content(self, screen_id: str, at_ms: int) -> Content | None:
        """What a screen's manifest of the day of an instant would be made from, by the facts of today."""
        facts = self._publisher.facts()
        cohort = next((one for one, ids in facts.cohorts.items() if screen_id in ids), None)
        if cohort is None:
            return None
        if facts.revision != self._contents_of:
            self._contents.keep_only(facts)
            self._contents_of = facts.revision
        return self._contents.of(facts, cohort, local_day(at_ms, ZoneInfo(cohort.zone)))

    def reach(self, screen_ids: Iterable[str], day: date) -> dict[str, frozenset[str]]:
        """The schedules that reach each of these screens, without those that end before a day."""
        facts = self._publisher.facts()
        over = {one.id for one in facts.schedules.values() if one.last_day is not None and one.last_day < day}
        cohorts = self._cohorts(screen_ids)
        left = {cohort: cohort.schedules - over for cohort in set(cohorts.values())}
        return {screen_id: left[cohort] for screen_id, cohort in cohorts.items()}

    def _past(
        self, screen_ids: Sequence[str], from_ms: int, until_ms: int, grain_ms: int
    ) -> dict[str, tuple[Span, ...]]:
        if from_ms >= until_ms:
            return dict.fromkeys(screen_ids, ())
        shown: dict[str, list[tuple[int, str]]] = {}
        with self._db.read() as session:
            for some in _few(screen_ids):
                for screen_id, since_ms, digest in _shown(session, some, from_ms, until_ms):
                    since_ms = max(since_ms // grain_ms * grain_ms, from_ms)
                    shown.setdefault(screen_id, []).append((since_ms, digest))
                self._pause()
        told = {screen_id: tuple(changes) for screen_id, changes in shown.items()}
        spans = {changes: tuple(_spans(changes, from_ms, until_ms)) for changes in {*told.values(), ()}}
        return {screen_id: spans[told.get(screen_id, ())] for screen_id in screen_ids}

    def _future(self, screen_ids: Sequence[str], from_ms: int, until_ms: int) -> dict[str, tuple[Span, ...]]:
        if from_ms >= until_ms:
            return dict.fromkeys(screen_ids, ())
        wanted = {screen_id: self._publisher.wanted(screen_id) for screen_id in screen_ids}
        known = {digest: self._plan(digest) for digest in set(wanted.values())}
        plans = {screen_id: known[digest] for screen_id, digest in wanted.items()}
        beyond = any(plan and plan.until_ms < until_ms for plan in set(plans.values()))
        cohorts = self._cohorts(screen_ids) if beyond else {}
        asked = {screen_id: (plan, cohorts.get(screen_id)) for screen_id, plan in plans.items()}
        spans = {one: tuple(_planned(*one, from_ms, until_ms)) for one in set(asked.values())}
        return {screen_id: spans[one] for screen_id, one in asked.items()}

    def _plan(self, digest: str | None) -> "_Plan | None":
        text = self._publisher.text(digest) if digest else None
        return _Plan(digest, horizon_of(text)[1]) if digest and text else None

    def _cohorts(self, screen_ids: Iterable[str]) -> dict[str, Cohort]:
        asked = set(screen_ids)
        facts = self._publisher.facts()
        return {one: cohort for cohort, ids in facts.cohorts.items() for one in ids if one in asked}


class _Plan(NamedTuple):
    """The manifest that a screen should hold, and where its horizon ends."""

    digest: str
    until_ms: int


def _shown(
    session: Session, screen_ids: Sequence[str], from_ms: int, until_ms: int
) -> Iterable[tuple[str, int, str]]:
    """What the screens changed to within a stretch, and what they had when it began; in order of time."""
    earlier = aliased(Shown)
    began = (
        select(func.max(earlier.since_ms))
        .where(earlier.screen_id == Shown.screen_id, earlier.since_ms <= from_ms)
        .scalar_subquery()
    )
    rows = (
        select(Shown.screen_id, Shown.since_ms, Shown.digest)
        .where(Shown.screen_id.in_(screen_ids), Shown.since_ms < until_ms)
        .where(Shown.since_ms >= func.coalesce(began, 0))
        .order_by(Shown.screen_id, Shown.since_ms)
    )
    return ((screen_id, since_ms, digest) for screen_id, since_ms, digest in session.execute(rows))


def _spans(changes: Sequence[tuple[int, str]], from_ms: int, until_ms: int) -> Iterator[Span]:
    """What was shown, from change to change; before the first nothing is known."""
    first_ms = changes[0][0] if changes else until_ms
    if from_ms < first_ms:
        yield Span(from_ms, first_ms, None, "unknown")
    for (start_ms, digest), (end_ms, _) in pairwise([*changes, (until_ms, "")]):
        if start_ms < end_ms:
            yield Span(start_ms, end_ms, digest, "proved")


def _planned(plan: _Plan | None, cohort: Cohort | None, from_ms: int, until_ms: int) -> Iterator[Span]:
    """The manifest that is wanted, then what the facts of today would give."""
    if plan is None:
        yield Span(from_ms, until_ms, None, "unknown")
        return
    if from_ms < plan.until_ms:
        yield Span(from_ms, min(until_ms, plan.until_ms), plan.digest, "planned")
    start_ms = max(from_ms, plan.until_ms)
    while start_ms < until_ms:
        coming, end_ms = None, until_ms
        if cohort is not None:
            zone = ZoneInfo(cohort.zone)
            day = local_day(start_ms, zone)
            coming, end_ms = Coming(cohort, day), wall_to_utc_ms(day + _HORIZON, 0, zone)
        yield Span(start_ms, min(end_ms, until_ms), coming, "planned" if coming else "unknown")
        start_ms = end_ms


def _few(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _ASKED_AT_ONCE] for start in range(0, len(ids), _ASKED_AT_ONCE))
