import json

import pytest
from flask.testing import FlaskClient

from signage_server.delivery.manifest import parse_manifest
from signage_server.scheduling.playout import plays
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, root_of
from tests.factories import NOON
from tests.web.queries import counted

NOON_MS = int(NOON.timestamp() * 1000)


def made(program: FlaskClient, **body: object) -> dict[str, object]:
    answer = program.post("/api/v1/playlists", json={"name": "Sảnh"} | body)
    assert answer.status_code == 201, answer.json
    assert answer.headers["ETag"] == f'"{answer.json["etag"]}"'
    return answer.json


def test_a_playlist_is_made_with_its_slides(program: FlaskClient, rooms: Rooms) -> None:
    asset = add_asset(rooms, "Đeo khẩu trang")
    playlist = made(
        program,
        name="  Sảnh   chính ",
        slides=[
            {
                "asset_id": asset,
                "duration_ms": 12_000,
                "fit": "contain",
                "focus": [0, 1000],
                "transition": "cut",
            },
            {"asset_id": asset},
        ],
    )
    assert playlist["name"] == "Sảnh chính"
    assert (playlist["length_ms"], playlist["used_in"], playlist["unit_id"]) == (22_000, [], root_of(rooms))
    first, second = playlist["slides"]
    assert first == {
        "id": first["id"],
        "asset_id": asset,
        "asset_name": "Đeo khẩu trang",
        "asset_state": "ready",
        "thumbnail_url": first["thumbnail_url"],
        "duration_ms": 12_000,
        "fit": "contain",
        "focus": [0, 1000],
        "transition": "cut",
    }
    assert first["thumbnail_url"].startswith("/media/")
    assert (second["duration_ms"], second["fit"], second["transition"]) == (10_000, "cover", "fade")
    assert program.get(f"/api/v1/playlists/{playlist['id']}").json == playlist


def test_a_playlist_is_replaced_by_whoever_saw_its_present_version(
    program: FlaskClient, rooms: Rooms
) -> None:
    playlist = made(program, slides=[{"asset_id": add_asset(rooms)}])
    address, body = f"/api/v1/playlists/{playlist['id']}", {"name": "Mới", "slides": []}
    seen = {"If-Match": f'"{playlist["etag"]}"'}

    assert program.put(address, json=body).status_code == 428
    answer = program.put(address, json=body, headers=seen)
    assert (answer.status_code, answer.json["name"], answer.json["slides"]) == (200, "Mới", [])
    assert answer.json["unit_id"] == root_of(rooms)
    assert program.put(address, json=body, headers=seen).status_code == 412
    assert program.delete(address, headers=seen).status_code == 412
    assert program.delete(address, headers={"If-Match": answer.headers["ETag"]}).status_code == 204
    assert program.get(address).json["code"] == "unknown_playlist"


def test_a_playlist_in_use_answers_where(program: FlaskClient, rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    schedule_id = add_schedule(rooms, playlist_id, name="Cả ngày")
    assert program.get(f"/api/v1/playlists/{playlist_id}").json["used_in"] == [schedule_id]
    answer = program.delete(
        f"/api/v1/playlists/{playlist_id}", headers={"If-Match": "*", "Accept-Language": "vi"}
    )
    assert (answer.status_code, answer.json["code"]) == (409, "playlist_in_use")
    assert "lịch “Cả ngày”" in answer.json["detail"]


def test_what_is_wrong_is_said_by_field_and_in_the_callers_language(program: FlaskClient) -> None:
    body = {"name": "", "slides": [{"asset_id": "ast_gone", "duration_ms": 10}]}
    answer = program.post("/api/v1/playlists", json=body, headers={"Accept-Language": "vi"})
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json["errors"]] == ["name", "slides.0.duration_ms"]
    body = {"name": "Sảnh", "slides": [{"asset_id": "ast_gone"}]}
    answer = program.post("/api/v1/playlists", json=body, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json["code"]) == (422, "unknown_slide_asset")
    assert answer.json["detail"].startswith("Slide 1 ")


@pytest.mark.parametrize("name", ["   ", "\u200b\t", "\ud800", "x" * 201])
def test_a_name_can_be_seen(program: FlaskClient, name: str) -> None:
    answer = program.post(
        "/api/v1/playlists", data=json.dumps({"name": name}), content_type="application/json"
    )
    assert (answer.status_code, answer.json["errors"][0]["path"]) == (422, "name")


def test_what_cannot_be_seen_is_taken_out_of_names(program: FlaskClient) -> None:
    assert made(program, name="Sa\u0309nh\x00 \u202e chính\n")["name"] == "Sảnh chính"


def test_playlists_come_in_pages_by_name_with_few_queries(program: FlaskClient, rooms: Rooms) -> None:
    for number in range(7):
        add_playlist(rooms, f"Danh sách {number}")
    names, cursor = [], ""
    while cursor is not None:
        answer = program.get(f"/api/v1/playlists?limit=3{cursor and '&cursor=' + cursor}").json
        names += [playlist["name"] for playlist in answer["items"]]
        cursor = answer["next"]
    assert names == [f"Danh sách {number}" for number in range(7)]

    with counted(rooms.db.engine) as one:
        program.get("/api/v1/playlists?limit=1")
    with counted(rooms.db.engine) as seven:
        program.get("/api/v1/playlists?limit=7")
    assert len(seven) == len(one)


def test_a_playlist_can_be_previewed_before_it_is_scheduled(program: FlaskClient, rooms: Rooms) -> None:
    first, second, late = (
        add_asset(rooms, "Một"),
        add_asset(rooms, "Hai"),
        add_asset(rooms, "Ba", state="processing"),
    )
    playlist_id = add_playlist(rooms, assets=[first, second], duration_ms=7_000)
    answer = program.get(f"/api/v1/playlists/{playlist_id}/manifest?profile=1080x1920")
    manifest = parse_manifest(answer.json["manifest"])
    shown = [
        manifest.slides[play.slide].asset for play in plays(manifest, NOON_MS, NOON_MS + 28_000) if play.slide
    ]
    assert set(shown) == {first, second}
    assert manifest.profile == "1080x1920"
    assert late not in json.dumps(answer.json)


def test_a_preview_of_nothing_says_so(program: FlaskClient, rooms: Rooms) -> None:
    playlist_id = made(program)["id"]
    answer = program.get(f"/api/v1/playlists/{playlist_id}/manifest")
    assert (answer.status_code, answer.json["code"]) == (409, "nothing_to_show")
    assert (
        program.get(f"/api/v1/playlists/{playlist_id}/manifest?profile=big").json["code"] == "unknown_profile"
    )
    assert program.get("/api/v1/playlists/pls_gone/manifest").status_code == 404


def test_the_same_request_sent_twice_makes_one_playlist(program: FlaskClient) -> None:
    once = {"Idempotency-Key": "k1"}
    first = program.post("/api/v1/playlists", json={"name": "Sảnh"}, headers=once)
    again = program.post("/api/v1/playlists", json={"name": "Sảnh"}, headers=once)
    assert (again.status_code, again.json) == (201, first.json)
    assert len(program.get("/api/v1/playlists").json["items"]) == 1
