from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from signage_server import installing
from signage_server.app import create_app
from signage_server.demo import DemoBoards
from signage_server.screens.models import Screen
from signage_server.screens.said import Capabilities
from signage_server.web.rooms import Rooms
from tests.factories import TestClock, rooms_of, running, settings_for

LYING, UPRIGHT = Capabilities(width=1920, height=1080), Capabilities(width=1080, height=1920)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def rooms(tmp_path: Path, clock: TestClock) -> Iterator[Rooms]:
    with running(create_app(settings_for(tmp_path, host="127.0.0.1"), clock=clock)) as app:
        installing.prepare(rooms_of(app))
        yield rooms_of(app)


def open_in_browser(rooms: Rooms, device: str, can: Capabilities = LYING) -> str:
    """What a browser does that follows the link: it asks, and says hello with what it got."""
    answer = rooms.pairing.ask(device, can, "127.0.0.1", "Chromium", "http://localhost:8080")
    assert rooms.screen_tokens.screen_of(answer["token"]) == answer["screen_id"]
    rooms.states.hello(answer["screen_id"], "http", "1", secure=True)
    return str(answer["screen_id"])


def names(rooms: Rooms) -> list[str]:
    with rooms.db.read() as session:
        return sorted(session.scalars(select(Screen.name)))


def test_the_link_plays_in_every_browser_and_each_is_a_screen(rooms: Rooms) -> None:
    device = DemoBoards(rooms).open_link()
    assert names(rooms) == ["Màn hình trình diễn"]
    assert open_in_browser(rooms, device) != open_in_browser(rooms, device, UPRIGHT)
    assert names(rooms) == ["Màn hình trình diễn", "Màn hình trình diễn 2"]


def test_a_browser_that_is_still_coming_keeps_its_screen(rooms: Rooms) -> None:
    device = DemoBoards(rooms).open_link()
    asked = [rooms.pairing.ask(device, LYING, "", "", "")["screen_id"] for _ in range(2)]
    assert asked[0] != asked[1]


def test_a_screen_that_nobody_watches_any_more_is_used_again(rooms: Rooms, clock: TestClock) -> None:
    first = open_in_browser(rooms, DemoBoards(rooms).open_link())
    clock.forward(minutes=10)
    assert open_in_browser(rooms, DemoBoards(rooms).open_link()) == first
    assert len(names(rooms)) == 1


def test_a_demo_screen_that_was_taken_down_is_made_again(rooms: Rooms) -> None:
    first = open_in_browser(rooms, DemoBoards(rooms).open_link())
    rooms.screens.delete("test", first, None)
    assert open_in_browser(rooms, DemoBoards(rooms).open_link()) != first
