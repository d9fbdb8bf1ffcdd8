import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server import __version__, home


def test_what_the_console_must_know_before_anybody_has_signed_in(stranger: FlaskClient) -> None:
    told = stranger.get("/api/v1/server", base_url="https://bang.example.vn").get_json()
    assert told == {
        "version": __version__,
        "timezone": "Asia/Ho_Chi_Minh",
        "language": "vi",
        "player_url": "https://bang.example.vn/player/",
        "secure": True,
        "limits": {"upload_bytes": 50 * 1024 * 1024, "password_characters": 12},
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("http://localhost:8080", "http://192.168.1.10:8080/player/"),
        ("http://127.0.0.1:8080", "http://192.168.1.10:8080/player/"),
        ("https://localhost", "https://192.168.1.10/player/"),
        ("http://192.168.1.10:8080", "http://192.168.1.10:8080/player/"),
    ],
)
def test_boards_are_told_an_address_that_leads_here(
    stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch, typed: str, told: str
) -> None:
    monkeypatch.setattr(home, "lan_address", lambda: "192.168.1.10")
    assert stranger.get("/api/v1/server", base_url=typed).get_json()["player_url"] == told


def test_a_public_address_goes_before_all(app: APIFlask) -> None:
    object.__setattr__(app.extensions["signage"].settings, "public_url", "https://bang.example.vn")
    told = app.test_client().get("/api/v1/server").get_json()
    assert told["player_url"] == "https://bang.example.vn/player/"
