"""Schedules: a playlist, where, when and how. Saving is going live."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from apiflask import APIBlueprint
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from signage_server.clock import to_ms
from signage_server.db import etag_of
from signage_server.playlists.models import Playlist
from signage_server.scheduling import day_sets, specs
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.recurrence import DateRule, Occurrence, Window, next_occurrences
from signage_server.scheduling.schedules import find
from signage_server.scheduling.sentences import say_schedule
from signage_server.scheduling.specs import ScheduleDraft
from signage_server.scheduling.targets import Target
from signage_server.web.auth import who
from signage_server.web.etags import etagged, sent_etag, versioned
from signage_server.web.paging import Listed, PageIn, page
from signage_server.web.problems import language
from signage_server.web.rooms import rooms
from signage_server.web.schemas.schedules import ScheduleIn, ScheduleOut, SplitIn, SplitOut, WindowIn
from signage_server.web.schemas.schedules import Target as TargetOut

blueprint = APIBlueprint("schedules", __name__, tag="Schedules")


class ScheduleList(Listed[ScheduleOut]):
    """A page of schedules."""


@blueprint.get("/schedules")
@blueprint.input(PageIn, location="query")
@blueprint.output(ScheduleList)
def list_schedules(query_data: PageIn) -> ScheduleList:
    """The schedules, by name."""
    query = select(Schedule).options(selectinload(Schedule.targets))
    with rooms().db.read() as session:
        found = page(session, query, Schedule.name, Schedule.id, where=query_data)
        return ScheduleList(items=_outs(session, found.items), next=found.next)


@blueprint.post("/schedules")
@blueprint.input(ScheduleIn)
@blueprint.output(ScheduleOut, status_code=201)
def create_schedule(json_data: ScheduleIn) -> Any:
    """Make a schedule."""
    draft = draft_of_body(json_data, json_data.unit_id or who().unit_id)
    return etagged(_current(rooms().schedules.create(who().id, draft)), 201)


@blueprint.get("/schedules/<schedule_id>")
@blueprint.output(ScheduleOut)
def get_schedule(schedule_id: str) -> Any:
    """One schedule."""
    return etagged(_current(schedule_id))


@blueprint.put("/schedules/<schedule_id>")
@versioned
@blueprint.input(ScheduleIn)
@blueprint.output(ScheduleOut)
def replace_schedule(schedule_id: str, json_data: ScheduleIn) -> Any:
    """Replace a schedule; without `unit_id` it stays where it is."""
    unit_id = json_data.unit_id or _current(schedule_id).unit_id
    rooms().schedules.replace(who().id, schedule_id, sent_etag(), draft_of_body(json_data, unit_id))
    return etagged(_current(schedule_id))


@blueprint.post("/schedules/<schedule_id>/split")
@versioned
@blueprint.input(SplitIn)
@blueprint.output(SplitOut)
def split_schedule(schedule_id: str, json_data: SplitIn) -> SplitOut:
    """Change one day of a schedule, or a day and all that follow; to change all of it, replace it.

    The days outside the scope stay as they were. Without a change the days are taken out.
    """
    sent, before = json_data.change, _current(schedule_id)
    change = draft_of_body(sent, sent.unit_id or before.unit_id) if sent is not None else None
    done = rooms().splitting.split(who().id, schedule_id, sent_etag(), json_data.day, json_data.scope, change)
    return SplitOut(
        schedule=_current(done.schedule_id) if done.schedule_id else None,
        made=_current(done.made_id) if done.made_id else None,
    )


@blueprint.delete("/schedules/<schedule_id>")
@versioned
@blueprint.output({}, status_code=204)
def delete_schedule(schedule_id: str) -> Any:
    """Delete a schedule; boards stop playing it at once."""
    rooms().schedules.delete(who().id, schedule_id, sent_etag())
    return "", 204


def draft_of_body(body: ScheduleIn, unit_id: str) -> ScheduleDraft:
    """The schedule that a body asks for, in a unit."""
    return ScheduleDraft(
        name=body.name,
        unit_id=unit_id,
        role=body.role,
        rule=DateRule(
            body.first_day, body.last_day, body.rrule, tuple(body.except_days), tuple(body.extra_days)
        ),
        playlist_id=body.playlist_id,
        targets=tuple(Target(target.kind, target.ref) for target in body.targets),
        windows=tuple(Window(_minutes(window.start), _minutes(window.end)) for window in body.windows),
        zone=body.zone,
        priority=body.priority,
        share_permille=body.share_permille,
        every_ms=body.every_ms,
        take=body.take,
        silences_reminders=body.silences_reminders,
        only_sets=tuple(body.only_sets),
        include_sets=tuple(body.include_sets),
        exclude_sets=tuple(body.exclude_sets),
    )


def windows_out(windows: Sequence[Window]) -> list[WindowIn]:
    """Windows as the API shows them, in wall time."""
    return [WindowIn(start=_wall_time(window.from_min), end=_wall_time(window.to_min)) for window in windows]


def _current(schedule_id: str) -> ScheduleOut:
    with rooms().db.read() as session:
        return _outs(session, [find(session, schedule_id)])[0]


def _outs(session: Session, schedules: Sequence[Schedule]) -> list[ScheduleOut]:
    played = {schedule.playlist_id for schedule in schedules if schedule.playlist_id}
    names = dict(session.execute(select(Playlist.id, Playlist.name).where(Playlist.id.in_(played))).all())
    known = day_sets.days_for(session, schedules)
    called = day_sets.names_of(session, known, language())
    return [_out(schedule, specs.draft_of(schedule, known), names, called) for schedule in schedules]


def _out(
    schedule: Schedule, draft: ScheduleDraft, names: Mapping[str, str], sets: Mapping[str, str]
) -> ScheduleOut:
    said = day_sets.said_sets(draft, sets)
    return ScheduleOut(
        id=schedule.id,
        unit_id=draft.unit_id,
        name=draft.name,
        playlist_id=draft.playlist_id,
        playlist_name=names.get(draft.playlist_id or ""),
        role=draft.role,
        targets=[TargetOut(kind=target.kind, ref=target.ref) for target in draft.targets],
        first_day=draft.rule.first_day,
        last_day=draft.rule.last_day,
        rrule=draft.rule.rrule,
        except_days=list(draft.rule.except_days),
        extra_days=list(draft.rule.extra_days),
        only_sets=list(draft.only_sets),
        include_sets=list(draft.include_sets),
        exclude_sets=list(draft.exclude_sets),
        windows=windows_out(draft.windows),
        zone=draft.zone,
        priority=draft.priority,
        share_permille=draft.share_permille,
        every_ms=draft.every_ms,
        take=draft.take,
        silences_reminders=draft.silences_reminders,
        sentence=say_schedule(specs.spec_of_draft(draft), language(), said),
        active_now=_is_on(draft),
        created_at=schedule.created_at,
        etag=etag_of(schedule),
    )


def _is_on(draft: ScheduleDraft) -> bool:
    now_ms = to_ms(rooms().clock())
    return any(one.start_ms <= now_ms for one in _coming(draft, 1))


def _coming(draft: ScheduleDraft, count: int) -> list[Occurrence]:
    """The next windows, in the schedule's zone or (for screens of all zones) the installation's."""
    zone = ZoneInfo(draft.zone or rooms().settings.timezone)
    return next_occurrences(draft.rule, draft.windows, zone, to_ms(rooms().clock()), count)


def _minutes(wall_time: str) -> int:
    hours, minutes = wall_time.split(":")
    return int(hours) * 60 + int(minutes)


def _wall_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
