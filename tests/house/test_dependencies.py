import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata

import pytest
from packaging.utils import canonicalize_name

from scripts.pins import direct, needed, pins
from tests.house.tree import text, tracked

PAGES = {
    "Server": "requirements.txt",
    "Tests and checks": "tests/requirements.txt",
    "Node.js": "requirements-node.txt",
    "JavaScript tools": "package.json",
    "Player": "player/package.json",
    "Console": "signage_server/console/package.json",
}


PARTS = {"click": "Flask", "pydantic_core": "pydantic", "socketio": "Flask-SocketIO", "werkzeug": "Flask"}
"""Modules that a named package is made of and tells its users to import from."""


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


def imported() -> Iterator[str]:
    """Top-level names that the package imports from outside itself and the standard library."""
    for path in tracked("signage_server/*.py"):
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_what_we_import_we_name() -> None:
    outside = (
        {PARTS.get(name, name) for name in imported()} - set(sys.stdlib_module_names) - {"signage_server"}
    )
    brought_by = metadata.packages_distributions()
    ours = {canonicalize_name(name) for name in pins("requirements.txt")}
    assert {
        n for n in outside if not {canonicalize_name(d) for d in [n, *brought_by.get(n, [])]} & ours
    } == set()


def test_everything_that_pip_installs_is_pinned() -> None:
    in_turn = {canonicalize_name(name) for name in pins("constraints.txt")}
    assert needed() - direct() - in_turn == set()


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads(text("package-lock.json"))
    assert [name for name, entry in lock["packages"].items() if "://" in entry.get("resolved", "")] == []
