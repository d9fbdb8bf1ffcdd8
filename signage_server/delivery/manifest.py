"""The manifest: all that a screen needs for the coming weeks, as one text named by its SHA-256. Pure.

Format 1, described in `docs/protocol/manifest.md`: UTF-8, integers only, sorted keys, no spaces, NFC, and neither
its digest nor the time of its making inside, so that equal content is an equal text.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Any, Literal

from signage_server.delivery.reading import ManifestError, Reader
from signage_server.scheduling.plan import Loop, Reminder, Slot, Track
from signage_server.scheduling.playout import WEEK_MS
from signage_server.scheduling.timeline import SlideSpec, Timeline
from signage_server.scheduling.weights import MAX_TOTAL

__all__ = [
    "FORMAT",
    "Manifest",
    "ManifestError",
    "ManifestFile",
    "ManifestPart",
    "ManifestSlide",
    "SlideMedia",
    "build_manifest",
    "file_entry",
    "horizon_of",
    "parse_manifest",
    "part_of_manifest",
    "slide_entry",
]

FORMAT = 1
_HORIZON = re.compile(r'"horizon_ms":\[(\d+),(\d+)\],"loops"')


@dataclass(frozen=True, slots=True)
class SlideMedia:
    """The picture of a slide for screens of one profile, and how it is shown."""

    id: str
    asset: str
    file: str
    """SHA-256 of the rendition."""
    fit: Literal["cover", "contain"] = "cover"
    focus: tuple[int, int] = (500, 500)
    """The point, per mille from left and top, that stays in sight where the picture is cropped."""
    transition: Literal["fade", "cut"] = "fade"
    alt: str = ""
    kind: Literal["image"] = "image"


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A rendition as it is downloaded."""

    sha256: str
    type: str
    """Media type, such as `image/webp`."""
    size_bytes: int
    chunks: tuple[str, ...] = ()
    """SHA-256 of each 4 MiB, only for files over 4 MiB."""


@dataclass(frozen=True, slots=True)
class ManifestSlide:
    """A slide read back from a manifest."""

    kind: str
    asset: str
    duration_ms: int
    until_ms: int | None
    file: str | None
    """None for kinds that have none, or that this version does not know."""


@dataclass(frozen=True)
class Manifest:
    """A manifest that has been read and found whole; `Playout` can play it."""

    text: str
    """Exactly what is sent."""
    data: Mapping[str, Any]
    """The text as JSON."""
    zone: str
    profile: str
    spread_ms: int
    """Screens spread their downloads over this time."""
    horizon_ms: tuple[int, int]
    slots: tuple[Slot, ...]
    loops: Mapping[str, Loop]
    slides: Mapping[str, ManifestSlide]
    files: Mapping[str, ManifestFile]
    fallback: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text's UTF-8 bytes, in hex: the name of the manifest."""
        return sha256(self.text.encode()).hexdigest()


def build_manifest(
    timeline: Timeline,
    slides: Iterable[SlideMedia],
    files: Iterable[ManifestFile],
    profile: str,
    zone_name: str,
    spread_ms: int,
) -> Manifest:
    """Writes down a timeline with the media of its slides.

    Slides and files that are not in use are left out; of those in use none may be missing. Raises ManifestError.
    """
    media = {one.id: one for one in slides}
    shown = {name: (_known(media, name), spec) for name, spec in timeline.slides.items()}
    named = {one.file for one, _ in shown.values()}
    used = {one.sha256: one for one in files if one.sha256 in named}
    data = {
        "format": FORMAT,
        "zone": zone_name,
        "profile": profile,
        "spread_ms": spread_ms,
        "horizon_ms": list(timeline.horizon_ms),
        "slots": [list(slot) for slot in timeline.slots],
        "loops": {key: _loop_entry(loop) for key, loop in timeline.loops.items()},
        "slides": {name: slide_entry(one, spec) for name, (one, spec) in shown.items()},
        "files": {name: file_entry(one) for name, one in used.items()},
        "fallback": timeline.fallback,
    }
    manifest = Manifest(
        text=json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        data=data,
        zone=zone_name,
        profile=profile,
        spread_ms=spread_ms,
        horizon_ms=timeline.horizon_ms,
        slots=timeline.slots,
        loops=timeline.loops,
        slides={name: _read_back(one, spec) for name, (one, spec) in shown.items()},
        files=used,
        fallback=timeline.fallback,
    )
    _check_joined(Reader(data), manifest)
    return manifest


def _read_back(media: SlideMedia, spec: SlideSpec) -> ManifestSlide:
    return ManifestSlide(media.kind, media.asset, spec.duration_ms, spec.until_ms, media.file)


def slide_entry(media: SlideMedia, spec: SlideSpec) -> dict[str, Any]:
    """A slide as it stands in a manifest, and in the command `show_now`."""
    return {
        "kind": media.kind,
        "file": media.file,
        "duration_ms": spec.duration_ms,
        "fit": media.fit,
        "focus": list(media.focus),
        "transition": media.transition,
        "asset": media.asset,
        "until_ms": spec.until_ms,
        "alt": unicodedata.normalize("NFC", media.alt),
    }


def file_entry(file: ManifestFile) -> dict[str, Any]:
    """A file as it stands in a manifest, and in the command `show_now`; its key is its SHA-256."""
    entry: dict[str, Any] = {"type": file.type, "bytes": file.size_bytes}
    return entry | ({"chunks": list(file.chunks)} if file.chunks else {})


def _known(media: Mapping[str, SlideMedia], name: str) -> SlideMedia:
    if name not in media:
        raise ManifestError(where=f"slides.{name}")
    return media[name]


def _loop_entry(loop: Loop) -> dict[str, Any]:
    if loop.off:
        return {"off": True, "until_ms": loop.until_ms}
    return {
        "tracks": [_track_entry(track) for track in loop.tracks],
        "reminders": [_reminder_entry(reminder) for reminder in loop.reminders],
    }


def _track_entry(track: Track) -> dict[str, Any]:
    entry = {
        "schedule": track.schedule,
        "weight": track.weight,
        "slides": list(track.slides),
        "until_ms": track.until_ms,
    }
    return entry | ({} if track.role == "rotation" else {"role": track.role})


def _reminder_entry(reminder: Reminder) -> dict[str, Any]:
    return {
        "schedule": reminder.schedule,
        "every_ms": reminder.every_ms,
        "offset_ms": reminder.offset_ms,
        "take": reminder.take,
        "slides": list(reminder.slides),
        "until_ms": reminder.until_ms,
    }


def parse_manifest(text: str) -> Manifest:
    """Reads a manifest and checks all that playing it depends on. Raises ManifestError, which says where."""
    try:
        root = Reader(json.loads(text))
    except ValueError:
        raise ManifestError(where="text") from None
    root.check(root.get("format").integer() == FORMAT, "format")
    manifest = Manifest(
        text=text,
        data=root.value,
        zone=root.get("zone").text(),
        profile=root.get("profile").text(),
        spread_ms=root.get("spread_ms").integer(at_least=0),
        horizon_ms=_horizon(root.get("horizon_ms")),
        slots=tuple(_slot(one) for one in root.get("slots").items()),
        loops={key: _loop(one) for key, one in root.get("loops").entries()},
        slides={key: _slide(one) for key, one in root.get("slides").entries()},
        files={key: _file(key, one) for key, one in root.get("files").entries()},
        fallback=root.get("fallback").text(),
    )
    _check_joined(root, manifest)
    return manifest


@dataclass(frozen=True, slots=True)
class ManifestPart:
    """What a manifest says of a stretch of time: a plan whose horizon that stretch is."""

    horizon_ms: tuple[int, int]
    slots: tuple[Slot, ...]
    loops: Mapping[str, Loop]
    slides: Mapping[str, ManifestSlide]
    fallback: str


def horizon_of(text: str) -> tuple[int, int]:
    """The horizon of a text of our own, without reading the rest of it."""
    found = _HORIZON.search(text)
    if found is None:
        raise ManifestError(where="horizon_ms")
    return int(found[1]), int(found[2])


def part_of_manifest(text: str, from_ms: int, until_ms: int) -> ManifestPart | None:
    """The slots that reach into [from, until), with their loops; None where there are none.

    Only for texts of our own, which were checked when they were made: it takes a tenth of the time of `parse_manifest`.
    """
    data = json.loads(text)
    ends = [*(slot[0] for slot in data["slots"][1:]), data["horizon_ms"][1]]
    slots = tuple(
        Slot(*slot)
        for slot, end_ms in zip(data["slots"], ends, strict=True)
        if slot[0] < until_ms and end_ms > from_ms
    )
    if not slots:
        return None
    loops = {
        key: _known_loop(data["loops"][key]) for key in {data["fallback"], *(slot.loop for slot in slots)}
    }
    named = {name for loop in loops.values() for name in loop.slides}
    slides = {name: _known_slide(data["slides"][name]) for name in named}
    horizon_ms = (slots[0].start_ms, min(until_ms, ends[-1]))
    return ManifestPart(horizon_ms, slots, loops, slides, data["fallback"])


def _known_loop(entry: Mapping[str, Any]) -> Loop:
    if "off" in entry:
        return Loop(off=True, until_ms=entry["until_ms"])
    tracks = ({"role": "rotation"} | one | {"slides": tuple(one["slides"])} for one in entry["tracks"])
    reminders = (one | {"slides": tuple(one["slides"])} for one in entry["reminders"])
    return Loop(tuple(Track(**one) for one in tracks), tuple(Reminder(**one) for one in reminders))


def _known_slide(entry: Mapping[str, Any]) -> ManifestSlide:
    return ManifestSlide(
        entry["kind"], entry["asset"], entry["duration_ms"], entry["until_ms"], entry.get("file")
    )


def _horizon(reader: Reader) -> tuple[int, int]:
    start_ms, end_ms = (one.integer() for one in reader.items(exactly=2))
    return start_ms, end_ms


def _slot(reader: Reader) -> Slot:
    start, loop, day_start, turn = reader.items(exactly=4)
    return Slot(start.integer(), loop.text(), day_start.integer(), turn.integer(at_least=0))


def _loop(reader: Reader) -> Loop:
    if reader.has("off"):
        reader.check(reader.get("off").value is True, "off")
        return Loop(off=True, until_ms=reader.instant("until_ms"))
    return Loop(
        tracks=tuple(_track(one) for one in reader.get("tracks").items(at_least=1)),
        reminders=tuple(_reminder(one) for one in reader.get("reminders").items()),
    )


def _track(reader: Reader) -> Track:
    return Track(
        schedule=reader.get("schedule").text(),
        role=reader.get("role", "rotation").one_of("rotation", "takeover", "fallback"),
        weight=reader.get("weight").integer(at_least=1),
        slides=_names(reader),
        until_ms=reader.instant("until_ms"),
    )


def _reminder(reader: Reader) -> Reminder:
    return Reminder(
        schedule=reader.get("schedule").text(),
        every_ms=reader.get("every_ms").integer(at_least=1),
        offset_ms=reader.get("offset_ms").integer(),
        take=reader.get("take").one_of("next", "all"),
        slides=_names(reader),
        until_ms=reader.instant("until_ms"),
    )


def _names(reader: Reader) -> tuple[str, ...]:
    return tuple(one.text() for one in reader.get("slides").items(at_least=1))


def _slide(reader: Reader) -> ManifestSlide:
    return ManifestSlide(
        kind=reader.get("kind").text(),
        asset=reader.get("asset").text(),
        duration_ms=reader.get("duration_ms").integer(at_least=1),
        until_ms=reader.instant("until_ms"),
        file=reader.get("file").text() if reader.has("file") else None,
    )


def _file(name: str, reader: Reader) -> ManifestFile:
    chunks = tuple(one.text() for one in reader.get("chunks", []).items())
    return ManifestFile(name, reader.get("type").text(), reader.get("bytes").integer(at_least=0), chunks)


def _check_joined(root: Reader, manifest: Manifest) -> None:
    """What no single field can tell: that slots tile the horizon and every name leads somewhere."""
    start_ms, end_ms = manifest.horizon_ms
    root.check(end_ms - start_ms >= WEEK_MS, "horizon_ms")
    root.check(_tiles(manifest.slots, start_ms, end_ms), "slots")
    for slot in manifest.slots:
        root.check(slot.loop in manifest.loops, f"loops.{slot.loop}")
    root.check(manifest.fallback in manifest.loops, "fallback")
    root.check(not manifest.loops[manifest.fallback].off, "fallback")
    for key, loop in manifest.loops.items():
        root.check(loop.slides <= manifest.slides.keys(), f"loops.{key}")
        root.check(sum(track.weight for track in loop.tracks) <= MAX_TOTAL, f"loops.{key}")
    for name, slide in manifest.slides.items():
        root.check(slide.kind != "image" or slide.file in manifest.files, f"slides.{name}.file")


def _tiles(slots: tuple[Slot, ...], start_ms: int, end_ms: int) -> bool:
    """Sorted, from the horizon's start to before its end, each within its day, each day with one number."""
    if not slots or slots[0].start_ms != start_ms or slots[-1].start_ms >= end_ms:
        return False
    in_order = all(
        one.start_ms < other.start_ms and one.day_start_ms <= other.day_start_ms
        for one, other in pairwise(slots)
    )
    days = {slot.day_start_ms: slot.turn for slot in slots}
    begun = {slot.start_ms for slot in slots}
    return in_order and all(
        slot.day_start_ms in begun
        and slot.day_start_ms <= slot.start_ms
        and days[slot.day_start_ms] == slot.turn
        for slot in slots
    )
