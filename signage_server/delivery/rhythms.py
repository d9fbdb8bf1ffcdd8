"""How often reminders came, day by day and screen by screen: the plans in force held against the boards' tallies."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from signage_server.delivery.history import History, Span
from signage_server.scheduling.plan import Plan
from signage_server.scheduling.recurrence import wall_to_utc_ms
from signage_server.scheduling.rhythm import (
    QUARTER_MS,
    WINDOW_MOST_MS,
    InForce,
    Measured,
    Promise,
    QuarterPlays,
    by_schedule,
    measure,
    promises,
    stretches_of_life,
)
from signage_server.screens.proofs import life_quarters, reminder_quarters
from signage_server.screens.totals import ReportedScreen

UNTOLD_MS = 5 * 60_000
"""What boards played in the last minutes they may not have told yet."""
_HOLE_MS = 60_000
"""Shorter pauses between two things a board showed are no silence."""
_DAY = timedelta(days=1)
_AHEAD_MS = 64 * 86_400_000
"""So far ahead a screen without a reminder is looked at in one go."""


class Row(NamedTuple):
    """A reminder on a screen, for the windows that begin on a day."""

    screen: ReportedScreen
    measured: Measured


Reminders = Mapping[str, Sequence[Promise]]
"""What was promised of each reminder, by schedule id."""


class PromisedTo(NamedTuple):
    """A screen and the reminders that were promised to it on a day."""

    screen: ReportedScreen
    reminders: Reminders


class _Day(NamedTuple):
    start_ms: int
    end_ms: int
    seen_until_ms: int
    """How far its windows are looked at: over the end of the day, but not beyond what boards have told."""


class Rhythms:
    """Measures rhythms for one report; manifests that it has read it remembers."""

    def __init__(self, history: History, now_ms: int) -> None:
        self._history = history
        self._now_ms = now_ms
        self._plans: dict[str, Plan | None] = {}
        self._promises: dict[tuple[tuple[Span, ...], _Day], Reminders] = {}
        self._quiet_until_ms: dict[str, int] = {}
        """Of screens: until when no manifest of theirs has a reminder. Days are asked for in order."""
        self._all_quiet_until_ms: dict[tuple[ReportedScreen, ...], int] = {}
        """The same of screens that were asked for together: they mostly are so again."""

    def promised(
        self, day: date, screens: Sequence[ReportedScreen], schedule_id: str | None = None
    ) -> list[PromisedTo]:
        """Those of the screens to which a reminder (this one) was promised on a day of each one's own zone."""
        some = tuple(screens)
        latest_ms = min(
            wall_to_utc_ms(day + 2 * _DAY, 0, ZoneInfo("UTC")) + WINDOW_MOST_MS, self._now_ms - UNTOLD_MS
        )
        if self._all_quiet_until_ms.get(some, 0) >= latest_ms:
            return []
        found: dict[str, Reminders] = {}
        for zone in sorted({screen.zone for screen in screens}):
            bounds = self._day(day, ZoneInfo(zone))
            if bounds.seen_until_ms > bounds.start_ms:
                found |= self._promised([one.id for one in screens if one.zone == zone], bounds)
        self._all_quiet_until_ms[some] = min(
            (self._quiet_until_ms.get(one.id, 0) for one in screens), default=0
        )
        return [
            PromisedTo(screen, reminders)
            for screen in screens
            if (reminders := _only(found.get(screen.id, {}), schedule_id))
        ]

    def measured(self, session: Session, promised: Sequence[PromisedTo]) -> Iterator[Row]:
        """Their promises held against the proof, in the order of screens and schedule ids.

        Two queries; a busy screen has a hundred tallies an hour to read, so ask for few screens at a time.
        """
        proofs = _proofs(session, {screen.id: reminders for screen, reminders in promised})
        for screen, reminders in promised:
            proof = proofs[screen.id]
            for schedule_id, row in sorted(reminders.items()):
                yield Row(screen, measure(row, proof.quarters.get(schedule_id, []), proof.alive))

    def _day(self, day: date, zone: ZoneInfo) -> _Day:
        end_ms = wall_to_utc_ms(day + _DAY, 0, zone)
        return _Day(
            wall_to_utc_ms(day, 0, zone), end_ms, min(end_ms + WINDOW_MOST_MS, self._now_ms - UNTOLD_MS)
        )

    def _promised(self, screen_ids: Sequence[str], day: _Day) -> dict[str, Reminders]:
        """By screen; screens without a promise are left out."""
        found: dict[str, Reminders] = {}
        asked = [one for one in screen_ids if self._quiet_until_ms.get(one, 0) < day.seen_until_ms]
        if not asked:
            return found
        for spans, ids in self._history.spans(asked, day.start_ms, day.seen_until_ms):
            key = spans, day
            if key not in self._promises:
                self._promises[key] = by_schedule(promises(self._in_force(spans), day.start_ms, day.end_ms))
            if self._promises[key]:
                found |= dict.fromkeys(ids, self._promises[key])
        self._look_ahead([one for one in asked if one not in found], day.start_ms)
        return found

    def _look_ahead(self, screen_ids: Sequence[str], from_ms: int) -> None:
        """Notes how long these screens are left without a reminder: most days of most screens need no more work."""
        until_ms = min(from_ms + _AHEAD_MS, self._now_ms)
        if not screen_ids or from_ms >= until_ms:
            return
        for spans, ids in self._history.spans(screen_ids, from_ms, until_ms):
            reminding = (span.start_ms for span in spans if self._reminds(span))
            self._quiet_until_ms |= dict.fromkeys(ids, next(reminding, until_ms))

    def _reminds(self, span: Span) -> bool:
        plan = self._plan(span.source) if isinstance(span.source, str) else None
        return plan is not None and any(loop.reminders for loop in plan.loops.values())

    def _in_force(self, spans: Iterable[Span]) -> Iterator[InForce]:
        for span in spans:
            plan = self._plan(span.source) if isinstance(span.source, str) else None
            if plan is not None:
                yield InForce(plan, span.start_ms, span.end_ms)

    def _plan(self, digest: str) -> Plan | None:
        if digest not in self._plans:
            self._plans[digest] = self._history.manifest(digest)
        return self._plans[digest]


class _Proof(NamedTuple):
    """What a screen proved: of each reminder, and of life at all."""

    quarters: dict[str, list[QuarterPlays]]
    alive: list[tuple[int, int]]


def _only(reminders: Reminders, schedule_id: str | None) -> Reminders:
    if schedule_id is None:
        return reminders
    return {one: row for one, row in reminders.items() if one == schedule_id}


def _proofs(session: Session, promised: Mapping[str, Reminders]) -> dict[str, _Proof]:
    """What these screens proved while anything was promised; no more of the tallies is read than that."""
    if not promised:
        return {}
    ids = list(promised)
    asked = {one for rows in promised.values() for row in rows.values() for one in row}
    from_ms = min(one.start_ms for one in asked) - QUARTER_MS
    until_ms = max(one.end_ms for one in asked)
    quarters: dict[str, dict[str, list[QuarterPlays]]] = {one: {} for one in ids}
    for screen_id, schedule_id, *told in reminder_quarters(session, ids, from_ms, until_ms):
        quarters[screen_id].setdefault(schedule_id, []).append(QuarterPlays(*told))
    life: dict[str, list[tuple[int, int]]] = {one: [] for one in ids}
    for screen_id, first_ms, last_ms in life_quarters(session, ids, from_ms, until_ms):
        life[screen_id].append((first_ms, last_ms))
    return {one: _Proof(quarters[one], stretches_of_life(life[one], _HOLE_MS)) for one in ids}
