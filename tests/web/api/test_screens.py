import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.screens.models import Screen
from signage_server.screens.tokens import Revoked
from signage_server.web.rooms import Rooms
from tests.boards import landscape
from tests.content import ADMIN, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON, TestClock
from tests.web.queries import counted

DEVICE = "a" * 64
NOON_MS = int(NOON.timestamp() * 1000)


@pytest.fixture
def screen_id(rooms: Rooms) -> str:
    return add_screen(rooms.db, root_of(rooms), "Thang máy A", capabilities={"secure": False})


def report(**fields: Any) -> dict[str, Any]:
    """A heartbeat as delivery has checked it."""
    clock = {"offset_ms": -120, "quality": "good"}
    known = {"since_ms": NOON_MS, "stored_bytes": 10, "missing_bytes": 0, "faults": [], "clock": clock}
    return {"digest": None, "slide": None, "schedule": None, "role": None} | known | fields


def plan(rooms: Rooms) -> tuple[str, str]:
    """A playlist of two slides of ten seconds that every screen plays, all day: its id and the schedule's."""
    playlist_id = add_playlist(rooms, "Vòng", assets=[add_asset(rooms, "Một"), add_asset(rooms, "Hai")])
    schedule_id = add_schedule(rooms, playlist_id, name="Cả ngày")
    rooms.units.change(ADMIN, root_of(rooms), None, {"fallback_playlist_id": playlist_id})
    rooms.publisher.reconcile()
    return playlist_id, schedule_id


def test_a_board_that_waits_is_claimed_by_its_code(program: FlaskClient, rooms: Rooms) -> None:
    code = rooms.pairing.ask(DEVICE, landscape(), "10.0.0.7", "Chrome 53", "http://server")["code"]
    waiting = program.get("/api/v1/screens/waiting").json["items"]
    assert [(board["code"], board["width"], board["address"]) for board in waiting] == [
        (code, 1920, "10.0.0.7")
    ]

    typed = code.replace("-", " ").lower()
    answer = program.post("/api/v1/screens/claim", json={"code": typed, "name": "Sảnh", "place": "Tầng 1"})
    assert answer.status_code == 201
    screen = answer.json
    assert (screen["name"], screen["place"], screen["profile"], screen["online"]) == (
        "Sảnh",
        "Tầng 1",
        "1920x1080",
        False,
    )
    assert screen["unit_id"] == root_of(rooms)
    assert program.get("/api/v1/screens/waiting").json["items"] == []
    assert program.get(f"/api/v1/screens/{screen['id']}").json == screen
    again = program.post("/api/v1/screens/claim", json={"code": typed, "name": "Sảnh"})
    assert (again.status_code, again.json["code"]) == (404, "code_unknown")


def test_a_screen_that_was_never_heard_says_so(program: FlaskClient, screen_id: str) -> None:
    screen = program.get(f"/api/v1/screens/{screen_id}").json
    unknown = ("connected", "heard_at", "showing", "missing_bytes", "clock_quality", "player_version")
    assert [screen[field] for field in unknown] == [None] * len(unknown)
    assert (screen["online"], screen["secure"]) == (False, False)


def test_a_screen_tells_what_its_board_proved(
    program: FlaskClient, rooms: Rooms, clock: TestClock, screen_id: str
) -> None:
    _, schedule_id = plan(rooms)
    at = program.get(f"/api/v1/screens/{screen_id}/at").json
    digest = rooms.publisher.wanted(screen_id)
    rooms.states.hello(screen_id, "socket", "0.1.0", secure=True)
    rooms.states.heartbeat(
        screen_id,
        "socket",
        report(
            digest=digest, slide=at["play"]["slide"], schedule=schedule_id, role="rotation", missing_bytes=7
        ),
    )
    screen = program.get(f"/api/v1/screens/{screen_id}").json
    assert (screen["online"], screen["connected"], screen["player_version"]) == (True, "socket", "0.1.0")
    assert (screen["wanted_digest"], screen["stored_digest"], screen["missing_bytes"]) == (digest, digest, 7)
    assert (screen["clock_offset_ms"], screen["clock_quality"], screen["secure"]) == (-120, "good", True)
    assert screen["showing"] == {
        "digest": digest,
        "slide": at["play"]["slide"],
        "asset_id": at["play"]["asset_id"],
        "asset_name": at["play"]["asset_name"],
        "thumbnail_url": at["play"]["thumbnail_url"],
        "schedule_id": schedule_id,
        "schedule_name": "Cả ngày",
        "role": "rotation",
        "since": "2026-03-02T05:00:00.000Z",
    }

    clock.forward(minutes=10)
    screen = program.get(f"/api/v1/screens/{screen_id}").json
    assert (screen["online"], screen["connected"]) == (False, None)
    assert screen["showing"]["slide"] == at["play"]["slide"]


def test_a_slide_of_an_older_plan_is_still_named(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    playlist_id = add_playlist(rooms, assets=[add_asset(rooms, "Cũ")])
    slide = program.get(f"/api/v1/playlists/{playlist_id}").json["slides"][0]
    rooms.states.heartbeat(
        screen_id, "http", report(digest="0" * 64, slide=slide["id"], role="fallback", schedule="fallback")
    )
    showing = program.get(f"/api/v1/screens/{screen_id}").json["showing"]
    assert (showing["asset_name"], showing["schedule_id"], showing["role"]) == ("Cũ", None, "fallback")


def test_a_thousand_screens_take_as_many_queries_as_one(rooms: Rooms) -> None:
    plan(rooms)
    screens = [add_screen(rooms.db, root_of(rooms), f"Màn hình {number}") for number in range(40)]
    for screen_id in screens:
        rooms.states.heartbeat(
            screen_id, "socket", report(slide=f"sld_{screen_id}", schedule="sch_x", role="rotation")
        )
    with counted(rooms.db.engine) as one:
        rooms.screens_view.screen_out(screens[0])
    with rooms.db.read() as session:
        rows = session.scalars(select(Screen)).all()
        with counted(rooms.db.engine) as many:
            assert len(rooms.screens_view.screen_outs(session, rows)) == 40
    assert len(many) == len(one) - 1  # one looks for its screen, too


def test_a_screen_is_renamed_and_moved(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    address, playlist_id = f"/api/v1/screens/{screen_id}", add_playlist(rooms)
    seen = {"If-Match": program.get(address).headers["ETag"]}
    changes = {"name": "Thang máy B", "place": "Tầng 2", "fallback_playlist_id": playlist_id}
    answer = program.patch(address, json=changes, headers=seen)
    assert answer.status_code == 200
    assert {field: answer.json[field] for field in changes} == changes
    assert program.patch(address, json={"name": "C"}, headers=seen).status_code == 412
    assert program.patch(address, json={"name": "C"}).status_code == 428
    for zone in ("Mars/Base", "localtime", "Factory", "posixrules"):
        refused = program.patch(address, json={"zone": zone}, headers={"If-Match": "*"})
        assert (refused.status_code, refused.json["code"]) == (422, "unknown_zone")
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    tagged = program.patch(address, json={"tags": [family]}, headers={"If-Match": "*"})
    assert tagged.json["tags"] == [family]
    nothing = {"name": None, "zone": None, "fallback_playlist_id": None}
    answer = program.patch(address, json=nothing, headers={"If-Match": "*"})
    assert (answer.json["name"], answer.json["zone"]) == ("Thang máy B", "Asia/Ho_Chi_Minh")
    assert answer.json["fallback_playlist_id"] is None


def test_a_screen_that_is_taken_down_is_told_so(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    with rooms.db.write(edit=False) as session:
        token = rooms.screen_tokens.make(session, screen_id)
    assert program.delete(f"/api/v1/screens/{screen_id}").status_code == 428
    assert program.delete(f"/api/v1/screens/{screen_id}", headers={"If-Match": "*"}).status_code == 204
    with pytest.raises(Revoked):
        rooms.screen_tokens.screen_of(token)
    assert program.get(f"/api/v1/screens/{screen_id}").json["code"] == "unknown_screen"


def test_the_timeline_is_without_gaps_and_says_who_brought_what(
    program: FlaskClient, rooms: Rooms, screen_id: str
) -> None:
    _, schedule_id = plan(rooms)
    span = {"from": "2026-03-02T05:00:00Z", "to": "2026-03-02T05:01:00Z"}
    items = program.get(f"/api/v1/screens/{screen_id}/timeline", query_string=span).json["items"]
    assert [play["start"] for play in items[1:]] == [play["end"] for play in items[:-1]]
    assert items[0]["start"] <= "2026-03-02T05:00:00.000Z" < items[0]["end"]
    assert items[-1]["end"] >= "2026-03-02T05:01:00.000Z"
    assert {play["asset_name"] for play in items} == {"Một", "Hai"}
    assert {(play["schedule_id"], play["schedule_name"], play["role"]) for play in items} == {
        (schedule_id, "Cả ngày", "rotation")
    }

    at = program.get(f"/api/v1/screens/{screen_id}/at?time=2026-03-02T05:00:00Z").json
    assert (at["basis"], at["play"]) == ("planned", items[0])
    manifest = program.get(f"/api/v1/screens/{screen_id}/manifest").json
    assert manifest["digest"] == at["digest"] == rooms.publisher.wanted(screen_id)
    assert json.loads(manifest["text"])["format"] == 1


@pytest.mark.parametrize(
    ("starts", "hours"),
    [("2026-03-02T05:00:00Z", 25), ("2026-03-02T05:00:00Z", 0), ("2026-03-02T05:00:00Z", -1)],
)
def test_a_timeline_covers_at_most_a_day(
    program: FlaskClient, rooms: Rooms, screen_id: str, starts: str, hours: int
) -> None:
    plan(rooms)
    ends = (NOON + timedelta(hours=hours)).isoformat()
    answer = program.get(f"/api/v1/screens/{screen_id}/timeline", query_string={"from": starts, "to": ends})
    assert (answer.status_code, answer.json["code"]) == (422, "timeline_span")


def test_an_instant_without_a_zone_is_refused(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    plan(rooms)
    answer = program.get(f"/api/v1/screens/{screen_id}/at?time=2026-03-02T05:00:00")
    assert (answer.status_code, answer.json["errors"][0]["path"]) == (422, "time")


def test_a_screen_without_a_plan_says_so(program: FlaskClient, screen_id: str) -> None:
    for door in ("timeline", "at", "manifest"):
        answer = program.get(f"/api/v1/screens/{screen_id}/{door}")
        assert (answer.status_code, answer.json["code"]) == (409, "nothing_planned")
        assert program.get(f"/api/v1/screens/scr_gone/{door}").status_code == 404


def test_show_now_brings_each_profile_its_own_pictures(
    program: FlaskClient, rooms: Rooms, screen_id: str
) -> None:
    playlist_id, _ = plan(rooms)
    portrait = add_screen(rooms.db, root_of(rooms), "B", profile="1080x1920")
    offline = add_screen(rooms.db, root_of(rooms), "C")
    for heard in (screen_id, portrait):
        rooms.states.heartbeat(heard, "http", report())

    answer = program.post("/api/v1/screens/show-now", json={"playlist_id": playlist_id})
    assert answer.status_code == 200
    assert (sorted(answer.json["sent"]), answer.json["offline"]) == (sorted([screen_id, portrait]), [offline])
    commands = {screen: rooms.commands.fetch(screen) for screen in (screen_id, portrait)}
    assert [[one.name for one in found] for found in commands.values()] == [["show_now"], ["show_now"]]
    lying, standing = (commands[screen][0].args for screen in (screen_id, portrait))
    assert len(lying["order"]) == 2
    assert lying["order"] == standing["order"] == list(lying["slides"])
    assert set(lying["files"]).isdisjoint(standing["files"])
    assert {slide["file"] for slide in lying["slides"].values()} == set(lying["files"])
    with rooms.db.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "screen.show_now")).one()
    assert entry.after == {"playlist_id": playlist_id}


def test_show_now_of_one_slide_on_one_screen(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    playlist_id, _ = plan(rooms)
    slide = program.get(f"/api/v1/playlists/{playlist_id}").json["slides"][1]
    other = add_screen(rooms.db, root_of(rooms), "B")
    for heard in (screen_id, other):
        rooms.states.heartbeat(heard, "http", report())
    answer = program.post(
        "/api/v1/screens/show-now", json={"slide_id": slide["id"], "screen_ids": [screen_id, "scr_gone"]}
    )
    assert answer.json == {"sent": [screen_id], "offline": []}
    assert rooms.commands.fetch(screen_id)[0].args["order"] == [slide["id"]]
    assert rooms.commands.waiting(other) == 0


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "show_what"),
        ({"playlist_id": "pls_a", "slide_id": "sld_a"}, 422, "show_what"),
        ({"slide_id": "sld_gone"}, 422, "slide_gone"),
        ({"playlist_id": "pls_gone"}, 404, "unknown_playlist"),
    ],
)
def test_show_now_needs_something_to_show(
    program: FlaskClient, screen_id: str, body: dict[str, str], status: int, code: str
) -> None:
    answer = program.post("/api/v1/screens/show-now", json=body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_what_is_not_ready_cannot_be_shown_now(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    playlist_id = program.post("/api/v1/playlists", json={"name": "Trống"}).json["id"]
    answer = program.post("/api/v1/screens/show-now", json={"playlist_id": playlist_id})
    assert (answer.status_code, answer.json["code"]) == (409, "nothing_to_show")


@pytest.mark.parametrize(("door", "args"), [("identify", {"seconds": 15}), ("reload", {})])
def test_a_board_is_asked_to_do_something(
    program: FlaskClient, rooms: Rooms, screen_id: str, door: str, args: dict[str, int]
) -> None:
    offline = program.post(f"/api/v1/screens/{screen_id}/{door}")
    assert offline.json == {"sent": [], "offline": [screen_id]}
    rooms.states.heartbeat(screen_id, "http", report())
    assert program.post(f"/api/v1/screens/{screen_id}/{door}").json == {"sent": [screen_id], "offline": []}
    (command,) = rooms.commands.fetch(screen_id)
    assert (command.name, command.args) == (door, args)
    assert program.post(f"/api/v1/screens/scr_gone/{door}").status_code == 404
