"""What the database says about the boards, read in one transaction and frozen: who belongs to which cohort, and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from signage_server.accounts.models import Unit
from signage_server.accounts.references import unit_parents
from signage_server.clock import to_ms
from signage_server.db import Database, Revision
from signage_server.delivery.manifest import ManifestFile
from signage_server.library.models import Asset, Rendition
from signage_server.library.notices import Notice
from signage_server.playlists.models import Slide
from signage_server.scheduling.day_sets import days_for
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.specs import KnownDays, target_of
from signage_server.scheduling.targets import Reach, lineage
from signage_server.screens.models import Screen
from signage_server.screens.tagging import keys_by_screen

THUMBNAIL = "thumbnail"
CHUNK = 500
"""Rows read before others get their turn: a few milliseconds."""

Pause = Callable[[], None]
"""Lets the sockets have their turn."""


@dataclass(frozen=True)
class ScreenFact:
    """A screen as far as delivery is concerned."""

    id: str
    name: str
    place: str
    unit_id: str
    zone: str
    profile: str
    tags: tuple[str, ...] = ()
    """The keys of its tags (screens.tags)."""


@dataclass(frozen=True)
class Cohort:
    """What screens must have in common to share one manifest."""

    profile: str
    zone: str
    schedules: frozenset[str]
    fallbacks: tuple[str, ...]
    """Playlists for the time when nothing is scheduled, the nearest first; the first that can be shown is used."""


@dataclass(frozen=True)
class Picture:
    """A rendition: an asset's picture for a profile."""

    profile: str
    file: ManifestFile


@dataclass(frozen=True)
class AssetFact:
    """An asset of which at least one picture is ready."""

    id: str
    alt: str
    until_ms: int | None
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class SlideFact:
    """One showing of an asset in a playlist."""

    id: str
    asset: str
    duration_ms: int
    fit: Literal["cover", "contain"]
    focus: tuple[int, int]
    transition: Literal["fade", "cut"]


@dataclass(frozen=True)
class Facts:
    """All that manifests are made from, as it was at one revision."""

    revision: int
    screens: Mapping[str, ScreenFact]
    cohorts: Mapping[Cohort, Sequence[str]]
    """The ids of the screens of each."""
    schedules: Mapping[str, Schedule]
    known_days: KnownDays
    """The dates of the day sets that they name."""
    playlists: Mapping[str, Sequence[SlideFact]]
    """Those that schedules or fallbacks name."""
    assets: Mapping[str, AssetFact]
    built_in: AssetFact | None
    """The notice that is shown when there is nothing else; None: it is not there, or not ready."""
    built_in_exists: bool


def read_facts(db: Database, built_in: Notice, pause: Pause) -> Facts:
    """Everything at once; `pause` is called now and then, since reading blocks nobody."""
    with db.read() as session:
        revision = session.scalar(select(Revision.value)) or 0
        fallback_of = dict(_screens(session, pause))
        screens = {screen.id: screen for screen in fallback_of}
        schedules = {one.id: one for one in session.scalars(_SCHEDULES)}
        known_days = days_for(session, schedules.values())
        cohorts = _cohorts(session, fallback_of, schedules.values(), pause)
        named = {one.playlist_id for one in schedules.values()}.union(*(one.fallbacks for one in cohorts))
        playlists = read_playlists(session, {one for one in named if one}, pause)
        shown = {slide.asset for slides in playlists.values() for slide in slides}
        own = _asset_of(session, built_in)
        assets = read_assets(session, shown | ({own} if own else set()), pause)
    return Facts(
        revision=revision,
        screens=screens,
        cohorts=cohorts,
        schedules=schedules,
        known_days=known_days,
        playlists=playlists,
        assets=assets,
        built_in=assets.get(own) if own else None,
        built_in_exists=own is not None,
    )


def read_playlists(
    session: Session, playlist_ids: Iterable[str], pause: Pause
) -> dict[str, tuple[SlideFact, ...]]:
    """The slides of some playlists, in order; a playlist that is not there has none."""
    found: dict[str, list[SlideFact]] = {playlist_id: [] for playlist_id in playlist_ids}
    for some in _chunks(sorted(found)):
        query = select(*_SLIDE_COLUMNS).where(Slide.playlist_id.in_(some))
        for row in session.execute(query.order_by(Slide.playlist_id, Slide.position)):
            found[row.playlist_id].append(
                SlideFact(
                    id=row.id,
                    asset=row.asset_id,
                    duration_ms=row.duration_ms,
                    fit="contain" if row.fit == "contain" else "cover",
                    focus=(row.focus_x, row.focus_y),
                    transition="cut" if row.transition == "cut" else "fade",
                )
            )
        pause()
    return {playlist_id: tuple(slides) for playlist_id, slides in found.items()}


def read_assets(session: Session, asset_ids: Iterable[str], pause: Pause) -> dict[str, AssetFact]:
    """Those of the assets that have a picture to show."""
    found: dict[str, AssetFact] = {}
    for some in _chunks(sorted(asset_ids)):
        pictures: dict[str, list[Picture]] = {}
        made = select(*_PICTURE_COLUMNS).where(Rendition.asset_id.in_(some), Rendition.profile != THUMBNAIL)
        for asset_id, profile, digest, media_type, size_bytes in session.execute(made):
            picture = Picture(profile, ManifestFile(digest, media_type, size_bytes))
            pictures.setdefault(asset_id, []).append(picture)
        for row in session.execute(
            select(Asset.id, Asset.alt, Asset.expires_at).where(Asset.id.in_(pictures))
        ):
            until_ms = to_ms(row.expires_at) if row.expires_at else None
            ready = sorted(pictures[row.id], key=lambda picture: picture.profile)
            found[row.id] = AssetFact(row.id, row.alt, until_ms, tuple(ready))
        pause()
    return found


_SCREENS = select(
    Screen.id,
    Screen.name,
    Screen.place,
    Screen.unit_id,
    Screen.zone,
    Screen.profile,
    Screen.fallback_playlist_id,
)
_SCHEDULES = select(Schedule).options(selectinload(Schedule.targets))
_SLIDE_COLUMNS = (
    Slide.playlist_id,
    Slide.id,
    Slide.asset_id,
    Slide.duration_ms,
    Slide.fit,
    Slide.focus_x,
    Slide.focus_y,
    Slide.transition,
)
_PICTURE_COLUMNS = (
    Rendition.asset_id,
    Rendition.profile,
    Rendition.sha256,
    Rendition.type,
    Rendition.size_bytes,
)


def _screens(session: Session, pause: Pause) -> Iterator[tuple[ScreenFact, str | None]]:
    """Every screen with the playlist it falls back on."""
    tags = keys_by_screen(session)
    for some in session.execute(_SCREENS, execution_options={"yield_per": CHUNK}).partitions():
        for screen_id, name, place, unit_id, zone, profile, fallback in some:
            tagged = tags.get(screen_id, ())
            yield ScreenFact(screen_id, name, place, unit_id, zone, profile, tagged), fallback
        pause()


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _cohorts(
    session: Session,
    fallback_of: Mapping[ScreenFact, str | None],
    schedules: Iterable[Schedule],
    pause: Pause,
) -> dict[Cohort, list[str]]:
    """Which screens share a manifest. All that a unit's screens have in common is looked up once for the unit."""
    parents = unit_parents(session)
    of_unit = dict(session.execute(select(Unit.id, Unit.fallback_playlist_id)).all())
    reach = Reach(((one.id, target_of(row)) for one in schedules for row in one.targets), parents)
    cohorts: dict[Cohort, list[str]] = {}
    for number, (screen, own) in enumerate(fallback_of.items(), start=1):
        chain = (own, *(of_unit.get(unit) for unit in lineage(screen.unit_id, parents)))
        fallbacks = tuple(dict.fromkeys(playlist for playlist in chain if playlist))
        reached = reach.of_screen(screen.id, screen.unit_id, screen.tags)
        cohorts.setdefault(Cohort(screen.profile, screen.zone, reached, fallbacks), []).append(screen.id)
        if number % CHUNK == 0:
            pause()
    return cohorts


def _asset_of(session: Session, notice: Notice) -> str | None:
    """The asset of a notice, whichever unit it belongs to."""
    source = sha256(notice.source_bytes()).hexdigest()
    return session.scalar(select(Asset.id).where(Asset.source_sha256 == source).order_by(Asset.id).limit(1))
