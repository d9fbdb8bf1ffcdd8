"""The demo link: every browser that opens it becomes a screen of its own, paired already.

It is good as long as the server runs, in as many browsers as somebody likes to compare; the next start prints a new
one. Demo screens that nobody watches any more are used again, so that the wall does not fill with them.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from signage_server import home
from signage_server.accounts import audit
from signage_server.screens.models import Screen
from signage_server.screens.said import Capabilities
from signage_server.web.rooms import Rooms

NAMES = {"vi": "Màn hình trình diễn", "en": "Demo screen"}
FULL_HD = Capabilities(width=1920, height=1080, webp=True, secure=True, store="cache")
"""What the first one is made for, before anybody has opened it."""
COMES_WITHIN = timedelta(seconds=60)
"""How long a browser that was given a screen may take to say hello, before the screen is given to another."""


class DemoBoards:
    """Gives a demo screen to each browser that comes by the link."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._given: dict[str, datetime] = {}

    def open_link(self) -> str:
        """The device that the link carries. The first screen is there already when it is opened."""
        if not self._screens():
            self._make(FULL_HD)
        device = secrets.token_hex(32)
        self._rooms.pairing.always_pair(device, self.pair)
        return device

    def pair(self, can: Capabilities) -> dict[str, Any]:
        """What a browser is told that asks with the link's device: a screen and a token for it."""
        screen_id = self._unwatched() or self._make(can)
        self._given[screen_id] = self._rooms.clock()
        with self._rooms.db.write(edit=False) as session:
            return {"screen_id": screen_id, "token": self._rooms.screen_tokens.make(session, screen_id)}

    def _unwatched(self) -> str | None:
        return next((one for one in self._screens() if self._is_free(one)), None)

    def _is_free(self, screen_id: str) -> bool:
        given_at = self._given.get(screen_id)
        is_coming = given_at is not None and self._rooms.clock() - given_at < COMES_WITHIN
        return not is_coming and not self._rooms.states.online(screen_id)

    def _screens(self) -> list[str]:
        known = home.recall(self._rooms.settings, "demo_screens") or []
        with self._rooms.db.read() as session:
            return [screen_id for screen_id in known if session.get(Screen, screen_id) is not None]

    def _make(self, can: Capabilities) -> str:
        """A new demo screen, by the same way as any other: a code that is shown, and claimed."""
        screens = self._screens()
        name = NAMES[self._rooms.settings.language] + (f" {len(screens) + 1}" if screens else "")
        code = self._rooms.pairing.ask(secrets.token_hex(32), can, "", "", "")["code"]
        screen_id = self._rooms.pairing.claim(code, name, who=audit.CLI)
        home.remember(self._rooms.settings, demo_screens=[*screens, screen_id])
        return screen_id
