from collections.abc import Iterator
from pathlib import Path

import pytest

from signage_server.web.rooms import Rooms
from tests.factories import TestClock, make_app, rooms_of, running


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def rooms(tmp_path: Path, clock: TestClock) -> Iterator[Rooms]:
    """A fresh installation."""
    with running(make_app(tmp_path, clock)) as app:
        yield rooms_of(app)
