import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unicodedata import is_normalized

import pytest
from jsonschema import Draft202012Validator

from signage_server.delivery.manifest import (
    Manifest,
    ManifestError,
    ManifestFile,
    SlideMedia,
    build_manifest,
    parse_manifest,
)
from signage_server.scheduling.playout import plays
from signage_server.scheduling.timeline import DateRule, ScheduleSpec, SlideSpec, Timeline, compile_timeline
from tests.scheduling.random_plans import random_manifest, random_timeline

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "docs/protocol/manifest.schema.json").read_text(encoding="utf-8"))
)
#: `printf Bài | sha256sum`
BAI = "6c91c55726b0335166a413168eeaa7879e74f457def7be1916b84a4a6655df9c"
FILE, OTHER_FILE, UNUSED_FILE = "a" * 64, "b" * 64, "c" * 64


def timeline() -> Timeline:
    rotation = ScheduleSpec(
        "sch_1",
        "rotation",
        DateRule(date(2026, 1, 1), date(2026, 12, 31)),
        slides=(SlideSpec("s1", 10_000), SlideSpec("s2", 15_000, until_ms=1_795_500_000_123)),
    )
    reminder = replace(
        rotation, id="sch_7", role="reminder", every_ms=900_000, slides=(SlideSpec("r1", 5_000),)
    )
    fallback = [SlideSpec("f1", 20_000)]
    return compile_timeline(
        [rotation, reminder], "Asia/Ho_Chi_Minh", date(2026, 11, 24), fallback_slides=fallback
    )


def media(*names: str) -> list[SlideMedia]:
    return [SlideMedia(name, f"ast_{name}", FILE, alt="Ba\u0300i ca\u0300i Bluezone") for name in names]


def files() -> list[ManifestFile]:
    chunks = (OTHER_FILE, UNUSED_FILE)
    return [ManifestFile(FILE, "image/webp", 5_000_000, chunks), ManifestFile(UNUSED_FILE, "image/webp", 9)]


def built() -> Manifest:
    names = ("s1", "s2", "r1", "f1", "unused")
    return build_manifest(timeline(), media(*names), files(), "1920x1080", "Asia/Ho_Chi_Minh", 20_000)


def test_equal_content_is_an_equal_text_and_digest() -> None:
    shuffled = build_manifest(
        timeline(),
        media("f1", "unused", "r1", "s2", "s1"),
        files()[::-1],
        "1920x1080",
        "Asia/Ho_Chi_Minh",
        20_000,
    )
    assert (shuffled.text, shuffled.digest) == (built().text, built().digest)


def test_the_text_is_canonical() -> None:
    text = built().text
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert is_normalized("NFC", text)
    assert "Bài cài Bluezone" in text


def test_the_digest_is_that_of_the_bytes() -> None:
    assert replace(built(), text="Bài").digest == BAI


@pytest.mark.parametrize("seed", range(20))
def test_a_manifest_that_is_made_is_the_one_that_is_read(seed: int) -> None:
    made = random_manifest(Random(seed))
    assert parse_manifest(made.text) == made


def test_only_slides_and_files_in_use_are_named() -> None:
    assert set(built().data["slides"]) == {"s1", "s2", "r1", "f1"}
    assert set(built().data["files"]) == {FILE}


def test_a_slide_without_its_picture_is_refused() -> None:
    with pytest.raises(ManifestError) as refused:
        build_manifest(timeline(), media("s1", "s2", "f1"), files(), "1920x1080", "UTC", 0)
    assert refused.value.facts == {"where": "slides.r1"}


def test_a_picture_without_its_file_is_refused() -> None:
    with pytest.raises(ManifestError):
        build_manifest(timeline(), media("s1", "s2", "r1", "f1"), files()[1:], "1920x1080", "UTC", 0)


def test_what_is_read_back_plays_the_same() -> None:
    for seed in range(20):
        compiled, manifest = random_timeline(Random(seed)), random_manifest(Random(seed))
        start_ms, _ = compiled.horizon_ms
        span = (start_ms + 80_000_000, start_ms + 90_000_000)
        assert list(plays(manifest, *span)) == list(plays(compiled, *span))
        assert (manifest.slots, manifest.loops) == (compiled.slots, compiled.loops)


@pytest.mark.parametrize("seed", range(20))
def test_every_manifest_keeps_to_the_schema(seed: int) -> None:
    SCHEMA.validate(json.loads(random_manifest(Random(seed)).text))


def test_unknown_fields_and_kinds_are_let_through() -> None:
    data = json.loads(built().text)
    data["later"] = data["loops"]["1"]["later"] = {"x": 1}
    data["slides"]["s1"] = {"kind": "hologram", "asset": "ast_9", "duration_ms": 4_000}
    assert SCHEMA.is_valid(data)
    assert parse_manifest(json.dumps(data)).slides["s1"].file is None


def edited(path: str, value: Any) -> str:
    """The manifest with one place changed, or taken away where the value is `...`."""
    data = json.loads(built().text)
    *steps, last = path.split(".")
    place = data
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    key = int(last) if isinstance(place, list) else last
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return json.dumps(data)


BROKEN: list[tuple[str, Any]] = [
    ("format", 2),
    ("format", "1"),
    ("format", True),
    ("zone", ""),
    ("profile", ...),
    ("spread_ms", -1),
    ("spread_ms", 1.0),
    ("horizon_ms", [0]),
    ("horizon_ms", {}),
    ("slots", []),
    ("slots.0", [1, "1", 1]),
    ("slots.0.2", "midnight"),
    ("slots.0.3", -1),
    ("slots.0.3", 1),
    ("slots.5.0", 0),
    ("slots.5.2", 0),
    ("slots.-1.0", 9_000_000_000_000),
    ("slots.0.1", "nowhere"),
    ("loops.1.tracks", []),
    ("loops.1.tracks", ...),
    ("loops.1.reminders", ...),
    ("loops.1.tracks.0.weight", 0),
    ("loops.1.tracks.0.weight", 10_000_001),
    ("loops.1.tracks.0.weight", 2**53),
    ("loops.1.tracks.0.role", "guest"),
    ("loops.1.tracks.0.slides", []),
    ("loops.1.tracks.0.slides", ["nobody"]),
    ("loops.1.tracks.0.until_ms", "never"),
    ("loops.1.reminders.0.every_ms", 0),
    ("loops.1.reminders.0.take", "some"),
    ("loops.1", {"off": False}),
    ("loops.1", {"off": 1}),
    ("loops.f", {"off": True}),
    ("slides.s1.duration_ms", 0),
    ("slides.s1.file", ...),
    ("slides.s1.file", "d" * 64),
    ("slides.s1.asset", ...),
    (f"files.{FILE}.bytes", None),
    ("fallback", "nowhere"),
]


@pytest.mark.parametrize(("path", "value"), BROKEN, ids=str)
def test_a_malformed_manifest_is_refused(path: str, value: Any) -> None:
    with pytest.raises(ManifestError):
        parse_manifest(edited(path, value))


@pytest.mark.parametrize("text", ["", "null", "[]", "<html>", '{"format":1}'])
def test_what_is_no_manifest_is_refused(text: str) -> None:
    with pytest.raises(ManifestError):
        parse_manifest(text)


def test_a_refusal_says_where() -> None:
    with pytest.raises(ManifestError, match=r"loops\.1\.tracks\.0\.weight") as refused:
        parse_manifest(edited("loops.1.tracks.0.weight", 0))
    assert refused.value.facts == {"where": "loops.1.tracks.0.weight"}
