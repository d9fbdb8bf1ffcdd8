import pytest
from flask.testing import FlaskClient

from signage_server.app import BODY_BYTES_MOST
from signage_server.errors import TooMany
from signage_server.web.limits import Limits


def test_each_caller_has_attempts_of_their_own() -> None:
    limits = Limits()
    for _ in range(3):
        limits.hit("3 per hour", "sign-in", "10.0.0.1")
    with pytest.raises(TooMany):
        limits.hit("3 per hour", "sign-in", "10.0.0.1")
    limits.hit("3 per hour", "sign-in", "10.0.0.2")
    limits.hit("3 per hour", "claim", "10.0.0.1")


@pytest.mark.parametrize("address", ["/api/v1/sign-in", "/api/v1/links/use"])
def test_strangers_cannot_fill_the_memory(stranger: FlaskClient, address: str) -> None:
    answer = stranger.post(address, data=b"x" * (BODY_BYTES_MOST + 1), content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
