"""Reads the facts in one transaction, and makes anew only those whose rows are others than the last time."""

import threading
from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Executable, or_, select
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts.models import Unit
from signage_server.db import Database, Revision
from signage_server.delivery.cohorts import Placed, TargetRow, UnitRow, cohorts_of
from signage_server.delivery.facts import (
    PICTURE_COLUMNS,
    SLIDE_COLUMNS,
    AssetFact,
    Cohort,
    Facts,
    ScreenFact,
    SlideFact,
    read_assets,
    slide_of,
)
from signage_server.delivery.remembered import Same
from signage_server.delivery.table_rows import CHUNK, Kept, Pause, Row, Rows, bare_rows, by_first
from signage_server.library.models import Asset, Rendition
from signage_server.library.notices import Notice
from signage_server.playlists.models import Slide
from signage_server.scheduling.day_sets import get_ready, known_days
from signage_server.scheduling.models import Schedule, ScheduleTarget
from signage_server.scheduling.specs import KnownDays
from signage_server.screens.models import Screen, ScreenTag

SCHEDULES_AT_ONCE = 50
"""Rows of many columns, made into objects of many parts: a few milliseconds."""


class Planned(NamedTuple):
    """A schedule, with what every reading asks of it."""

    row: Schedule
    playlist: str | None
    sets: tuple[str, ...]
    """The ids of the day sets that it names."""


class FactReader:
    """Reads all that manifests are made from, again and again."""

    def __init__(self, db: Database, built_in: Notice, pause: Pause) -> None:
        """`pause` is called now and then, since reading blocks nobody."""
        self._db = db
        self._built_in = sha256(built_in.source_bytes()).hexdigest()
        self._pause = pause
        self._one_at_a_time = threading.Lock()
        self._placed: Kept[tuple[Row, ...], Placed] = Kept(CHUNK, pause)
        self._planned: Kept[tuple[Row, ...], Planned] = Kept(SCHEDULES_AT_ONCE, pause)
        self._playlists: Kept[tuple[Row, ...], tuple[SlideFact, ...]] = Kept(CHUNK, pause)
        self._assets: Kept[tuple[Row, ...], AssetFact] = Kept(CHUNK, pause)
        self._schedules = Same[Mapping[str, Schedule]]()
        self._shown = Same[Mapping[str, tuple[SlideFact, ...]]]()
        self._known_days = Same[KnownDays]()
        self._grouped: tuple[Mapping[str, Placed], Rows, Rows] = ({}, [], [])
        self._screens: Mapping[str, ScreenFact] = {}
        self._cohorts: Mapping[Cohort, list[str]] = {}

    def read(self) -> Facts:
        """Everything as it is now."""
        with self._one_at_a_time, self._db.read() as session:
            return self._read(session)

    def _read(self, session: Session) -> Facts:
        revision = session.scalar(select(Revision.value)) or 0
        targets = self._rows(session, _TARGETS)
        self._group(self._read_screens(session), targets, self._rows(session, _UNITS))
        planned = self._read_schedules(session, targets)
        sets = {one for plan in planned.values() for one in plan.sets}
        get_ready(sets)
        known = known_days(session, sets)
        playlists = self._read_playlists(session)
        assets = self._read_assets(session)
        own = session.scalar(_FIRST_ASSET.where(Asset.source_sha256 == self._built_in))
        named = {one.playlist for one in planned.values()}.union(*(one.fallbacks for one in self._cohorts))
        return Facts(
            revision=revision,
            screens=self._screens,
            cohorts=self._cohorts,
            schedules=self._schedules.if_equal({name: one.row for name, one in planned.items()}),
            known_days=self._known_days.if_equal(known),
            playlists=self._shown.if_equal({name: playlists.get(name, ()) for name in named if name}),
            assets=assets,
            built_in=assets.get(own) if own else None,
            built_in_exists=own is not None,
        )

    def _rows(self, session: Session, query: Executable) -> Rows:
        return bare_rows(session, query, self._pause)

    def _read_screens(self, session: Session) -> Mapping[str, Placed]:
        screens, tags = self._rows(session, _SCREENS), self._rows(session, _TAGS)

        def behind() -> dict[str, tuple[Row, ...]]:
            tagged = by_first(tags)
            return {row[0]: (row, *tagged.get(row[0], ())) for row in screens}

        return self._placed.update([screens, tags], behind, _placed)

    def _group(self, placed: Mapping[str, Placed], targets: Rows, units: Rows) -> None:
        """Group the screens anew if anything that their cohorts depend on has changed."""
        before, *others = self._grouped
        if placed is before and [targets, units] == others:
            return
        self._screens = {one.screen.id: one.screen for one in placed.values()}
        self._cohorts = cohorts_of(
            placed.values(),
            [TargetRow(*row) for row in targets],
            [UnitRow(*row) for row in units],
            self._pause,
        )
        self._grouped = placed, targets, units

    def _read_schedules(self, session: Session, targets: Rows) -> Mapping[str, Planned]:
        rows = self._rows(session, _SCHEDULES)

        def behind() -> dict[str, tuple[Row, ...]]:
            where = by_first(targets)
            return {row[0]: (row, *where.get(row[0], ())) for row in rows}

        def make(some: Collection[str]) -> dict[str, Planned]:
            query = select(Schedule).options(selectinload(Schedule.targets)).where(Schedule.id.in_(some))
            return {one.id: _planned(one) for one in session.scalars(query)}

        return self._planned.update([rows, targets], behind, make)

    def _read_playlists(self, session: Session) -> Mapping[str, tuple[SlideFact, ...]]:
        rows = self._rows(session, _SLIDES)
        return self._playlists.update(
            [rows],
            lambda: by_first(rows),
            lambda some: {name: tuple(map(slide_of, slides)) for name, slides in some.items()},
        )

    def _read_assets(self, session: Session) -> Mapping[str, AssetFact]:
        """Those that any slide shows, and the built-in notice."""
        shown = or_(Asset.id.in_(select(Slide.asset_id)), Asset.source_sha256 == self._built_in)
        assets = self._rows(session, _ASSETS.where(shown))
        pictures = self._rows(session, _PICTURES.join(Rendition.asset).where(shown))

        def behind() -> dict[str, tuple[Row, ...]]:
            made = by_first(pictures)
            return {row[0]: (row, *made.get(row[0], ())) for row in assets}

        return self._assets.update(
            [assets, pictures], behind, lambda some: read_assets(session, some, self._pause)
        )


def _planned(row: Schedule) -> Planned:
    return Planned(row, row.playlist_id, (*row.only_sets, *row.include_sets, *row.exclude_sets))


def _placed(some: Mapping[str, tuple[Row, ...]]) -> dict[str, Placed]:
    return {name: _placed_screen(row, tags) for name, (row, *tags) in some.items()}


def _placed_screen(row: Row, tags: list[Row]) -> Placed:
    screen_id, name, place, unit_id, zone, profile, fallback = row
    keys = tuple(key for _, key in tags)
    return Placed(ScreenFact(screen_id, name, place, unit_id, zone, profile, keys), fallback)


_SCREENS = select(
    Screen.id,
    Screen.name,
    Screen.place,
    Screen.unit_id,
    Screen.zone,
    Screen.profile,
    Screen.fallback_playlist_id,
)
_TAGS = select(ScreenTag.screen_id, ScreenTag.tag_key).order_by(ScreenTag.screen_id, ScreenTag.tag_key)
_UNITS = select(Unit.id, Unit.parent_id, Unit.fallback_playlist_id)
_SCHEDULES = select(Schedule.__table__)
_TARGETS = select(ScheduleTarget.schedule_id, ScheduleTarget.kind, ScheduleTarget.ref).order_by(
    ScheduleTarget.schedule_id, ScheduleTarget.id
)
_SLIDES = select(*SLIDE_COLUMNS).order_by(Slide.playlist_id, Slide.position)
_ASSETS = select(Asset.id, Asset.alt, Asset.expires_at)
_PICTURES = select(*PICTURE_COLUMNS).order_by(Rendition.asset_id, Rendition.profile)
_FIRST_ASSET = select(Asset.id).order_by(Asset.id).limit(1)
