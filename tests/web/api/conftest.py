import pytest
from apiflask import APIFlask

from signage_server.web.rooms import Rooms
from tests.factories import rooms_of


@pytest.fixture
def rooms(app: APIFlask) -> Rooms:
    """The services behind the doors."""
    return rooms_of(app)
