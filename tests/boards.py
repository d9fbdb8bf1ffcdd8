"""Makers of boards and of the database they live in, for tests of screens and delivery."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

import signage_server.delivery.models
import signage_server.library.models
import signage_server.playlists.models
import signage_server.scheduling.models  # noqa: F401 - every table must be known before they are made
from signage_server.accounts.models import Unit
from signage_server.config import Settings
from signage_server.db import Base, Database, Revision, new_id
from signage_server.screens.models import Screen
from signage_server.screens.pairing import Pairing
from signage_server.screens.said import Capabilities
from signage_server.screens.tokens import ScreenTokens

NOON = datetime(2020, 9, 1, 5, 0, tzinfo=UTC)
"""Noon in Vietnam, on a working day of the campaign."""
ROOT = "unt_root"


@dataclass
class FakeClock:
    """Stands still until it is told to move."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class House:
    """A database with the root unit, a clock, and the services of the screens room."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.settings = Settings(home=self.home, _env_file=None)
        self.db = Database(self.settings.database_url)
        Base.metadata.create_all(self.db.engine)
        with self.db.write(edit=False) as session:
            session.execute(insert(Revision).values(id=1, value=0))
            session.add(Unit(id=ROOT, name="Kiên Giang", created_at=NOON))
        self.tokens = ScreenTokens(self.db, self.clock)
        self.pairing = Pairing(self.db, self.clock, self.settings, self.tokens)

    def close(self) -> None:
        self.db.close()

    def screen(self, name: str = "Lift A", **fields: Any) -> str:
        """A screen, ready to play; its id."""
        screen_id = new_id("scr")
        known = {"unit_id": ROOT, "zone": "Asia/Ho_Chi_Minh", "profile": "1920x1080", "created_at": NOON}
        with self.db.write() as session:
            session.add(Screen(id=screen_id, name=name, **known | fields))
        return screen_id

    def token_of(self, screen_id: str) -> str:
        with self.db.write(edit=False) as session:
            return self.tokens.make(session, screen_id)


def landscape(**fields: Any) -> Capabilities:
    """A board as most are: full HD, lying, on plain http."""
    return Capabilities.model_validate({"width": 1920, "height": 1080, "webp": True} | fields)
