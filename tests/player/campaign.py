"""Makers of pictures that can be told apart by one pixel, and of manifests that show them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from tests.player.board_server import World

Colour = tuple[int, int, int]
DAY_MS = 86_400_000
RED: Colour = (220, 40, 40)
GREEN: Colour = (30, 160, 60)
BLUE: Colour = (40, 70, 220)
AMBER: Colour = (240, 170, 20)


NEAR = 14
"""How far a channel may be off: a browser converts colours as it likes."""


def near(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))


def picture(colour: Colour, size: tuple[int, int] = (320, 180)) -> bytes:
    """A lossless picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "WEBP", lossless=True)
    return out.getvalue()


def slide(
    file: str, name: str, *, duration_ms: int = 3_000, transition: str = "cut", **fields: Any
) -> dict[str, Any]:
    known = {
        "kind": "image",
        "file": file,
        "duration_ms": duration_ms,
        "fit": "cover",
        "focus": [500, 500],
        "transition": transition,
        "asset": f"ast_{name}",
        "until_ms": None,
        "alt": name,
    }
    return known | fields


def manifest(
    world: World, colours: Sequence[Colour], now_ms: int, *, role: str = "rotation", **fields: Any
) -> dict[str, Any]:
    """One loop, all day for 35 days, of slides named s0, s1, … in these colours; their files are in the world."""
    files = [world.add(picture(colour)) for colour in colours]
    slides = {f"s{i}": slide(file, f"s{i}", **fields) for i, file in enumerate(files)}
    return manifest_of(world, slides, now_ms, role=role)


def manifest_of(
    world: World, slides: dict[str, dict[str, Any]], now_ms: int, *, role: str = "rotation"
) -> dict[str, Any]:
    start = now_ms - now_ms % DAY_MS
    schedule = f"sch_{role}"
    track = {"schedule": schedule, "role": role, "weight": 1, "slides": list(slides), "until_ms": None}
    files = {each["file"] for each in slides.values()}
    return {
        "format": 1,
        "zone": "Asia/Ho_Chi_Minh",
        "profile": "1920x1080",
        "spread_ms": 0,
        "horizon_ms": [start, start + 35 * DAY_MS],
        "slots": [[start + i * DAY_MS, "a", start + i * DAY_MS, start // DAY_MS + i] for i in range(35)],
        "loops": {"a": {"tracks": [track], "reminders": []}},
        "slides": slides,
        "files": {file: {"type": "image/webp", "bytes": len(world.files.get(file, b""))} for file in files},
        "fallback": "a",
    }
