"""Writes `constraints.txt`: what our direct Python packages need in turn, in the versions installed here.

Run it after a change of `requirements.txt` or `tests/requirements.txt`, when the change is installed.
"""

from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("requirements.txt", "tests/requirements.txt")
HEAD = "# What the packages in requirements.txt and tests/requirements.txt need in turn. Written by scripts/pins.py."


def pins(name: str) -> dict[str, str]:
    """The packages of a requirements file, as it spells them, and their versions."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines if line and not line.startswith("#"))


def needed() -> set[str]:
    """Canonical names of everything that pip installs for us on this machine."""
    reached: set[str] = set()
    waiting = direct()
    while waiting:
        reached |= waiting
        waiting = {need for package in waiting for need in _required_by(package)} - reached
    return reached


def direct() -> set[str]:
    """Canonical names of the packages that we name ourselves."""
    return {canonicalize_name(name) for source in SOURCES for name in pins(source)}


def _required_by(package: str) -> set[str]:
    wanted = (Requirement(line) for line in metadata.requires(package) or [])
    return {canonicalize_name(w.name) for w in wanted if not w.marker or w.marker.evaluate({"extra": ""})}


def main() -> None:
    """Write the file anew."""
    lines = [f"{name}=={metadata.version(name)}" for name in sorted(needed() - direct())]
    (ROOT / "constraints.txt").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
