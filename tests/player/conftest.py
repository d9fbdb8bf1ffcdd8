"""A board in a real browser, and the server it talks to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser import QUIET
from tests.player.board_server import BoardServer, World
from tests.player.campaign import Colour, near

SIZE = {"width": 320, "height": 180}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> Iterator[BoardServer]:
    server = BoardServer(world)
    yield server
    server.down()


@dataclass
class BrowserBoard:
    """One browser profile on disk is one board; it may be closed and opened again."""

    playwright: Playwright
    chromium: str
    profile: Path
    address: str
    size: dict[str, int]
    flags: list[str] = field(default_factory=list)
    context: BrowserContext | None = None
    page: Page | None = None

    def open(self, fragment: str = "") -> Page:
        """Start the browser, on the player's page."""
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=self.chromium,
            args=[*QUIET, *self.flags],
            viewport=self.size,
            headless=True,
        )
        self.page = self.context.pages[0]
        self.page.goto(self.address + fragment, wait_until="load")
        return self.page

    def close(self) -> None:
        if self.context:
            self.context.close()
        self.context = self.page = None

    def colour(self) -> Colour:
        """What the middle of the glass shows now, as composited."""
        return middle(self._page().screenshot())

    def wait_for(self, colour: Colour, timeout_ms: int = 15_000) -> None:
        """Wait until the glass shows a colour."""
        self.wait_until(lambda: near(self.colour(), colour), f"never showed {colour}", timeout_ms)

    def wait_until(self, holds: Callable[[], Any], otherwise: str, timeout_ms: int = 15_000) -> None:
        """Wait until something holds, looking again between the browser's own events."""
        for _ in range(timeout_ms // 50):
            if holds():
                return
            self._page().wait_for_timeout(50)
        raise AssertionError(f"{otherwise}; the glass shows {self.colour()}")

    def wait_for_worker(self) -> None:
        """Wait until the page could be loaded without the network."""
        controlled = "navigator.serviceWorker.controller !== null"
        self.wait_until(lambda: self._page().evaluate(controlled), "no service worker")

    def _page(self) -> Page:
        assert self.page is not None
        return self.page


def middle(png: bytes) -> Colour:
    import io

    image = Image.open(io.BytesIO(png)).convert("RGB")
    red, green, blue = image.getpixel((image.width // 2, image.height // 2))
    return red, green, blue


@pytest.fixture
def board(
    playwright: Playwright, chromium: str, tmp_path: Path, server: BoardServer
) -> Iterator[BrowserBoard]:
    board = BrowserBoard(playwright, chromium, tmp_path / "profile", server.player, SIZE)
    yield board
    board.close()
