"""The project's files as git sees them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    """Files that git holds, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).exists()]


def text(name: str | Path) -> str:
    """What a file of the project says."""
    return (ROOT / name).read_text(encoding="utf-8")
