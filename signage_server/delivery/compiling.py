"""What a manifest is compiled from, as a value, and what comes of it: equal contents make equal manifests. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from signage_server.delivery.manifest import (
    Manifest,
    ManifestFile,
    SlideMedia,
    build_manifest,
    parse_manifest,
)
from signage_server.scheduling.timeline import ScheduleSpec, SlideSpec, compile_timeline


@dataclass(frozen=True)
class Content:
    """All that goes into a manifest. Making it needs no database, so that it can be done in another process."""

    profile: str
    zone: str
    from_day: date
    """The local day that its horizon begins with."""
    schedules: tuple[ScheduleSpec, ...]
    fallback: tuple[SlideSpec, ...]
    media: tuple[SlideMedia, ...]
    files: tuple[ManifestFile, ...]
    spread_ms: int

    def manifest(self) -> Manifest:
        """The manifest; takes tens of milliseconds for hundreds of schedules."""
        timeline = compile_timeline(self.schedules, self.zone, self.from_day, fallback_slides=self.fallback)
        return build_manifest(timeline, self.media, self.files, self.profile, self.zone, self.spread_ms)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Worked out once: it goes through every slide."""
        return hash((self.profile, self.zone, self.from_day, self.schedules, self.fallback, self.media))


@dataclass(frozen=True)
class Compiled:
    """A manifest as it is sent; read only when somebody wants to know what is in it."""

    digest: str
    text: str

    @cached_property
    def manifest(self) -> Manifest:
        """What the text says."""
        return parse_manifest(self.text)


def compiled(content: Content) -> Compiled:
    """The manifest of a content, written down and named."""
    manifest = content.manifest()
    return Compiled(manifest.digest, manifest.text)
