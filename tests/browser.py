"""Where the tests' browser is, and how it is started so that nothing but the test moves it."""

import os
import shutil
from pathlib import Path

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Flags of a test's browser. Boards keep their sandbox: `docs/boards.md`."""


def chromium_path() -> str:
    """The Chromium to drive: `SIGNAGE_TEST_CHROMIUM`, else the machine's, else the one Playwright installed."""
    named = os.environ.get("SIGNAGE_TEST_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("google-chrome") or _of_playwright()
    if not found:
        raise FileNotFoundError("No Chromium on this machine. `make test` installs it or says how.")
    return found


def _of_playwright() -> str | None:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    return next((str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"))), None)
