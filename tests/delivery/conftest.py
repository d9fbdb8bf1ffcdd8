from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask

from signage_server.delivery.compiling import Content
from signage_server.delivery.manifest import ManifestFile, SlideMedia
from signage_server.scheduling.timeline import SlideSpec
from signage_server.web.rooms import Rooms
from tests.factories import NOON, TestClock, make_app, rooms_of, running


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


@pytest.fixture
def content() -> Content:
    """Nothing but one slide, in Hà Nội."""
    return Content(
        profile="1920x1080",
        zone="Asia/Ho_Chi_Minh",
        from_day=NOON.date(),
        schedules=(),
        fallback=(SlideSpec("sld_1", 10_000),),
        media=(SlideMedia("sld_1", "ast_1", "0" * 64),),
        files=(ManifestFile("0" * 64, "image/webp", 1234),),
        spread_ms=0,
    )
