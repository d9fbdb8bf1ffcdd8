from collections.abc import Iterator
from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories import TestClock, add_administrator, api_client, make_app, running, sign_in


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def app(tmp_path: Path, clock: TestClock) -> Iterator[APIFlask]:
    """An installation without anybody in it."""
    with running(make_app(tmp_path, clock)) as app:
        yield app


@pytest.fixture
def program(app: APIFlask) -> FlaskClient:
    """A caller with an API token."""
    return api_client(app)


@pytest.fixture
def browser(app: APIFlask) -> FlaskClient:
    """The console in which Lan, the administrator, has signed in."""
    add_administrator(app)
    return sign_in(app)


@pytest.fixture
def stranger(app: APIFlask) -> FlaskClient:
    """A caller whom nobody knows."""
    return app.test_client()
