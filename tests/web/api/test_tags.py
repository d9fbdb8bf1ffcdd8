from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.web.rooms import Rooms
from tests.content import add_playlist, add_screen, root_of

TAGS = "/api/v1/tags"


@pytest.fixture
def screen_id(rooms: Rooms) -> str:
    return add_screen(rooms.db, root_of(rooms))


def tag(program: FlaskClient, screen_id: str, *tags: str) -> Any:
    address = f"/api/v1/screens/{screen_id}"
    return program.patch(address, json={"tags": list(tags)}, headers={"If-Match": "*"})


def test_a_screen_is_tagged(program: FlaskClient, screen_id: str) -> None:
    assert program.get(f"/api/v1/screens/{screen_id}").json["tags"] == []
    answer = tag(program, screen_id, " thang  máy", "Bệnh viện", "THANG MÁY")
    assert (answer.status_code, answer.json["tags"]) == (200, ["Bệnh viện", "thang máy"])
    assert program.get("/api/v1/screens").json["items"][0]["tags"] == ["Bệnh viện", "thang máy"]
    renamed = program.patch(
        f"/api/v1/screens/{screen_id}", json={"name": "Sảnh", "tags": None}, headers={"If-Match": "*"}
    )
    assert renamed.json["tags"] == ["Bệnh viện", "thang máy"]
    assert tag(program, screen_id).json["tags"] == []


def test_tags_are_counted(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    assert program.get(TAGS).json == {"items": [], "next": None}
    other = add_screen(rooms.db, root_of(rooms), "B")
    tag(program, screen_id, "thang máy", "sảnh")
    tag(program, other, "thang máy")
    items = [{"tag": "sảnh", "screens": 1}, {"tag": "thang máy", "screens": 2}]
    assert program.get(TAGS).json == {"items": items, "next": None}
    program.delete(f"/api/v1/screens/{screen_id}", headers={"If-Match": "*"})
    assert program.get(TAGS).json["items"] == [{"tag": "thang máy", "screens": 1}]


@pytest.mark.parametrize("tags", [[""], ["x" * 41], [f"tầng {number}" for number in range(21)], ["\u200b"]])
def test_wrong_tags_are_refused(program: FlaskClient, screen_id: str, tags: list[str]) -> None:
    assert tag(program, screen_id, *tags).status_code == 422
    assert program.get(f"/api/v1/screens/{screen_id}").json["tags"] == []


def test_a_schedule_goes_to_a_tag(program: FlaskClient, rooms: Rooms) -> None:
    sent = {"name": "Thang máy", "playlist_id": add_playlist(rooms), "first_day": "2026-03-01"}
    answer = program.post(
        "/api/v1/schedules", json=sent | {"targets": [{"kind": "tag", "ref": " Thang  máy"}]}
    )
    assert (answer.status_code, answer.json["targets"]) == (201, [{"kind": "tag", "ref": "Thang máy"}])
    for ref in (None, "", "x" * 41):
        refused = program.post("/api/v1/schedules", json=sent | {"targets": [{"kind": "tag", "ref": ref}]})
        assert (refused.status_code, refused.json["code"]) == (422, "tag_wrong")
