from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.web.rooms import Rooms
from tests.content import add_playlist

SETS = "/api/v1/day-sets"
SCHOOL = {
    "name": "Ngày của trường",
    "days": [{"day": "2026-09-05", "name": "Khai giảng"}, {"day": "2024-06-25"}],
}


@pytest.fixture
def school(program: FlaskClient) -> dict[str, Any]:
    answer = program.post(SETS, json=SCHOOL)
    assert answer.status_code == 201
    made: dict[str, Any] = answer.json
    return made


def body(rooms: Rooms, **fields: Any) -> dict[str, Any]:
    known = {"name": "Giờ làm", "playlist_id": add_playlist(rooms), "targets": [{"kind": "all"}]}
    return known | {"first_day": "2026-03-01"} | fields


def test_a_new_installation_knows_holidays_and_tet(program: FlaskClient) -> None:
    answer = program.get(SETS, headers={"Accept-Language": "vi"}).json
    holidays, tet = answer["items"]
    assert answer["next"] is None
    assert [holidays["id"], tet["id"]] == ["day_vn_holidays", "day_vn_tet"]
    assert [holidays["name"], tet["name"]] == ["Ngày nghỉ lễ Việt Nam", "Tết Nguyên đán"]
    assert (tet["built_in"], tet["used_by"]) == (True, [])
    assert tet["source"].startswith("holidays ")
    assert "Thủ tướng" in tet["note"]
    english = program.get(f"{SETS}/day_vn_tet", headers={"Accept-Language": "en"}).json
    assert english["name"] == "Lunar New Year (Tết)"
    assert {"day": "2026-02-17", "name": "Lunar New Year"} in english["days"]


def test_built_in_sets_tell_the_years_around_now_or_the_one_asked_for(program: FlaskClient) -> None:
    """The clock of the tests stands in 2026."""
    years = {date.fromisoformat(one["day"]).year for one in program.get(f"{SETS}/day_vn_tet").json["days"]}
    assert years == {2025, 2026, 2027, 2028}
    asked = program.get(f"{SETS}/day_vn_tet?year=2050").json["days"]
    assert {one["day"][:4] for one in asked} == {"2050"}
    assert program.get(f"{SETS}?year=2150").json["items"][0]["days"] == []
    assert program.get(f"{SETS}?year=20261").status_code == 422


def test_a_set_of_ones_own_is_told_whole_so_that_it_can_be_sent_back(
    program: FlaskClient, school: dict[str, Any]
) -> None:
    days = [{"day": "2024-06-25", "name": ""}, {"day": "2026-09-05", "name": "Khai giảng"}]
    assert school["days"] == days
    assert program.get(SETS).json["items"][2] == school
    assert program.get(f"{SETS}/{school['id']}?year=2026").json["days"] == days[1:]
    assert (school["built_in"], school["source"], school["note"]) == (False, None, None)


def test_a_set_is_changed_by_whoever_saw_its_present_version(
    program: FlaskClient, school: dict[str, Any]
) -> None:
    address = f"{SETS}/{school['id']}"
    changed = {"name": "Ngày thi", "days": [{"day": "2026-06-25", "name": "Thi"}]}
    answer = program.put(address, json=changed, headers={"If-Match": school["etag"]})
    assert (answer.status_code, answer.json["name"], answer.json["days"]) == (
        200,
        "Ngày thi",
        changed["days"],
    )
    stale = program.put(address, json=changed, headers={"If-Match": school["etag"]})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    assert program.put(address, json=changed).status_code == 428
    assert program.delete(address, headers={"If-Match": answer.headers["ETag"]}).status_code == 204
    assert program.get(address).json["code"] == "unknown_day_set"


def test_built_in_sets_are_read_only(program: FlaskClient) -> None:
    answer = program.put(f"{SETS}/day_vn_tet", json=SCHOOL, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json["code"]) == (409, "day_set_built_in")
    assert program.delete(f"{SETS}/day_vn_tet", headers={"If-Match": "*"}).status_code == 409


def test_a_schedule_says_its_sets_and_a_set_its_schedules(
    program: FlaskClient, rooms: Rooms, school: dict[str, Any]
) -> None:
    sent = body(rooms, exclude_sets=["day_vn_holidays"], include_sets=[school["id"]])
    vietnamese = {"Accept-Language": "vi"}
    preview = program.post("/api/v1/schedules/preview", json=sent, headers=vietnamese).json
    made = program.post("/api/v1/schedules", json=sent, headers=vietnamese).json
    assert made["exclude_sets"] == ["day_vn_holidays"]
    assert made["include_sets"] == [school["id"]]
    assert made["only_sets"] == []
    assert "thêm Ngày của trường, trừ Ngày nghỉ lễ Việt Nam" in made["sentence"]
    assert preview["sentence"] == made["sentence"]
    english = program.get(f"/api/v1/schedules/{made['id']}", headers={"Accept-Language": "en"}).json
    assert "except Public holidays of Viet Nam" in english["sentence"]

    address = f"{SETS}/{school['id']}"
    assert program.get(address).json["used_by"] == [{"id": made["id"], "name": "Giờ làm"}]
    refused = program.delete(address, headers={"If-Match": "*", **vietnamese})
    assert (refused.status_code, refused.json["code"]) == (409, "day_set_in_use")
    assert "“Giờ làm”" in refused.json["detail"]


def test_a_schedule_is_off_on_a_day_of_its_set(program: FlaskClient, rooms: Rooms) -> None:
    """The clock of the tests stands on Monday, 2 March 2026, noon."""
    today = program.post(SETS, json={"name": "Nay", "days": [{"day": "2026-03-02"}]}).json["id"]
    off = program.post("/api/v1/schedules", json=body(rooms, exclude_sets=[today])).json
    on = program.post("/api/v1/schedules", json=body(rooms, only_sets=[today])).json
    assert (off["active_now"], on["active_now"]) == (False, True)
    nxt = program.post("/api/v1/schedules/preview", json=body(rooms, exclude_sets=[today])).json["next"]
    assert nxt[0][0] == "2026-03-02T17:00:00.000Z"


def test_unknown_and_too_many_sets_are_refused(program: FlaskClient, rooms: Rooms) -> None:
    gone = program.post("/api/v1/schedules", json=body(rooms, only_sets=["day_gone"]))
    assert (gone.status_code, gone.json["code"]) == (422, "schedule_day_set_unknown")
    many = program.post("/api/v1/schedules", json=body(rooms, only_sets=["day_vn_tet"] * 21))
    assert many.status_code == 422


def test_a_set_needs_a_name_and_dates(program: FlaskClient) -> None:
    for wrong in ({"name": " ", "days": []}, {"name": "X", "days": [{"day": "2026-02-30"}]}, {"name": "X"}):
        assert program.post(SETS, json=wrong).status_code == 422
