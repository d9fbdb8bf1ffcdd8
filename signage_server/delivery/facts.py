"""What the database says about the boards, as frozen values: who belongs to which cohort, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from signage_server.clock import to_ms
from signage_server.delivery.manifest import ManifestFile
from signage_server.delivery.table_rows import CHUNK, Pause
from signage_server.library.models import Asset, Rendition
from signage_server.playlists.models import Slide
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.specs import KnownDays

THUMBNAIL = "thumbnail"


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


SLIDE_COLUMNS = (
    Slide.playlist_id,
    Slide.id,
    Slide.asset_id,
    Slide.duration_ms,
    Slide.fit,
    Slide.focus_x,
    Slide.focus_y,
    Slide.transition,
)
PICTURE_COLUMNS = (
    Rendition.asset_id,
    Rendition.profile,
    Rendition.sha256,
    Rendition.type,
    Rendition.size_bytes,
)


def slide_of(row: Sequence[Any]) -> SlideFact:
    """A row of SLIDE_COLUMNS as a fact."""
    _, slide_id, asset_id, duration_ms, fit, focus_x, focus_y, transition = row
    return SlideFact(
        id=slide_id,
        asset=asset_id,
        duration_ms=duration_ms,
        fit="contain" if fit == "contain" else "cover",
        focus=(focus_x, focus_y),
        transition="cut" if transition == "cut" else "fade",
    )


def read_playlists(
    session: Session, playlist_ids: Iterable[str], pause: Pause
) -> dict[str, tuple[SlideFact, ...]]:
    """The slides of some playlists, in order; a playlist that is not there has none."""
    found: dict[str, list[SlideFact]] = {playlist_id: [] for playlist_id in playlist_ids}
    for some in _chunks(sorted(found)):
        query = select(*SLIDE_COLUMNS).where(Slide.playlist_id.in_(some))
        for row in session.execute(query.order_by(Slide.playlist_id, Slide.position)):
            found[row.playlist_id].append(slide_of(row))
        pause()
    return {playlist_id: tuple(slides) for playlist_id, slides in found.items()}


def read_assets(session: Session, asset_ids: Iterable[str], pause: Pause) -> dict[str, AssetFact]:
    """Those of the assets that have a picture to show."""
    found: dict[str, AssetFact] = {}
    for some in _chunks(sorted(asset_ids)):
        pictures: dict[str, list[Picture]] = {}
        made = select(*PICTURE_COLUMNS).where(Rendition.asset_id.in_(some), Rendition.profile != THUMBNAIL)
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


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
