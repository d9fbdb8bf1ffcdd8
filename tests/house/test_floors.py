import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.tree import ROOT, text


def contracts() -> list[dict[str, str]]:
    return tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]


def test_rooms_import_only_what_their_contracts_allow() -> None:
    # In a process of its own: it sets up logging for the whole of the one it runs in.
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_contract_is_named_by_a_sentence() -> None:
    assert [c["name"] for c in contracts() if len(c["name"].split()) < 4] == []
