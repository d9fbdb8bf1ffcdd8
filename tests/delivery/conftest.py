from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from signage_server.web.rooms import Rooms
from tests.factories import TestClock, make_app, rooms_of, running


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def app(tmp_path: Path, clock: TestClock) -> Iterator[APIFlask]:
    with running(make_app(tmp_path, clock)) as app:
        yield app


@pytest.fixture
def rooms(app: APIFlask) -> Rooms:
    return rooms_of(app)
