import json
import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import text

PAGES = {
    "Server": "requirements.txt",
    "Tests and checks": "tests/requirements.txt",
    "Node.js": "requirements-node.txt",
    "JavaScript tools": "package.json",
    "Player": "player/package.json",
    "Console": "signage_server/console/package.json",
}


def pins(name: str) -> dict[str, str]:
    """The packages of a requirements file and the versions they are pinned to."""
    lines = [line for line in text(name).splitlines() if line and not line.startswith("#")]
    return dict(line.split("==", 1) for line in lines)


def named(source: str) -> set[str]:
    if source.endswith(".txt"):
        return set(pins(source))
    package = json.loads(text(source))
    return set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))


def section(title: str) -> str:
    found = re.search(
        rf"^## {re.escape(title)} \(.*?$(.*?)(?=^## |\Z)", text("docs/dependencies.md"), re.M | re.S
    )
    assert found, f"docs/dependencies.md has no section {title}"
    return found[1]


@pytest.mark.parametrize(("title", "source"), PAGES.items())
def test_every_dependency_has_a_line_and_every_line_a_dependency(title: str, source: str) -> None:
    assert set(re.findall(r"^- `([^`]+)`: \S", section(title), re.M)) == named(source)


def required_by(name: str) -> set[str]:
    """What an installed package needs on this machine, extras left out."""
    wanted = (Requirement(line) for line in metadata.requires(name) or [])
    return {canonicalize_name(w.name) for w in wanted if not w.marker or w.marker.evaluate({"extra": ""})}


def test_everything_that_pip_installs_is_pinned() -> None:
    sources = ("requirements.txt", "tests/requirements.txt", "constraints.txt")
    pinned = {canonicalize_name(name) for source in sources for name in pins(source)}
    needed = {
        need for source in sources[:2] for name in pins(source) for need in closure(canonicalize_name(name))
    }
    assert needed - pinned == set()


def closure(name: str) -> set[str]:
    reached, waiting = set(), {name}
    while waiting:
        reached |= waiting
        waiting = {need for package in waiting for need in required_by(package)} - reached
    return reached


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads(text("package-lock.json"))
    assert [name for name, entry in lock["packages"].items() if "://" in entry.get("resolved", "")] == []
