import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.web.rooms import Rooms
from tests.content import add_playlist, add_schedule, root_of
from tests.factories import TestClock
from tests.web.queries import counted

ALL = [{"kind": "all"}]


@pytest.fixture
def body(rooms: Rooms) -> dict[str, Any]:
    return {
        "name": "Nhắc khẩu trang",
        "playlist_id": add_playlist(rooms, "Khẩu trang"),
        "role": "reminder",
        "targets": ALL,
        "first_day": "2026-03-01",
        "last_day": "2026-12-31",
        "rrule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "windows": [{"start": "07:00", "end": "19:00"}],
        "every_ms": 900_000,
        "take": "next",
    }


def test_a_schedule_is_made_and_said_back_in_words(
    program: FlaskClient, rooms: Rooms, body: dict[str, Any]
) -> None:
    answer = program.post("/api/v1/schedules", json=body, headers={"Accept-Language": "vi"})
    assert answer.status_code == 201
    schedule = answer.json
    assert {field: schedule[field] for field in body} == body | {"targets": [{"kind": "all", "ref": None}]}
    assert (schedule["playlist_name"], schedule["unit_id"]) == ("Khẩu trang", root_of(rooms))
    assert "Thứ Hai–Thứ Sáu" in schedule["sentence"]
    assert "07:00–19:00" in schedule["sentence"]
    address = f"/api/v1/schedules/{schedule['id']}"
    assert program.get(address, headers={"Accept-Language": "vi"}).json == schedule
    english = program.get(address, headers={"Accept-Language": "en"})
    assert "Monday–Friday" in english.json["sentence"]


@pytest.mark.parametrize(
    ("windows", "active"),
    [
        ([{"start": "07:00", "end": "19:00"}], True),
        ([{"start": "00:00", "end": "24:00"}], True),
        ([{"start": "12:01", "end": "19:00"}], False),
        ([{"start": "07:00", "end": "12:00"}], False),
        ([{"start": "20:00", "end": "12:30"}], False),
    ],
)
def test_a_schedule_tells_whether_it_is_on(
    program: FlaskClient, body: dict[str, Any], windows: list[dict[str, str]], active: bool
) -> None:
    """The clock of the tests stands on a Monday, 12:00; no night of Sunday reaches into it."""
    answer = program.post("/api/v1/schedules", json=body | {"windows": windows})
    assert (answer.json["active_now"], answer.json["windows"]) == (active, windows)


def test_a_night_that_began_on_a_day_of_the_rule_is_on_the_next_morning(
    program: FlaskClient, clock: TestClock, body: dict[str, Any]
) -> None:
    night = body | {"windows": [{"start": "22:00", "end": "05:00"}], "rrule": "FREQ=WEEKLY;BYDAY=MO"}
    schedule_id = program.post("/api/v1/schedules", json=night).json["id"]
    clock.forward(hours=16, minutes=59)
    assert program.get(f"/api/v1/schedules/{schedule_id}").json["active_now"] is True
    clock.forward(minutes=1)
    assert program.get(f"/api/v1/schedules/{schedule_id}").json["active_now"] is False


def test_a_preview_says_it_back_and_saves_nothing(program: FlaskClient, body: dict[str, Any]) -> None:
    answer = program.post("/api/v1/schedules/preview", json=body, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert "15 minutes" in answer.json["sentence"]
    assert answer.json["next"][0] == ["2026-03-02T00:00:00.000Z", "2026-03-02T12:00:00.000Z"]
    assert [start[:10] for start, _ in answer.json["next"]] == [f"2026-03-0{day}" for day in (2, 3, 4, 5, 6)]
    assert program.get("/api/v1/schedules").json["items"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"every_ms": None}, "reminder_every_missing"),
        ({"take": None}, "reminder_take_missing"),
        ({"windows": [{"start": "07:00", "end": "07:00"}]}, "window_empty"),
        ({"last_day": "2026-02-01"}, "last_before_first"),
        ({"rrule": "FREQ=HOURLY"}, "rrule_sub_daily"),
        ({"zone": "Mars/Base"}, "schedule_zone_unknown"),
        ({"targets": [{"kind": "screen", "ref": "scr_gone"}]}, "schedule_target_unknown"),
        ({"playlist_id": None}, "schedule_playlist_missing"),
        ({"windows": [{"start": "24:00", "end": "07:00"}]}, "window_outside_day"),
        ({"targets": []}, "invalid"),
        ({"targets": [{"kind": "unit", "ref": "\ud800"}]}, "invalid"),
        ({"zone": "\ud800"}, "invalid"),
        ({"windows": [{"start": "7:00", "end": "19:00"}]}, "invalid"),
        ({"priority": 1001}, "invalid"),
        ({"priority": -1}, "invalid"),
        ({"share_permille": 801}, "invalid"),
        ({"share_permille": 0}, "invalid"),
        ({"every_ms": 59_999}, "invalid"),
        ({"except_days": ["1969-12-31"]}, "day_out_of_range"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(
    program: FlaskClient, body: dict[str, Any], change: dict[str, Any], code: str
) -> None:
    for address in ("/api/v1/schedules", "/api/v1/schedules/preview"):
        text = json.dumps(body | change)
        answer = program.post(address, data=text, content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (422, code)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"extra_days": ["2026-02-28"]}, "extra_day_outside", "28/02/2026"),
        (
            {"extra_days": ["2026-03-05", "2026-03-08"], "last_day": "2026-03-07"},
            "extra_day_outside",
            "08/03/2026",
        ),
        ({"extra_days": ["2026-03-05"], "except_days": ["2026-03-05"]}, "extra_day_excepted", "05/03/2026"),
    ],
)
def test_an_extra_day_that_would_never_play_is_refused_at_its_field(
    program: FlaskClient, body: dict[str, Any], change: dict[str, Any], code: str, words: str
) -> None:
    asked = body | {"first_day": "2026-03-01"} | change
    for address in ("/api/v1/schedules", "/api/v1/schedules/preview"):
        answer = program.post(address, json=asked)
        assert answer.status_code == 422
        (error,) = answer.json["errors"]
        assert (error["path"], error["code"]) == ("extra_days", code)
        assert words in error["detail"]


def test_a_schedule_is_replaced_and_deleted_by_whoever_saw_its_present_version(
    program: FlaskClient, body: dict[str, Any]
) -> None:
    made = program.post("/api/v1/schedules", json=body)
    address, seen = f"/api/v1/schedules/{made.json['id']}", {"If-Match": made.headers["ETag"]}
    off = {"name": "Tắt ban đêm", "role": "off", "targets": ALL, "first_day": "2026-03-01"}

    assert program.put(address, json=off).status_code == 428
    answer = program.put(address, json=off, headers=seen)
    assert (answer.status_code, answer.json["role"], answer.json["playlist_id"]) == (200, "off", None)
    assert program.put(address, json=off, headers=seen).status_code == 412
    assert program.delete(address, headers=seen).status_code == 412
    assert program.delete(address, headers={"If-Match": answer.headers["ETag"]}).status_code == 204
    assert program.get(address).json["code"] == "unknown_schedule"


def test_schedules_come_in_pages_by_name_with_few_queries(program: FlaskClient, rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    for number in range(5):
        add_schedule(rooms, playlist_id, name=f"Lịch {number}")
    first = program.get("/api/v1/schedules?limit=3").json
    rest = program.get(f"/api/v1/schedules?limit=3&cursor={first['next']}").json
    assert [one["name"] for one in first["items"] + rest["items"]] == [
        f"Lịch {number}" for number in range(5)
    ]
    assert rest["next"] is None

    with counted(rooms.db.engine) as one:
        program.get("/api/v1/schedules?limit=1")
    with counted(rooms.db.engine) as five:
        program.get("/api/v1/schedules?limit=5")
    assert len(five) == len(one)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"role": "takeover", "priority": 1000, "silences_reminders": True, "zone": "Asia/Tokyo"},
            ["mức ưu tiên cao nhất", "tạm ngừng lời nhắc", "theo giờ Asia/Tokyo"],
        ),
        (
            {"share_permille": 125, "extra_days": ["2026-04-04"], "except_days": ["2026-04-06"]},
            ["Chiếm 12,5 % thời lượng", "thêm 04/04/2026", "trừ 06/04/2026"],
        ),
        (
            {"windows": [{"start": "07:00", "end": "12:00"}, {"start": "11:00", "end": "13:00"}]},
            ["07:00–12:00 và 11:00–13:00"],
        ),
    ],
)
def test_all_that_is_decided_is_kept_and_told(
    program: FlaskClient, rooms: Rooms, fields: dict[str, Any], said: list[str]
) -> None:
    known = {"name": "X", "playlist_id": add_playlist(rooms), "targets": ALL, "first_day": "2026-03-01"}
    answer = program.post("/api/v1/schedules", json=known | fields, headers={"Accept-Language": "vi"}).json
    assert {field: answer[field] for field in fields} == fields
    assert [words for words in said if words not in answer["sentence"]] == []
    kept = {field: answer[field] for field in (*known, *fields)}
    again = program.put(
        f"/api/v1/schedules/{answer['id']}", json=kept, headers={"If-Match": "*", "Accept-Language": "vi"}
    ).json
    assert again == answer | {"etag": again["etag"]}
