"""Rows of the schedule table as the values that the pure modules work with, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from signage_server.scheduling.models import Schedule, ScheduleTarget
from signage_server.scheduling.plan import Take
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.targets import EVERYWHERE, Target, TargetKind
from signage_server.scheduling.timeline import Role, ScheduleSpec, SlideSpec

ALL_DAY = Window(0, 1440)

KnownDays = Mapping[str, frozenset[date]]
"""The dates of day sets, by id (scheduling.day_sets)."""
_NO_DAYS: frozenset[date] = frozenset()


@dataclass(frozen=True)
class ScheduleDraft:
    """A schedule as an operator wants it: a playlist + where + when + how."""

    name: str
    unit_id: str
    role: Role
    rule: DateRule
    """With the days that its day sets have, once it is read or checked (`with_sets`)."""
    playlist_id: str | None = None
    """None only for the role `off`."""
    targets: tuple[Target, ...] = (EVERYWHERE,)
    windows: tuple[Window, ...] = (ALL_DAY,)
    zone: str | None = None
    """None: each screen's own."""
    priority: int = 0
    share_permille: int | None = None
    every_ms: int | None = None
    take: Take | None = None
    silences_reminders: bool = False
    only_sets: tuple[str, ...] = ()
    """Ids of day sets."""
    include_sets: tuple[str, ...] = ()
    exclude_sets: tuple[str, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """The ids of all day sets that it names."""
        return (*self.only_sets, *self.include_sets, *self.exclude_sets)


def with_sets(draft: ScheduleDraft, known: KnownDays) -> ScheduleDraft:
    """The draft with the dates of its day sets in its rule. A set that is not known has none."""
    rule = replace(
        draft.rule,
        only_days=_union(draft.only_sets, known) if draft.only_sets else None,
        include_days=_union(draft.include_sets, known),
        exclude_days=_union(draft.exclude_sets, known),
    )
    return replace(draft, rule=rule)


def spec_of(schedule: Schedule, slides: Sequence[SlideSpec], known: KnownDays) -> ScheduleSpec:
    """A schedule as far as time is concerned, with the slides of its playlist that can be shown."""
    return spec_of_draft(draft_of(schedule, known), schedule.id, slides)


def spec_of_draft(
    draft: ScheduleDraft, schedule_id: str = "", slides: Sequence[SlideSpec] = ()
) -> ScheduleSpec:
    """The same of a schedule that may not be kept."""
    return ScheduleSpec(
        id=schedule_id,
        role=draft.role,
        rule=draft.rule,
        windows=draft.windows,
        zone_name=draft.zone,
        priority=draft.priority,
        share_permille=draft.share_permille,
        every_ms=draft.every_ms,
        take=draft.take or "next",
        silences_reminders=draft.silences_reminders,
        slides=tuple(slides),
    )


def _said_rule(schedule: Schedule) -> DateRule:
    """The days of a schedule as they are said by hand."""
    return DateRule(
        first_day=schedule.first_day,
        last_day=schedule.last_day,
        rrule=schedule.rrule,
        except_days=_days(schedule.except_days),
        extra_days=_days(schedule.extra_days),
    )


def windows_of(schedule: Schedule) -> tuple[Window, ...]:
    """The stretches of the wall clock in which a schedule is on."""
    return tuple(Window(*minutes) for minutes in schedule.windows)


def target_of(row: ScheduleTarget) -> Target:
    """One of the places a schedule goes to."""
    return Target(cast(TargetKind, row.kind), row.ref)


def draft_of(schedule: Schedule, known: KnownDays) -> ScheduleDraft:
    """What an operator would send to get this schedule as it is; `known` holds the days of its day sets."""
    draft = ScheduleDraft(
        name=schedule.name,
        unit_id=schedule.unit_id,
        role=cast(Role, schedule.role),
        rule=_said_rule(schedule),
        playlist_id=schedule.playlist_id,
        targets=tuple(target_of(row) for row in schedule.targets),
        windows=windows_of(schedule),
        zone=schedule.zone,
        priority=schedule.priority,
        share_permille=schedule.share_permille,
        every_ms=schedule.every_ms,
        take=cast(Take | None, schedule.take),
        silences_reminders=schedule.silences_reminders,
        only_sets=tuple(schedule.only_sets),
        include_sets=tuple(schedule.include_sets),
        exclude_sets=tuple(schedule.exclude_sets),
    )
    return with_sets(draft, known)


def put(schedule: Schedule, draft: ScheduleDraft) -> None:
    """Write a draft into a row."""
    schedule.name, schedule.unit_id, schedule.role = draft.name, draft.unit_id, draft.role
    schedule.playlist_id, schedule.zone = draft.playlist_id, draft.zone
    schedule.first_day, schedule.last_day, schedule.rrule = (
        draft.rule.first_day,
        draft.rule.last_day,
        draft.rule.rrule,
    )
    schedule.except_days = [day.isoformat() for day in draft.rule.except_days]
    schedule.extra_days = [day.isoformat() for day in draft.rule.extra_days]
    schedule.only_sets, schedule.include_sets = list(draft.only_sets), list(draft.include_sets)
    schedule.exclude_sets = list(draft.exclude_sets)
    schedule.windows = [[window.from_min, window.to_min] for window in draft.windows]
    schedule.priority, schedule.share_permille = draft.priority, draft.share_permille
    schedule.every_ms, schedule.take = draft.every_ms, draft.take
    schedule.silences_reminders = draft.silences_reminders
    if [target_of(row) for row in schedule.targets] != list(draft.targets):
        schedule.targets = [ScheduleTarget(kind=target.kind, ref=target.ref) for target in draft.targets]


def _union(set_ids: Sequence[str], known: KnownDays) -> frozenset[date]:
    """The dates of all the sets; of a single one the very same object, which is quick to compare."""
    if len(set_ids) == 1:
        return known.get(set_ids[0], _NO_DAYS)
    return _NO_DAYS.union(*(known.get(set_id, _NO_DAYS) for set_id in set_ids))


def _days(texts: Sequence[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)
