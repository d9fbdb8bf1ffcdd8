"""Copies the typeface that notices are set in from its npm package to where the library looks for it.

`signage_server/library/fonts.json` names the files; none of them is kept in git.
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "signage_server/library/fonts.json"
TARGET = ROOT / "signage_server/library/fonts"
PACKAGE = ROOT / "node_modules/@expo-google-fonts/be-vietnam-pro"


def main() -> None:
    """Copy every listed file; say which one the package lacks."""
    found = {path.name: path for path in PACKAGE.rglob("*.ttf")}
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in json.loads(LIST.read_text(encoding="utf-8")):
        if name not in found:
            sys.exit(f"{LIST.name} names {name}, which {PACKAGE.name} does not hold.")
        shutil.copyfile(found[name], TARGET / name)


if __name__ == "__main__":
    main()
