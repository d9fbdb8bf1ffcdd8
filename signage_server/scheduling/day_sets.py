"""Day sets: named dates that schedules include or exclude. Two come with the product, the others operators make.

The functions that take a session run inside somebody's transaction; `DaySets` opens one for each edit. A schedule that
names a set follows its later changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts import audit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock
from signage_server.db import Database, new_id, next_version
from signage_server.errors import Conflict, Invalid, Language, NotFound
from signage_server.offload import off_loop
from signage_server.scheduling import public_days, refusals
from signage_server.scheduling.models import DaySet, Schedule
from signage_server.scheduling.public_days import PUBLIC_DAYS, NamedDay, public_dates
from signage_server.scheduling.rules import YEARS
from signage_server.scheduling.sentences import SetNames
from signage_server.scheduling.specs import KnownDays, ScheduleDraft


class UnknownDaySet(NotFound):
    """No day set has this id."""

    code = "unknown_day_set"
    vi = "Không tìm thấy bộ ngày này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "This day set does not exist. It may have been deleted; reload the page."


class DaySetGone(Invalid):
    """A schedule names a day set that is not there."""

    code = "schedule_day_set_unknown"
    vi = "Một bộ ngày mà lịch này dùng không còn nữa. Hãy bỏ nó ra rồi lưu lại."
    en = "A day set that this schedule uses is gone. Remove it and save again."


class DaySetBuiltIn(Conflict):
    """It comes with the product."""

    code = "day_set_built_in"
    vi = "Bộ ngày có sẵn không sửa và không xoá được. Hãy lập bộ ngày riêng, hoặc ghi ngày thêm, ngày trừ vào lịch."
    en = (
        "A built-in day set cannot be changed or deleted. Make one of your own, or give the schedule extra days and "
        "exceptions."
    )


class DaySetInUse(Conflict):
    """Schedules would lose days without anybody having said so."""

    code = "day_set_in_use"
    vi = "Bộ ngày đang được dùng trong các lịch: {names}. Hãy bỏ nó khỏi các lịch ấy rồi xoá."
    en = "Schedules use this day set: {names}. Take it out of them, then delete it."


@dataclass(frozen=True)
class DaySetDraft:
    """A day set as an operator wants it."""

    name: str
    unit_id: str
    days: tuple[NamedDay, ...]


@dataclass(frozen=True)
class SetUse:
    """A schedule that names a day set."""

    id: str
    name: str


class DaySets:
    """What operators do with day sets of their own."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def create(self, who: str, draft: DaySetDraft) -> str:
        """Make a day set and answer with its id.

        Raises:
            DayOutOfRange: a day lies in a year that no schedule can reach.
            NoSuchUnit: the unit it is to belong to does not exist.
        """
        with self._db.write() as session:
            return create(session, who, draft, self._clock()).id

    def replace(
        self, who: str, set_id: str, started_from: str | None, name: str, days: Sequence[NamedDay]
    ) -> None:
        """Give it this name and these days; the schedules that name it follow at once.

        `started_from` is the etag the editor saw.

        Raises:
            UnknownDaySet, DaySetBuiltIn: it cannot be changed.
            Stale: somebody else has edited it since.
            DayOutOfRange: what `create` raises.
        """
        with self._db.write() as session:
            row = _own(session, set_id)
            next_version(row, started_from)
            replace(session, who, row, changed(draft_of(row), name=name, days=tuple(days)), self._clock())

    def delete(self, who: str, set_id: str, started_from: str | None) -> None:
        """Delete a day set that no schedule names.

        Raises:
            UnknownDaySet, DaySetBuiltIn: it cannot be deleted.
            Stale: somebody else has edited it since.
            DaySetInUse: schedules name it.
        """
        with self._db.write() as session:
            row = _own(session, set_id)
            next_version(row, started_from)
            if used := uses(session).get(set_id):
                names = dict.fromkeys(f"“{one.name}”" for one in used)  # both parts of a split have one name
                raise DaySetInUse(names=", ".join(names))
            audit.record(
                session, who, "day_set.delete", set_id, _facts(draft_of(row)), None, at=self._clock()
            )
            session.delete(row)


def create(session: Session, who: str, draft: DaySetDraft, now: datetime) -> DaySet:
    """Add a day set within a transaction; see `DaySets.create`."""
    draft = checked(session, draft)
    row = DaySet(id=new_id("day"), created_at=now, version=1)
    _put(row, draft)
    session.add(row)
    audit.record(session, who, "day_set.create", row.id, None, _facts(draft), at=now)
    return row


def replace(session: Session, who: str, row: DaySet, draft: DaySetDraft, now: datetime) -> None:
    """Make the day set what the draft says, within a transaction. The caller counts the edit."""
    before, draft = draft_of(row), checked(session, draft)
    _put(row, draft)
    audit.record(session, who, "day_set.update", row.id, _facts(before), _facts(draft), at=now)


def find(session: Session, set_id: str) -> DaySet:
    """The row of an operator's day set.

    Raises:
        UnknownDaySet: there is none with this id.
    """
    row = session.get(DaySet, set_id)
    if row is None:
        raise UnknownDaySet()
    return row


def draft_of(row: DaySet) -> DaySetDraft:
    """What an operator would send to get this day set as it is."""
    days = (NamedDay(date.fromisoformat(one["day"]), one["name"]) for one in row.days)
    return DaySetDraft(row.name, row.unit_id, tuple(days))


def get_ready(set_ids: Iterable[str]) -> None:
    """Work out the built-in sets away from the sockets, if one is named: the first time takes a tenth of a second.

    Not within a writing transaction, which must not yield.
    """
    if not PUBLIC_DAYS.keys().isdisjoint(set_ids):
        off_loop(public_days.load)


def known_days(session: Session, set_ids: Iterable[str]) -> KnownDays:
    """The dates of those of the sets that are there. One query, and none without operators' own."""
    wanted = set(set_ids)
    known = {set_id: public_dates(set_id) for set_id in wanted & PUBLIC_DAYS.keys()}
    if own := wanted - known.keys():
        rows = session.execute(select(DaySet.id, DaySet.days).where(DaySet.id.in_(own)))
        known |= {set_id: frozenset(date.fromisoformat(one["day"]) for one in days) for set_id, days in rows}
    return known


def days_for(session: Session, schedules: Iterable[Schedule]) -> KnownDays:
    """The dates of all sets that some schedules name."""
    return known_days(session, sets_of(schedules))


def sets_of(schedules: Iterable[Schedule]) -> set[str]:
    """The ids of all sets that some schedules name."""
    return {one for row in schedules for one in (*row.only_sets, *row.include_sets, *row.exclude_sets)}


def names_of(session: Session, set_ids: Iterable[str], language: Language) -> dict[str, str]:
    """What those of the sets that are there are called, by id."""
    wanted = set(set_ids)
    names = {set_id: PUBLIC_DAYS[set_id].name[language] for set_id in wanted & PUBLIC_DAYS.keys()}
    if own := wanted - names.keys():
        names |= dict(session.execute(select(DaySet.id, DaySet.name).where(DaySet.id.in_(own))).all())
    return names


def said_sets(draft: ScheduleDraft, names: Mapping[str, str]) -> SetNames:
    """The day sets of a schedule as its sentence names them; `names` is what `names_of` found."""
    parts = (draft.only_sets, draft.include_sets, draft.exclude_sets)
    return SetNames(*(tuple(sorted(names[one] for one in part if one in names)) for part in parts))


def uses(session: Session) -> dict[str, list[SetUse]]:
    """Which schedules name which set: in the order of names, for each set that is named."""
    found: dict[str, list[SetUse]] = {}
    named = (Schedule.only_sets, Schedule.include_sets, Schedule.exclude_sets)
    rows = session.execute(select(Schedule.id, Schedule.name, *named).order_by(Schedule.name, Schedule.id))
    for schedule_id, name, *sets in rows:
        for set_id in dict.fromkeys(one for part in sets for one in part):
            found.setdefault(set_id, []).append(SetUse(schedule_id, name))
    return found


def _own(session: Session, set_id: str) -> DaySet:
    if set_id in PUBLIC_DAYS:
        raise DaySetBuiltIn()
    return find(session, set_id)


def checked(session: Session, draft: DaySetDraft) -> DaySetDraft:
    """The draft as it is kept: each day once, with the first name it was given, in order.

    Raises:
        DayOutOfRange: a day lies in a year that no schedule can reach.
        NoSuchUnit: the unit it is to belong to does not exist.
    """
    by_day: dict[date, NamedDay] = {}
    for one in draft.days:
        if one.day.year not in YEARS:
            raise refusals.DayOutOfRange(day=one.day)
        if one.day not in by_day or not by_day[one.day].name:
            by_day[one.day] = one
    check_unit(session, draft.unit_id)
    return changed(draft, days=tuple(by_day[day] for day in sorted(by_day)))


def _put(row: DaySet, draft: DaySetDraft) -> None:
    row.name, row.unit_id, row.days = draft.name, draft.unit_id, _facts(draft)["days"]


def _facts(draft: DaySetDraft) -> dict[str, Any]:
    """The day set as the audit trail (and its row) keeps it."""
    days = [{"day": one.day.isoformat(), "name": one.name} for one in draft.days]
    return {"name": draft.name, "unit_id": draft.unit_id, "days": days}
