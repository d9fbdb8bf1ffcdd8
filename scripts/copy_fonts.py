"""Copies the typeface that notices are set in from its npm package to where the library looks for it.

`signage_server/library/fonts.json` names the package and the files; none of them is kept in git.
"""

import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = ROOT / "signage_server/library"


def main() -> None:
    """Copy every listed file."""
    wanted = json.loads((LIBRARY / "fonts.json").read_text(encoding="utf-8"))
    package = ROOT / "node_modules" / wanted["package"]
    (LIBRARY / "fonts").mkdir(exist_ok=True)
    for name in wanted["files"]:
        shutil.copyfile(package / name, LIBRARY / "fonts" / Path(name).name)


if __name__ == "__main__":
    main()
