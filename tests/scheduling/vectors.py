"""The cases in `tests/vectors/`, which the player's tests read too."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "vectors"
FILE = "0" * 64
_AROUND_A_PLAN = {
    "format": 1,
    "zone": "UTC",
    "profile": "1920x1080",
    "spread_ms": 0,
    "files": {FILE: {"type": "image/webp", "bytes": 1}},
}
_AROUND_A_SLIDE = {
    "kind": "image",
    "file": FILE,
    "fit": "cover",
    "focus": [500, 500],
    "transition": "fade",
    "asset": "ast_1",
    "alt": "",
}


def vectors(name: str) -> list[Any]:
    """The cases of one file."""
    return list(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def manifest_text(plan: dict[str, Any]) -> str:
    """The manifest around a plan that says only what time depends on."""
    slides = {name: {**_AROUND_A_SLIDE, **slide} for name, slide in plan["slides"].items()}
    return json.dumps({**_AROUND_A_PLAN, **plan, "slides": slides})
