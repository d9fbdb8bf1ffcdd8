"""Changes of one day of a schedule, or of a day and all that follow: one schedule becomes two, in one transaction."""

from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.clock import Clock
from signage_server.db import Database, next_version
from signage_server.errors import Conflict
from signage_server.scheduling import cuts, refusals, schedules
from signage_server.scheduling.day_sets import days_for, get_ready
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.recurrence import DateRule, check_rule
from signage_server.scheduling.specs import ScheduleDraft, draft_of, put

Scope = Literal["day", "following"]


class NotOnThatDay(Conflict):
    """The day is none of the schedule's: there is nothing to change."""

    code = "schedule_not_on_day"
    vi = "Lịch này không chạy vào ngày {day:%d/%m/%Y}. Hãy tải lại trang rồi chọn một ngày lịch có chạy."
    en = "{day:%d/%m/%Y} is none of the days of this schedule. Reload the page and choose one of them."


@dataclass(frozen=True)
class Split:
    """The ids of what came of it; None: nothing is left of the schedule, or nothing was to take its place."""

    schedule_id: str | None
    made_id: str | None


class Splitting:
    """What operators do with some of the days of a schedule."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def split(
        self,
        who: str,
        schedule_id: str,
        started_from: str | None,
        day: date,
        scope: Scope,
        change: ScheduleDraft | None,
    ) -> Split:
        """Change `day`, or it and all that follow, into what `change` says; None takes them out.

        Of the days that `change` names those count that are in the scope; what its rule has counted before them
        (COUNT, the phase of INTERVAL) stays counted. `started_from` is the etag the editor saw.

        Raises:
            UnknownSchedule: there is none with this id.
            Stale: somebody else has edited it since.
            NotOnThatDay: the day is none of its days.
            Invalid: the change cannot be kept (what `Schedules.create` raises).
        """
        if change is not None:
            get_ready(change.sets)
        with self._db.write() as session:
            row = schedules.find(session, schedule_id)
            next_version(row, started_from)
            draft = draft_of(row, days_for(session, [row]))
            if not cuts.is_on(draft.rule, day):
                raise NotOnThatDay(day=day)
            rest = (cuts.without_day if scope == "day" else cuts.before_day)(draft.rule, day)
            made = _made(session, change, day, scope) if change is not None else None
            return _Story(session, who, row, day, scope, self._clock()).tell(draft, rest, made)


def _made(session: Session, change: ScheduleDraft, day: date, scope: Scope) -> ScheduleDraft:
    """What takes the place of the days in the scope."""
    if scope == "day":
        only = DateRule(first_day=day, last_day=day)
        return changed(change, rule=only, only_sets=(), include_sets=(), exclude_sets=())
    whole = schedules.with_days(session, change).rule
    check_rule(whole)
    rule = cuts.from_day(whole, day)
    if rule is None:
        raise refusals.NoDays(rrule=change.rule.rrule)
    return changed(change, rule=rule)


@dataclass(frozen=True)
class _Story:
    """One split as it is kept and as the trail tells it: both parts name each other."""

    session: Session
    who: str
    row: Schedule
    day: date
    scope: Scope
    now: datetime

    def tell(self, draft: ScheduleDraft, rest: DateRule | None, made: ScheduleDraft | None) -> Split:
        """Keep what is left (less than there was, so that nothing need be checked), then what is new."""
        before = schedules.facts_of(self.row)
        schedule_id = self.row.id
        if rest is None:
            self.session.delete(self.row)
        else:
            put(self.row, changed(draft, rule=rest))
        self.session.flush()
        new = schedules.create(self.session, self.who, made, self.now).id if made is not None else None
        told = {"split": {"day": str(self.day), "scope": self.scope, "made": new}}
        after = schedules.facts_of(self.row) | told if rest is not None else told
        action = "schedule.update" if rest is not None else "schedule.delete"
        audit.record(self.session, self.who, action, schedule_id, before, after, at=self.now)
        return Split(schedule_id if rest is not None else None, new)
