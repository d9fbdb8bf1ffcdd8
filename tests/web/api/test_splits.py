from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.web.rooms import Rooms
from tests.content import add_playlist

SCHEDULES = "/api/v1/schedules"


@pytest.fixture
def body(rooms: Rooms) -> dict[str, Any]:
    return {
        "name": "Chào cờ",
        "playlist_id": add_playlist(rooms),
        "targets": [{"kind": "all"}],
        "first_day": "2026-03-02",
        "last_day": "2026-05-31",
        "rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=10",
        "windows": [{"start": "07:00", "end": "08:00"}],
    }


@pytest.fixture
def made(program: FlaskClient, body: dict[str, Any]) -> dict[str, Any]:
    schedule: dict[str, Any] = program.post(SCHEDULES, json=body).json
    return schedule


def split(program: FlaskClient, schedule: dict[str, Any], **sent: Any) -> Any:
    address = f"{SCHEDULES}/{schedule['id']}/split"
    return program.post(address, json=sent, headers={"If-Match": f'"{schedule["etag"]}"'})


def test_this_and_following_become_a_schedule_of_their_own(
    program: FlaskClient, body: dict[str, Any], made: dict[str, Any]
) -> None:
    later = body | {"windows": [{"start": "09:00", "end": "10:00"}]}
    answer = split(program, made, day="2026-03-16", scope="following", change=later)
    assert answer.status_code == 200
    left, new = answer.json["schedule"], answer.json["made"]
    assert (left["id"], left["last_day"], left["rrule"]) == (
        made["id"],
        "2026-03-15",
        "FREQ=WEEKLY;COUNT=2;BYDAY=MO",
    )
    assert (new["first_day"], new["last_day"], new["rrule"]) == (
        "2026-03-16",
        "2026-05-31",
        "FREQ=WEEKLY;COUNT=8;BYDAY=MO",
    )
    assert (left["windows"], new["windows"]) == (body["windows"], later["windows"])
    assert program.get(f"{SCHEDULES}/{new['id']}").json == new
    assert program.get(f"{SCHEDULES}/{left['id']}").headers["ETag"] == f'"{left["etag"]}"' != made["etag"]


def test_this_day_only(program: FlaskClient, body: dict[str, Any], made: dict[str, Any]) -> None:
    answer = split(program, made, day="2026-03-16", scope="day", change=body | {"name": "Lễ lớn"}).json
    assert answer["schedule"]["except_days"] == ["2026-03-16"]
    new = answer["made"]
    assert (new["name"], new["first_day"], new["last_day"], new["rrule"]) == (
        "Lễ lớn",
        "2026-03-16",
        "2026-03-16",
        None,
    )


def test_days_are_taken_out(program: FlaskClient, made: dict[str, Any]) -> None:
    skipped = split(program, made, day="2026-03-16", scope="day", change=None).json
    assert (skipped["schedule"]["except_days"], skipped["made"]) == (["2026-03-16"], None)
    gone = split(program, skipped["schedule"], day="2026-03-02", scope="following", change=None)
    assert gone.json == {"schedule": None, "made": None}
    assert program.get(f"{SCHEDULES}/{made['id']}").status_code == 404


def test_what_cannot_be_split_is_refused_in_words(
    program: FlaskClient, body: dict[str, Any], made: dict[str, Any]
) -> None:
    off = split(program, made, day="2026-03-17", scope="day", change=None)
    assert (off.status_code, off.json["code"]) == (409, "schedule_not_on_day")
    assert "17/03/2026" in off.json["detail"]
    address = f"{SCHEDULES}/{made['id']}/split"
    whole = {"day": "2026-03-16", "scope": "all", "change": None}
    assert program.post(address, json=whole, headers={"If-Match": "*"}).status_code == 422
    unsaid = {"day": "2026-03-16", "scope": "day"}
    assert program.post(address, json=unsaid, headers={"If-Match": "*"}).status_code == 422
    assert program.post(address, json=unsaid | {"change": None}).status_code == 428
    stale = program.post(address, json=unsaid | {"change": None}, headers={"If-Match": '"v7"'})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    nowhere = program.post(
        f"{SCHEDULES}/sch_gone/split", json=unsaid | {"change": None}, headers={"If-Match": "*"}
    )
    assert (nowhere.status_code, nowhere.json["code"]) == (404, "unknown_schedule")


def test_a_split_that_is_sent_twice_happens_once(
    program: FlaskClient, body: dict[str, Any], made: dict[str, Any]
) -> None:
    address, sent = f"{SCHEDULES}/{made['id']}/split", {"day": "2026-03-16", "scope": "day", "change": body}
    headers = {"If-Match": "*", "Idempotency-Key": "one-click"}
    first = program.post(address, json=sent, headers=headers)
    again = program.post(address, json=sent, headers=headers)
    assert again.json == first.json
    assert len(program.get(SCHEDULES).json["items"]) == 2
