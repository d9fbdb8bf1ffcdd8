"""Breaks the time core in one place after the other, in a copy: each time a test has to notice.

python -m tests.scheduling.mutants [word of a mutant's name]
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.house.tree import ROOT
from tests.scheduling.mutant_table import MUTANTS, Mutant

#: What the tests of the time core need, beside the package itself.
_TESTS = ("__init__.py", "conftest.py", "browser.py", "house", "scheduling", "vectors")
#: Built things that have nothing to do with time.
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "console", "static", "fonts")
#: It is enough that a property fails; nobody reads by which smallest example.
_NO_SHRINKING = """
from hypothesis import Phase, settings
settings.register_profile("short", phases=[Phase.explicit, Phase.generate])
settings.load_profile("short")
"""


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [mutant for mutant in MUTANTS if wanted in mutant.name]
    width = max(len(mutant.name) for mutant in chosen)
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copy_into(Path(folder))
        tests = sorted({test for mutant in chosen for test in mutant.tests})
        if not passes(Path(folder), tests):
            sys.stdout.write("The tests fail without any mutant.\n")
            return 1
        for mutant in chosen:
            began = time.monotonic()
            survived = survives(Path(folder), mutant)
            survivors += survived
            verdict = "SURVIVED" if survived else "killed"
            sys.stdout.write(f"{mutant.name:{width}}  {verdict}  {time.monotonic() - began:4.1f} s\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - survivors} of {len(chosen)} mutants are killed\n")
    return 1 if survivors else 0


def copy_into(folder: Path) -> None:
    """The package and the tests of time: nothing is ever changed in the checkout itself."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "signage_server", folder / "signage_server", ignore=_LEFT_OUT)
    for name in ("player/src", "docs/protocol"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "tests").mkdir()
    for name in _TESTS:
        source = ROOT / "tests" / name
        if source.is_dir():
            shutil.copytree(source, folder / "tests" / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(source, folder / "tests")
    with (folder / "tests/conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(_NO_SHRINKING)


def survives(folder: Path, mutant: Mutant) -> bool:
    """Whether no test notices."""
    path = folder / mutant.path
    sound = path.read_text(encoding="utf-8")
    path.write_text(mutant.applied(sound), encoding="utf-8")
    try:
        return passes(folder, mutant.tests)
    finally:
        path.write_text(sound, encoding="utf-8")


def passes(folder: Path, tests: tuple[str, ...] | list[str]) -> bool:
    """Whether the tests pass in the copy. Bytecode is not written: it would outlive what it was made from."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-n", "0", "-p", "no:cacheprovider"]
    command += ["--hypothesis-seed=1", *(f"tests/scheduling/{test}" for test in tests)]
    environment = {**os.environ, "PYTHONPATH": str(folder), "HYPOTHESIS_STORAGE_DIRECTORY": f"{folder}/found"}
    return (
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode == 0
    )


if __name__ == "__main__":
    sys.exit(main())
