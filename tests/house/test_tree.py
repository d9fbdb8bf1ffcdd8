import os
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, text, tracked

BUILT = re.compile(
    r"(^|/)(node_modules|dist|static|generated|__pycache__|\.venv)/|\.(ttf|otf|woff2?|whl|tgz|map|min\.js|pyc|db)$"
)


def test_nothing_built_or_third_party_is_committed() -> None:
    assert [str(path) for path in tracked() if BUILT.search(str(path))] == []


def test_committed_files_are_small() -> None:
    assert [str(path) for path in tracked() if (ROOT / path).stat().st_size > 300_000] == []


def test_no_file_knows_where_this_checkout_lies() -> None:
    here = f"{ROOT}/"
    readable = [path for path in tracked() if path.suffix not in {".png", ".jpg", ".webp", ".ico"}]
    assert [str(path) for path in readable if here in text(path)] == []


@pytest.mark.parametrize("script", [".ci/run", "scripts/setup", "scripts/build", "scripts/prove-bare"])
def test_scripts_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_ci_runs_what_everybody_types() -> None:
    assert "make test" in text(".ci/run")


@pytest.mark.parametrize("page", tracked("*.md"), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)\s#]+)", text(page))
    assert [link for link in links if not (ROOT / page.parent / link).exists()] == []


def test_the_architecture_page_names_every_room() -> None:
    children = {path.parts[1] for path in tracked("signage_server/*.py") if path.name != "__init__.py"}
    rooms = {f"{name}/" if (ROOT / "signage_server" / name).is_dir() else name for name in children}
    page = text("docs/architecture.md")
    assert [room for room in sorted(rooms) if room not in page] == []
