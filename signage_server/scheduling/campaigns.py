"""Playlist documents against the database: taken in once however often they are sent, and written out again.

A document names things by their titles, so importing it again brings the playlists and schedules of that name (of the
same unit) up to date. What a document does not speak of, such as where a schedule goes, stays as operators set it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.accounts.models import Unit
from signage_server.accounts.references import check_unit
from signage_server.clock import Clock
from signage_server.db import Database, next_version
from signage_server.errors import Language
from signage_server.library.library import Library
from signage_server.playlists import day_lists, documents, playlists
from signage_server.playlists.day_lists import dates_of, names_of
from signage_server.playlists.models import Playlist
from signage_server.playlists.playlists import PlaylistDraft, SlideDraft
from signage_server.scheduling import day_sets, schedules, specs
from signage_server.scheduling.day_sets import DaySetDraft
from signage_server.scheduling.models import DaySet, Schedule
from signage_server.scheduling.public_days import IDS_BY_NAME, NamedDay
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.specs import ScheduleDraft
from signage_server.scheduling.targets import EVERYWHERE, Target

_OFF: Mapping[Language, str] = {"vi": "tắt màn hình", "en": "screens off"}

Row = TypeVar("Row", Playlist, Schedule, DaySet)


@dataclass(frozen=True)
class Imported:
    """What an import left behind, in the order of the document."""

    playlist_ids: tuple[str, ...]
    schedule_ids: tuple[str, ...]
    edits: int
    """How many playlists and schedules were made or changed; 0: everything was there already."""


class Campaigns:
    """Imports documents. Their notices go through the library, which prepares the pictures in the background."""

    def __init__(self, db: Database, clock: Clock, library: Library) -> None:
        self._db = db
        self._clock = clock
        self._library = library

    def take_in(self, who: str, unit_id: str, document: documents.Document, today: date) -> Imported:
        """Make the document's notices, playlists and schedules those of a unit.

        `today` is the first day of schedules that name none. What is cut off in between is finished by doing it again.

        Raises:
            NoSuchUnit: there is no such unit.
            Invalid: a schedule of the document cannot be kept (scheduling.schedules).
        """
        with self._db.read() as session:
            check_unit(session, unit_id)
        assets = {
            name: self._library.add_notice(who, unit_id, notice, notice.title).asset_id
            for name, notice in document.notices.items()
        }
        day_sets.get_ready(IDS_BY_NAME.get(name, "") for one in document.schedules for name in one.sets)
        with self._db.write() as session:
            return _Import(session, who, unit_id, self._clock(), today).put(document, assets)


class _Import:
    """One import, inside one transaction."""

    def __init__(self, session: Session, who: str, unit_id: str, now: datetime, today: date) -> None:
        self._session = session
        self._who = who
        self._unit_id = unit_id
        self._now = now
        self._today = today
        self._edits = 0

    def put(self, document: documents.Document, assets: Mapping[str, str]) -> Imported:
        """Everything in the document, in its order."""
        titles = dict(
            zip(document.playlists, _distinct(one.title for one in document.playlists.values()), strict=True)
        )
        playlist_ids = {
            name: self._put_playlist(titles[name], one, assets) for name, one in document.playlists.items()
        }
        sets = {**IDS_BY_NAME} | {name: self._put_day_set(one) for name, one in document.day_sets.items()}
        names = _distinct(_schedule_title(document, one, titles) for one in document.schedules)
        schedule_ids = [
            self._put_schedule(name, one, playlist_ids.get(one.playlist or ""), sets)
            for name, one in zip(names, document.schedules, strict=True)
        ]
        return Imported(tuple(playlist_ids.values()), tuple(schedule_ids), self._edits)

    def _put_playlist(self, name: str, wanted: documents.Playlist, assets: Mapping[str, str]) -> str:
        there = self._first(Playlist, name)
        slides = [
            SlideDraft(assets[one.notice], one.duration_ms, one.fit, transition=one.transition)
            for one in wanted.slides
        ]
        if there is None:
            draft = PlaylistDraft(name, tuple(slides), self._unit_id)
            self._edits += 1
            return playlists.create(self._session, self._who, draft, self._now).id
        before = playlists.draft_of(there)
        draft = changed(before, slides=tuple(_kept(slides, before.slides)))
        if draft != before:
            next_version(there, None)
            playlists.replace(self._session, self._who, there, draft, self._now)
            self._edits += 1
        return there.id

    def _put_day_set(self, wanted: day_lists.DaySet) -> str:
        there = self._first(DaySet, wanted.title)
        days = tuple(NamedDay(one.day, one.name) for one in wanted.days)
        draft = DaySetDraft(wanted.title, self._unit_id, days)
        if there is None:
            self._edits += 1
            return day_sets.create(self._session, self._who, draft, self._now).id
        if day_sets.checked(self._session, draft) != day_sets.draft_of(there):
            next_version(there, None)
            day_sets.replace(self._session, self._who, there, draft, self._now)
            self._edits += 1
        return there.id

    def _put_schedule(
        self, name: str, wanted: documents.Schedule, playlist_id: str | None, sets: Mapping[str, str]
    ) -> str:
        there = self._first(Schedule, name)
        if there is None:
            draft = _drafted(wanted, self._new_draft(name), playlist_id, sets)
            self._edits += 1
            return schedules.create(self._session, self._who, draft, self._now).id
        before = specs.draft_of(there, day_sets.days_for(self._session, [there]))
        wanted_draft = _drafted(wanted, before, playlist_id, sets)
        draft = schedules.checked(self._session, wanted_draft, self._now, but=there.id)
        if draft != before:
            next_version(there, None)
            schedules.replace(self._session, self._who, there, draft, self._now)
            self._edits += 1
        return there.id

    def _new_draft(self, name: str) -> ScheduleDraft:
        unit = self._session.get_one(Unit, self._unit_id)
        target = EVERYWHERE if unit.parent_id is None else Target("unit", unit.id)
        return ScheduleDraft(name, self._unit_id, "rotation", DateRule(self._today), targets=(target,))

    def _first(self, kind: type[Row], name: str) -> Row | None:
        named = select(kind).where(kind.name == name, kind.unit_id == self._unit_id)
        return self._session.scalar(named.order_by(kind.created_at, kind.id).limit(1))


def _drafted(
    wanted: documents.Schedule, before: ScheduleDraft, playlist_id: str | None, sets: Mapping[str, str]
) -> ScheduleDraft:
    """What the document says, over what was there. `sets` are the ids of day sets by their names in the document."""
    rule = DateRule(
        first_day=wanted.first_day or before.rule.first_day,
        last_day=wanted.last_day,
        rrule=None if wanted.days == documents.DAYS else wanted.rrule,
        except_days=before.rule.except_days if wanted.not_on is None else dates_of(wanted.not_on),
        extra_days=before.rule.extra_days if wanted.also_on is None else dates_of(wanted.also_on),
    )
    return changed(
        before,
        only_sets=_ids(wanted.only_on, sets, before.only_sets),
        include_sets=_ids(wanted.also_on, sets, before.include_sets),
        exclude_sets=_ids(wanted.not_on, sets, before.exclude_sets),
        role=wanted.role,
        playlist_id=playlist_id,
        rule=rule,
        windows=tuple(Window(_minutes(one.from_time), _minutes(one.to_time)) for one in wanted.windows),
        priority=wanted.priority or 0,
        every_ms=wanted.every_ms,
        take=(wanted.take or "next") if wanted.role == "reminder" else None,
    )


def _ids(
    listed: tuple[date | str, ...] | None, sets: Mapping[str, str], before: tuple[str, ...]
) -> tuple[str, ...]:
    return before if listed is None else tuple(sets[name] for name in names_of(listed))


def _kept(wanted: Iterable[SlideDraft], before: Iterable[SlideDraft]) -> Iterator[SlideDraft]:
    """The wanted slides, with the ids (and focus) of those that showed the same asset before."""
    left = list(before)
    for slide in wanted:
        same = next((one for one in left if one.asset_id == slide.asset_id), None)
        if same is None:
            yield slide
        else:
            left.remove(same)
            yield changed(slide, id=same.id, focus=same.focus)


def _schedule_title(
    document: documents.Document, wanted: documents.Schedule, titles: Mapping[str, str]
) -> str:
    if wanted.playlist is None:
        return f"{document.campaign.title}: {_OFF[document.campaign.language]}"
    return titles[wanted.playlist]


def _distinct(titles: Iterable[str]) -> list[str]:
    """Titles, numbered where one comes again: `A`, `A (2)`."""
    seen: dict[str, int] = {}
    found = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found


def _minutes(wall_time: str) -> int:
    hours, minutes = wall_time.split(":")
    return int(hours) * 60 + int(minutes)
