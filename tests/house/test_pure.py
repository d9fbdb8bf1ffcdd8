"""The import contracts keep clocks and disks out of the pure modules; these tests keep out what needs no import."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT, text

IMPURE_CALLS = {"now", "utcnow", "today", "utc_now", "open", "input", "print", "exec", "eval", "__import__"}


def pure_modules() -> list[str]:
    contracts = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    return next(c["source_modules"] for c in contracts if c["name"].startswith("Time and manifests"))


def tree_of(module: str) -> ast.Module:
    return ast.parse(text(Path(*module.split(".")).with_suffix(".py")))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("module", pure_modules())
def test_pure_modules_never_ask_what_time_it_is(module: str) -> None:
    calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    assert [f"line {node.lineno}: {called(node)}()" for node in calls if called(node) in IMPURE_CALLS] == []


@pytest.mark.parametrize("module", pure_modules())
def test_pure_modules_keep_nothing_between_calls(module: str) -> None:
    assert [node.lineno for node in ast.walk(tree_of(module)) if isinstance(node, ast.Global)] == []


def test_the_pure_modules_are_where_the_contract_says() -> None:
    assert [m for m in pure_modules() if not (ROOT / Path(*m.split(".")).with_suffix(".py")).exists()] == []
