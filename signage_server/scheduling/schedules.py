"""Schedules: what plays where and when. Checked when they are saved, so that what is stored can be played.

The functions that take a session run inside somebody's transaction; `Schedules` opens one for each edit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace as changed
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts import audit
from signage_server.accounts.models import Unit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock, zone_names
from signage_server.db import Database, new_id, next_version
from signage_server.errors import Invalid, Language, NotFound
from signage_server.playlists.models import Playlist
from signage_server.playlists.playlists import Use
from signage_server.scheduling.day_sets import DaySetGone, get_ready, known_days
from signage_server.scheduling.models import Schedule, ScheduleTarget
from signage_server.scheduling.promises import clash_with
from signage_server.scheduling.recurrence import check_rrule, check_rule
from signage_server.scheduling.specs import ScheduleDraft, put, with_sets
from signage_server.scheduling.targets import EVERYWHERE, Target, looked_up
from signage_server.scheduling.weights import MAX_SHARES
from signage_server.scheduling.wording import say_percent
from signage_server.screens.models import Screen
from signage_server.screens.tags import tidy_tag


class UnknownSchedule(NotFound):
    """No schedule has this id."""

    code = "unknown_schedule"
    vi = "Không tìm thấy lịch này. Có thể nó đã bị xoá; hãy tải lại trang."
    en = "This schedule does not exist. It may have been deleted; reload the page."


class PlaylistMissing(Invalid):
    """Only the role `off` plays nothing."""

    code = "schedule_playlist_missing"
    vi = "Hãy chọn danh sách phát cho lịch này."
    en = "Choose the playlist that this schedule plays."


class SchedulePlaylistUnknown(Invalid):
    """The playlist is not there any more."""

    code = "schedule_playlist_unknown"
    vi = "Danh sách phát đã chọn không còn nữa. Hãy chọn danh sách khác."
    en = "The playlist that was chosen is gone. Choose another one."


class RhythmMissing(Invalid):
    """A reminder without a rhythm."""

    code = "reminder_every_missing"
    vi = "Lời nhắc cần cho biết bao lâu nhắc lại một lần, ví dụ 15 phút."
    en = "A reminder needs to know how often it comes back, for instance every 15 minutes."


class TakeMissing(Invalid):
    """A reminder that does not say how much of its playlist it shows."""

    code = "reminder_take_missing"
    vi = "Lời nhắc cần cho biết mỗi lần chiếu một trang kế tiếp hay cả danh sách."
    en = "A reminder needs to know whether it shows the next slide each time, or the whole playlist."


class ScheduleZoneUnknown(Invalid):
    """Not the name of a time zone."""

    code = "schedule_zone_unknown"
    vi = "Không có múi giờ “{zone}”. Hãy chọn múi giờ khác, hoặc để theo giờ của từng màn hình."
    en = "No time zone is called “{zone}”. Choose another one, or leave it to each screen's own."


class TargetUnknown(Invalid):
    """A schedule goes to something that is not there."""

    code = "schedule_target_unknown"
    vi = "Nơi chiếu thứ {position} không còn nữa. Hãy bỏ nó ra rồi lưu lại."
    en = "Place {position} of this schedule is gone. Remove it and save again."


class SharesTooLarge(Invalid):
    """Rotations on at the same time were promised more than the loop has."""

    code = "shares_too_large"
    vi = (
        "Các lịch chạy cùng lúc ({names}) đòi tổng cộng {asked} thời lượng; nhiều nhất là {most}. "
        "Hãy giảm tỉ lệ của lịch này hoặc đổi giờ."
    )
    en = (
        "Schedules that are on together ({names}) want {asked} of the time; {most} is the most. "
        "Lower this one's share or move it to another time."
    )

    def message(self, language: Language) -> str:
        """With its parts of the time as each language writes them."""
        asked, most = (say_percent(self.facts[name], language) for name in ("permille", "most_permille"))
        template = self.vi if language == "vi" else self.en
        return template.format(names=self.facts["names"], asked=asked, most=most)


class Schedules:
    """What operators do with schedules."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def create(self, who: str, draft: ScheduleDraft) -> str:
        """Make a schedule and answer with its id.

        Raises:
            RecurrenceError: its days or windows cannot be played.
            Invalid: one of this module's leaves says what else is wrong.
        """
        get_ready(draft.sets)
        with self._db.write() as session:
            return create(session, who, draft, self._clock()).id

    def replace(self, who: str, schedule_id: str, started_from: str | None, draft: ScheduleDraft) -> None:
        """Make the schedule what the draft says; `started_from` is the etag the editor saw.

        Raises:
            UnknownSchedule: there is none with this id.
            Stale: somebody else has edited it since.
            Invalid: what `create` raises.
        """
        get_ready(draft.sets)
        with self._db.write() as session:
            schedule = find(session, schedule_id)
            next_version(schedule, started_from)
            replace(session, who, schedule, draft, self._clock())

    def delete(self, who: str, schedule_id: str, started_from: str | None) -> None:
        """Delete a schedule; what it played stops at once.

        Raises:
            UnknownSchedule: there is none with this id.
            Stale: somebody else has edited it since.
        """
        with self._db.write() as session:
            schedule = find(session, schedule_id)
            next_version(schedule, started_from)
            audit.record(
                session, who, "schedule.delete", schedule_id, facts_of(schedule), None, at=self._clock()
            )
            session.delete(schedule)

    def check(self, draft: ScheduleDraft, replaces: str | None = None) -> ScheduleDraft:
        """The draft as it would be kept (in the place of `replaces`); nothing is. Raises what `create` raises."""
        get_ready(draft.sets)
        with self._db.read() as session:
            return checked(session, draft, self._clock(), but=replaces)


def find(session: Session, schedule_id: str) -> Schedule:
    """The schedule with its targets.

    Raises:
        UnknownSchedule: there is none with this id.
    """
    found = session.get(Schedule, schedule_id, options=[selectinload(Schedule.targets)])
    if found is None:
        raise UnknownSchedule()
    return found


def create(session: Session, who: str, draft: ScheduleDraft, now: datetime) -> Schedule:
    """Add a schedule within a transaction; see `Schedules.create`."""
    draft = checked(session, draft, now)
    schedule = Schedule(id=new_id("sch"), created_at=now, version=1)
    put(schedule, draft)
    session.add(schedule)
    session.flush()
    audit.record(session, who, "schedule.create", schedule.id, None, facts_of(schedule), at=now)
    return schedule


def replace(session: Session, who: str, schedule: Schedule, draft: ScheduleDraft, now: datetime) -> None:
    """Make the schedule what the draft says, within a transaction. The caller counts the edit."""
    draft = checked(session, draft, now, but=schedule.id)
    before = facts_of(schedule)
    put(schedule, draft)
    session.flush()
    audit.record(session, who, "schedule.update", schedule.id, before, facts_of(schedule), at=now)


def checked(session: Session, draft: ScheduleDraft, now: datetime, but: str | None = None) -> ScheduleDraft:
    """The draft as it is kept: checked, its rule in one spelling, without what its role has no use for.

    `but` is the schedule that it replaces. Raises RecurrenceError or one of this module's leaves of Invalid.
    """
    draft = with_days(session, _tidy(draft))
    check_rule(draft.rule)
    _check_role(session, draft)
    if draft.zone is not None and draft.zone not in zone_names():
        raise ScheduleZoneUnknown(zone=draft.zone)
    check_unit(session, draft.unit_id)
    _check_targets(session, draft)
    _check_shares(session, draft, now, but)
    return draft


def schedules_by_playlist(session: Session, playlist_ids: Iterable[str]) -> dict[str, list[str]]:
    """Which schedules play these playlists: ids in the order of names, for each playlist that is played."""
    found: dict[str, list[str]] = {}
    for playlist_id, schedule_id in session.execute(
        select(Schedule.playlist_id, Schedule.id)
        .where(Schedule.playlist_id.in_(list(playlist_ids)))
        .order_by(Schedule.name, Schedule.id)
    ):
        found.setdefault(playlist_id or "", []).append(schedule_id)
    return found


def where_playlist_is_used(session: Session, playlist_id: str) -> list[Use]:
    """Every place that would miss the playlist: schedules, and screens and units that fall back on it."""
    schedules = select(Schedule.id, Schedule.name).where(Schedule.playlist_id == playlist_id)
    screens = select(Screen.id, Screen.name).where(Screen.fallback_playlist_id == playlist_id)
    units = select(Unit.id, Unit.name).where(Unit.fallback_playlist_id == playlist_id)
    return [
        *(Use("schedule", *row) for row in session.execute(schedules.order_by(Schedule.name))),
        *(Use("screen", *row) for row in session.execute(screens.order_by(Screen.name))),
        *(Use("unit", *row) for row in session.execute(units.order_by(Unit.name))),
    ]


def forget_screen(session: Session, screen_id: str) -> None:
    """Take a screen that is going out of all targets; a schedule that went nowhere else goes nowhere."""
    of_screen = (ScheduleTarget.kind == "screen") & (ScheduleTarget.ref == screen_id)
    concerned = select(ScheduleTarget.schedule_id).where(of_screen)
    session.execute(update(Schedule).where(Schedule.id.in_(concerned)).values(version=Schedule.version + 1))
    session.execute(delete(ScheduleTarget).where(of_screen))


def facts_of(schedule: Schedule) -> dict[str, Any]:
    """The schedule as the audit trail keeps it."""
    columns = {column.key: getattr(schedule, column.key) for column in Schedule.__table__.columns}
    kept = {key: value for key, value in columns.items() if key not in ("id", "created_at", "version")}
    days = {"first_day": str(schedule.first_day), "last_day": schedule.last_day and str(schedule.last_day)}
    return kept | days | {"targets": [[row.kind, row.ref] for row in schedule.targets]}


def _tidy(draft: ScheduleDraft) -> ScheduleDraft:
    """One spelling of everything, so that equal schedules are equal rows."""
    rule = changed(
        draft.rule,
        rrule=check_rrule(draft.rule.rrule) if draft.rule.rrule else None,
        except_days=tuple(sorted(set(draft.rule.except_days))),
        extra_days=tuple(sorted(set(draft.rule.extra_days))),
    )
    draft = changed(
        draft,
        rule=rule,
        targets=_each_once(draft.targets),
        only_sets=tuple(sorted(set(draft.only_sets))),
        include_sets=tuple(sorted(set(draft.include_sets))),
        exclude_sets=tuple(sorted(set(draft.exclude_sets))),
        windows=tuple(sorted(set(draft.windows), key=lambda window: (window.from_min, window.end_min))),
    )
    return changed(draft, **{field: value for role, field, value in _ONLY_FOR if draft.role not in role})


def with_days(session: Session, draft: ScheduleDraft) -> ScheduleDraft:
    """The draft with the days of its day sets. Raises DaySetGone."""
    known = known_days(session, draft.sets)
    if not known.keys() >= set(draft.sets):
        raise DaySetGone()
    return with_sets(draft, known)


def _each_once(targets: Iterable[Target]) -> tuple[Target, ...]:
    """The targets without repetitions; a tag is the same in any case. Raises TagWrong."""
    found: dict[Target, Target] = {}
    for target in targets:
        if target.kind == "tag":
            target = Target("tag", tidy_tag(target.ref or ""))
        found.setdefault(looked_up(target), target)
    return tuple(found.values())


_ONLY_FOR: Sequence[tuple[tuple[str, ...], str, Any]] = (
    (("rotation", "reminder", "takeover"), "playlist_id", None),
    (("rotation",), "share_permille", None),
    (("reminder",), "every_ms", None),
    (("reminder",), "take", None),
    (("takeover",), "priority", 0),
    (("takeover",), "silences_reminders", False),
)
"""Roles that have a use for a field, and what stands in it for the others."""


def _check_role(session: Session, draft: ScheduleDraft) -> None:
    if draft.role == "off":
        return
    if draft.playlist_id is None:
        raise PlaylistMissing()
    if session.get(Playlist, draft.playlist_id) is None:
        raise SchedulePlaylistUnknown()
    if draft.role == "reminder" and draft.every_ms is None:
        raise RhythmMissing()
    if draft.role == "reminder" and draft.take is None:
        raise TakeMissing()


def _check_targets(session: Session, draft: ScheduleDraft) -> None:
    refs = {
        kind: {target.ref for target in draft.targets if target.kind == kind} for kind in ("unit", "screen")
    }
    there = {EVERYWHERE}
    there |= {
        Target("unit", one) for one in session.scalars(select(Unit.id).where(Unit.id.in_(refs["unit"])))
    }
    screens = select(Screen.id).where(Screen.id.in_(refs["screen"]))
    there |= {Target("screen", one) for one in session.scalars(screens)}
    for position, target in enumerate(draft.targets, start=1):
        # A tag need not be there: screens may get it later.
        if target.kind != "tag" and target not in there:
            raise TargetUnknown(position=position)


def _check_shares(session: Session, draft: ScheduleDraft, now: datetime, but: str | None) -> None:
    clash = clash_with(session, draft, now, but)
    if clash is not None:
        names = ", ".join(f"“{name}”" for name in clash.names)
        raise SharesTooLarge(names=names, permille=clash.permille, most_permille=MAX_SHARES)
