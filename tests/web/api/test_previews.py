from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.delivery.prospects import AUDIENCES_MOST
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.web.api.test_moments import plays

HOUR_MS = 3_600_000
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def playlist_id(rooms: Rooms) -> str:
    return add_playlist(rooms, "Mới", [add_asset(rooms, "Một"), add_asset(rooms, "Hai")])


def draft(playlist_id: str | None, **fields: Any) -> dict[str, Any]:
    known = {
        "name": "Mới",
        "playlist_id": playlist_id,
        "targets": [{"kind": "all"}],
        "first_day": "2026-03-01",
    }
    return known | fields


def preview(program: FlaskClient, body: dict[str, Any], **query: str) -> dict[str, Any]:
    answer = program.post("/api/v1/schedules/preview", json=body, query_string=query, headers=IN_ENGLISH)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_a_schedule_without_screens_says_so(program: FlaskClient, playlist_id: str) -> None:
    answer = preview(program, draft(playlist_id))
    assert (answer["screens"], answer["airtime_ms"], answer["promise"]) == (0, None, None)
    assert [warning["code"] for warning in answer["warnings"]] == ["no_screens"]


def test_a_preview_tells_the_time_on_air_and_saves_nothing(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    add_screen(rooms.db, root_of(rooms))
    plays(rooms, "Bluezone")
    before = rooms.db.revision()
    answer = preview(program, draft(playlist_id))
    assert (answer["screens"], answer["warnings"]) == (1, [])
    assert answer["airtime_ms"] == (7 * 24 - 12) * HOUR_MS // 3 * 2
    assert answer["airtime_sentence"] == "On air for 104 hours in the first seven days"
    dark = draft(None, role="off", windows=[{"start": "22:00", "end": "05:00"}])
    said = preview(program, dark)["airtime_sentence"]
    assert said == "The screen is dark for 44 hours in the first seven days"
    assert rooms.db.revision() == before


def test_conflicts_are_shown_before_saving(program: FlaskClient, rooms: Rooms, playlist_id: str) -> None:
    """xibo#163, turned round: people are told beforehand who will not play."""
    for number in range(3):
        add_screen(rooms.db, root_of(rooms), f"A{number}")
    morning = plays(rooms, "Bluezone", windows=(Window(8 * 60, 9 * 60),))
    takeover = draft(playlist_id, role="takeover", windows=[{"start": "07:00", "end": "12:00"}])
    answer = preview(program, takeover)
    assert [(one["code"], one["schedules"]) for one in answer["warnings"]] == [
        ("starves", [{"id": morning, "name": "Bluezone"}]),
        ("covers", [{"id": morning, "name": "Bluezone"}]),
    ]
    assert answer["warnings"][0]["sentence"].startswith(
        "In the first 7 days these schedules would get no time at all because of it: “Bluezone”."
    )
    plays(rooms, "Họp khẩn", role="takeover", priority=5, windows=(Window(6 * 60, 13 * 60),))
    answer = preview(program, takeover)
    assert (answer["airtime_ms"], answer["warnings"][0]["code"]) == (0, "starved")
    assert "“Họp khẩn” takes all of its hours" in answer["warnings"][0]["sentence"]


def test_schedules_of_the_same_name_are_told_apart(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    add_screen(rooms.db, root_of(rooms))
    for rule, hours in (
        (DateRule(date(2026, 3, 4), date(2026, 3, 4)), Window(8 * 60, 9 * 60)),
        (DateRule(date(2026, 3, 1), None, "FREQ=WEEKLY;BYDAY=TU"), Window(8 * 60, 9 * 60)),
        (DateRule(date(2026, 3, 1), None, "FREQ=WEEKLY;BYDAY=TU"), Window(10 * 60, 11 * 60)),
    ):
        plays(rooms, "Họp dân", rule=rule, windows=(hours,))
    takeover = draft(playlist_id, role="takeover", windows=[{"start": "07:00", "end": "12:00"}])
    (starves, covers) = preview(program, takeover)["warnings"]
    for name in (
        "“Họp dân (4 March)”",
        "“Họp dân (Every Tuesday, 08:00–09:00)”",
        "“Họp dân (Every Tuesday, 10:00–11:00)”",
    ):
        assert name in starves["sentence"]
        assert name in covers["sentence"]
    assert {one["name"] for one in starves["schedules"]} == {"Họp dân"}


def test_a_reminder_is_told_whether_its_promise_can_be_kept(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms, "Dài", duration_ms=200_000), name="Dài")
    reminder = draft(playlist_id, role="reminder", take="all", every_ms=900_000)
    answer = preview(program, reminder)
    assert answer["promise"] == {
        "every_ms": 900_000,
        "late_at_most_ms": 200_000,
        "kept": True,
        "sentence": "The rhythm can be kept: it is late by 3 minutes 20 seconds at most, "
        "since no slide is cut for it.",
    }
    answer = preview(program, reminder | {"every_ms": 180_000})
    assert not answer["promise"]["kept"]
    assert [warning["code"] for warning in answer["warnings"]] == ["reminder_slides_long"]


def test_the_version_that_is_edited_does_not_stand_in_its_own_way(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    add_screen(rooms.db, root_of(rooms))
    old = plays(rooms, "Cũ", role="takeover", priority=9, share_permille=None)
    changed = draft(playlist_id, role="takeover", priority=1)
    assert preview(program, changed)["warnings"][0]["code"] == "starved"
    answer = preview(program, changed, replaces=old)
    assert (answer["warnings"], answer["airtime_ms"]) == ([], (7 * 24 - 12) * HOUR_MS)


def test_what_concerns_some_screens_only_says_how_many(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    add_screen(rooms.db, root_of(rooms), "A", zone="Europe/Paris")
    add_screen(rooms.db, root_of(rooms), "B")
    plays(
        rooms, "Họp", role="takeover", priority=1, windows=(Window(8 * 60, 9 * 60),), zone="Asia/Ho_Chi_Minh"
    )
    hour = draft(playlist_id, windows=[{"start": "08:00", "end": "09:00"}])
    answer = preview(program, hour)
    assert (answer["screens"], answer["airtime_ms"]) == (2, 0)
    assert answer["warnings"][0]["code"] == "starved"
    assert answer["warnings"][0]["sentence"].startswith("On 1 of 2 screens: ")


def test_playlists_that_are_not_ready_are_told(program: FlaskClient, rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    waiting = add_playlist(rooms, "Chờ", [add_asset(rooms, "Chờ", state="processing")])
    with rooms.db.write() as session:
        session.connection().exec_driver_sql("DELETE FROM rendition")
    assert [one["code"] for one in preview(program, draft(waiting))["warnings"]] == ["nothing_to_show"]


def test_slides_that_are_still_prepared_are_counted(program: FlaskClient, rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    ready = add_asset(rooms, "Xong")
    assets = [add_asset(rooms, f"Chờ {number}", state="processing") for number in range(3)]
    with rooms.db.write() as session:
        for asset in assets:
            session.connection().exec_driver_sql("DELETE FROM rendition WHERE asset_id = ?", (asset,))
    body = draft(add_playlist(rooms, "Mới", [ready, *assets]))
    (warning,) = preview(program, body)["warnings"]
    assert warning["code"] == "slides_not_ready"
    assert warning["sentence"].startswith("3 of 4 slides not ready yet, and not counted here.")
    said = program.post("/api/v1/schedules/preview", json=body, headers={"Accept-Language": "vi"})
    assert said.json is not None
    assert said.json["warnings"][0]["sentence"].startswith("3 trong 4 trang chiếu chưa sẵn sàng")
    nowhere = preview(program, body | {"targets": [{"kind": "tag", "ref": "không có"}]})
    assert [one["code"] for one in nowhere["warnings"]] == ["no_screens", "slides_not_ready"]
    off = draft(None, role="off")
    assert preview(program, off)["warnings"] == []


def test_only_so_many_groups_are_worked_out_and_the_answer_says_so(
    program: FlaskClient, rooms: Rooms, playlist_id: str
) -> None:
    zones = [
        "Asia/Tokyo",
        "Asia/Ho_Chi_Minh",
        "Asia/Kolkata",
        "Europe/Paris",
        "Europe/London",
        "Europe/Athens",
    ]
    zones += ["America/Lima", "America/Denver", "America/New_York", "Pacific/Auckland"]
    for zone in zones:
        for number in range(2):
            add_screen(rooms.db, root_of(rooms), f"{zone} {number}", zone=zone)
    answer = preview(program, draft(playlist_id))
    assert answer["screens"] == 20
    (warning,) = answer["warnings"]
    assert warning["code"] == "screens_left_out"
    assert f"{20 - 2 * AUDIENCES_MOST} more screens" in warning["sentence"]


def test_a_past_schedule_is_said_to_be_over(program: FlaskClient, rooms: Rooms, playlist_id: str) -> None:
    add_screen(rooms.db, root_of(rooms))
    past = draft(playlist_id, first_day="2020-01-01", last_day="2020-12-31")
    answer = preview(program, past)
    assert ([one["code"] for one in answer["warnings"]], answer["next"]) == (["over"], [])


def test_what_is_to_be_replaced_must_be_there(program: FlaskClient, playlist_id: str) -> None:
    answer = program.post("/api/v1/schedules/preview?replaces=sch_none", json=draft(playlist_id))
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_schedule")
