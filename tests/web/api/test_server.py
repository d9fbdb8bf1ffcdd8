from flask.testing import FlaskClient

from signage_server import __version__


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
