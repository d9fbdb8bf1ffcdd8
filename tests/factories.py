"""Makers of what tests need: an installation, an application on it, a signed-in client. Each room adds its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.app import create_app
from signage_server.config import Settings
from signage_server.db import Base, Revision
from signage_server.web.rooms import Rooms

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""A Monday, 12:00 in Việt Nam."""
PASSWORD = "con mèo trèo cây cau"


class TestClock:
    """A clock that stands until a test moves it."""

    __test__ = False

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on, e.g. `forward(minutes=5)`."""
        self.now += timedelta(**by)


def settings_for(home: Path, **values: Any) -> Settings:
    """Settings of an installation in `home`, untouched by the environment of whoever runs the tests."""
    return Settings(home=home, _env_file=None, **values)


def make_app(home: Path, clock: TestClock | None = None, **values: Any) -> APIFlask:
    """An application on a fresh database in `home`, with its root unit."""
    app = create_app(settings_for(home, **values), clock=clock or TestClock())
    app.testing = True
    make_tables(rooms_of(app))
    rooms_of(app).units.make_root("Tỉnh Kiên Giang")
    return app


def make_tables(rooms: Rooms) -> None:
    """All tables, and the one row that counts edits."""
    Base.metadata.create_all(rooms.db.engine)
    with rooms.db.write(edit=False) as session:
        session.add(Revision(id=1, value=0))


def prepare_all(rooms: Rooms) -> None:
    """Have the library's hands prepare all that waits, and go home."""
    rooms.preparing.start()
    rooms.preparing.stop()


def rooms_of(app: APIFlask) -> Rooms:
    """The services of an application, for tests that go past its doors."""
    rooms = app.extensions["signage"]
    assert isinstance(rooms, Rooms)
    return rooms


@contextmanager
def running(app: APIFlask) -> Iterator[APIFlask]:
    """The application, given back afterwards together with its connections."""
    try:
        yield app
    finally:
        rooms_of(app).db.close()


def api_client(app: APIFlask) -> FlaskClient:
    """A client with an API token: it may call everything under /api/v1."""
    rooms = rooms_of(app)
    token = rooms.tokens.make("test", rooms.units.root().id, "tests")
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token.secret}"
    return client


def add_administrator(app: APIFlask, name: str = "Lan", password: str = PASSWORD) -> str:
    """The first administrator, as made by the set-up link; answers with their id."""
    rooms = rooms_of(app)
    return rooms.links.use(rooms.links.make(), name, password).id


def sign_in(app: APIFlask, name: str = "Lan", password: str = PASSWORD) -> FlaskClient:
    """A browser in which somebody has signed in; it sends the CSRF token along as the console does."""
    client = app.test_client()
    answer = client.post("/api/v1/sign-in", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.get_json()["csrf_token"]
    return client
