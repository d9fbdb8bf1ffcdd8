import re
import subprocess

from signage_server.cli import main
from tests.house.tree import ROOT, text

HIDDEN = {"ready", "tools"}
"""Steps of other targets, which nobody types."""


def targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.M)) - HIDDEN


def test_make_alone_lists_every_target_with_what_it_does() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^ +make ([a-z0-9-]+) +\S", said, re.M)) == targets()


def test_every_target_is_phony() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.M)
    assert phony
    assert set(phony[1].split()) == targets() | HIDDEN


def test_the_readme_names_the_two_commands() -> None:
    for page in ("README.md", "README.vi.md"):
        assert "make run" in text(page)
    assert "make test" in text("README.md")


def test_every_command_of_the_server_stands_in_the_operating_page() -> None:
    page = text("docs/operating.md")
    assert [name for name in main.commands if not re.search(rf"^\|.*`{name}\b.*\|", page, re.M)] == []
