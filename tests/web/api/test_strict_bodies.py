"""Bodies are taken as they are written: a number is no text, a moment is no day."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist

SCHEDULE = {"name": "Bluezone", "targets": [{"kind": "all"}], "first_day": "2026-11-26"}


@pytest.fixture
def body(rooms: Rooms) -> dict[str, Any]:
    return SCHEDULE | {"playlist_id": add_playlist(rooms)}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"priority": "5"}, "int_type"),
        ({"priority": True}, "int_type"),
        ({"priority": 5.0}, "int_type"),
        ({"silences_reminders": "true"}, "bool_type"),
        ({"silences_reminders": 1}, "bool_type"),
        ({"name": 5}, "string_type"),
        ({"first_day": "2026-11-26T00:00:00Z"}, "day_form"),
        ({"first_day": 20783}, "day_form"),
        ({"last_day": "26/11/2026"}, "day_form"),
        ({"extra_days": ["2026-11-31"]}, "day_form"),
    ],
)
def test_a_value_of_another_kind_is_refused_at_its_field(
    program: FlaskClient, body: dict[str, Any], wrong: dict[str, Any], code: str
) -> None:
    answer = program.post("/api/v1/schedules/preview", json=body | wrong)
    assert answer.status_code == 422
    (error,) = answer.json["errors"]
    assert (error["path"].partition(".")[0], error["code"]) == (next(iter(wrong)), code)


def test_what_is_written_as_asked_is_taken(program: FlaskClient, rooms: Rooms, body: dict[str, Any]) -> None:
    right = body | {"priority": 5, "last_day": None, "extra_days": ["2026-11-30"]}
    assert program.post("/api/v1/schedules/preview", json=right).status_code == 200
    asset_id = add_asset(rooms)
    slide = {"asset_id": asset_id, "focus": [250, 750]}
    made = program.post("/api/v1/playlists", json={"name": "A", "slides": [slide]})
    assert (made.status_code, made.json["slides"][0]["focus"]) == (201, [250, 750])
    wrong = program.post("/api/v1/playlists", json={"name": "A", "slides": [slide | {"focus": ["250", 750]}]})
    assert wrong.status_code == 422
    seen = {"If-Match": program.get(f"/api/v1/assets/{asset_id}").headers["ETag"]}
    kept = program.patch(
        f"/api/v1/assets/{asset_id}", json={"expires_at": "2026-11-26T07:30:00+07:00"}, headers=seen
    )
    assert kept.json["expires_at"] == "2026-11-26T00:30:00.000Z"
    for wrong_time in (1795500000, "2026-11-26", "1795500000"):
        refused = program.patch(
            f"/api/v1/assets/{asset_id}", json={"expires_at": wrong_time}, headers={"If-Match": "*"}
        )
        assert refused.json["errors"][0]["code"] == "instant_form"
