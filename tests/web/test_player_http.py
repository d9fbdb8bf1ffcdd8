import json
import logging
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.delivery.frames import MESSAGE_MOST
from signage_server.web.rooms import Rooms
from tests.content import add_playlist, add_schedule, add_screen, root_of
from tests.delivery import protocol
from tests.delivery.test_player_door import HELLO, token_for
from tests.factories import rooms_of

PAIR = {"device": "d" * 64, "capabilities": HELLO["capabilities"]}


@pytest.fixture
def rooms(app: APIFlask) -> Rooms:
    return rooms_of(app)


@pytest.fixture
def screen(rooms: Rooms) -> str:
    screen_id = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    return screen_id


@pytest.fixture
def board(app: APIFlask, rooms: Rooms, screen: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token_for(rooms, screen)}"
    return client


def test_a_board_pairs_and_speaks_without_a_socket(stranger: FlaskClient, rooms: Rooms) -> None:
    offer = stranger.post("/player/pair", json=PAIR).get_json()
    protocol.check("answers", "pair", offer)
    assert offer["claim_url"] == f"http://localhost/claim#{offer['code']}"
    screen_id = rooms.pairing.claim(offer["code"], "Sảnh", who="usr_1")
    claimed = stranger.post("/player/pair", json=PAIR).get_json()
    assert claimed["screen_id"] == screen_id
    protocol.check("answers", "pair", claimed)
    answer = stranger.post(
        "/player/hello", json=HELLO, headers={"Authorization": f"Bearer {claimed['token']}"}
    )
    assert answer.get_json()["screen"] == {
        "id": screen_id,
        "name": "Sảnh",
        "place": "",
        "zone": "Asia/Ho_Chi_Minh",
        "language": "vi",
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert rooms.states.of(screen_id).via == "http"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("hello", HELLO),
        ("clock", {"t0": 1.5}),
        ("receipt", {"digest": "a" * 64, "stage": "showing"}),
        ("heartbeat", {"digest": None}),
        ("plays", {"store": "s", "tallies": [{}], "faults": []}),
        ("command_result", {"id": "cmd_1", "ok": True}),
    ],
)
def test_every_message_has_its_twin(
    board: FlaskClient, rooms: Rooms, screen: str, name: str, body: dict[str, Any]
) -> None:
    door = rooms.player_door
    over_socket = door.answer(door.enter(token_for(rooms, screen), "socket"), name, body)
    assert board.post(f"/player/{name}", json=body).get_json() == over_socket.body


@pytest.mark.parametrize(
    ("authorization", "status", "code"),
    [("", 401, "unknown_token"), ("Bearer x", 401, "unknown_token"), ("Basic eDp5", 401, "unknown_token")],
)
def test_strangers_are_refused_by_a_code(
    stranger: FlaskClient, authorization: str, status: int, code: str
) -> None:
    for address in ("/player/hello", "/player/plays"):
        answer = stranger.post(address, json=HELLO, headers={"Authorization": authorization})
        assert (answer.status_code, answer.get_json()) == (status, {"code": code})
    answer = stranger.get(f"/player/manifest/{'a' * 64}", headers={"Authorization": authorization})
    assert (answer.status_code, answer.get_json()) == (status, {"code": code})


def test_a_board_that_was_taken_down_is_told_so(board: FlaskClient, rooms: Rooms, screen: str) -> None:
    rooms.screens.delete("usr_1", screen, None)
    answer = board.post("/player/heartbeat", json={"digest": None})
    assert (answer.status_code, answer.get_json()) == (401, {"code": "revoked"})


def test_an_operators_key_is_no_boards_key_nor_the_other_way_round(
    program: FlaskClient, board: FlaskClient
) -> None:
    assert program.post("/player/hello", json=HELLO).get_json() == {"code": "unknown_token"}
    assert board.get("/api/v1/screens").status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b'{"device": "short"}', b'{"device": null}', b"[" * 100_000]
)
def test_what_cannot_be_read_is_malformed(stranger: FlaskClient, board: FlaskClient, body: bytes) -> None:
    for client, address in ((stranger, "/player/pair"), (board, "/player/hello")):
        answer = client.post(address, data=body, content_type="application/json")
        assert (answer.status_code, answer.get_json()) == (422, {"code": "malformed"})


def test_a_body_of_any_size_is_not_read(board: FlaskClient) -> None:
    answer = board.post("/player/heartbeat", data=b" " * (MESSAGE_MOST + 1), content_type="application/json")
    assert answer.status_code == 413


def test_there_are_no_other_messages(board: FlaskClient) -> None:
    answer = board.post("/player/manifest", json={})
    assert (answer.status_code, answer.get_json()) == (404, {"code": "unknown_message"})


def test_a_manifest_is_fetched_by_its_digest_and_kept_for_good(
    board: FlaskClient, rooms: Rooms, screen: str
) -> None:
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    address = f"/player/manifest/{manifest.digest}"
    answer = board.get(address)
    assert answer.data == manifest.text.encode()
    assert answer.mimetype == "application/json"
    assert "immutable" in answer.headers["Cache-Control"]
    assert board.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert board.get(f"/player/manifest/{'0' * 64}").get_json() == {"code": "not_found"}


def test_codes_cannot_be_asked_for_without_end(stranger: FlaskClient, rooms: Rooms, monkeypatch: Any) -> None:
    asked: list[tuple[str, str, str]] = []
    monkeypatch.setattr(type(rooms.limits), "hit", lambda _self, *what: asked.append(what))
    stranger.post("/player/pair", json=PAIR)
    assert [(what, who) for _, what, who in asked] == [("pair", "127.0.0.1")]


def test_a_player_that_cannot_start_is_heard(stranger: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = stranger.get("/player/err?m=too old:%0A%1b[31mForged line" + "x" * 900)
    assert answer.status_code == 204
    (record,) = (one for one in caplog.records if one.name == "signage_server.web.player_http")
    assert "too old: [31mForged line" in record.getMessage()
    assert "\n" not in record.getMessage()
    assert len(record.getMessage()) < 500


def test_answers_are_json_that_every_browser_reads(board: FlaskClient) -> None:
    answer = board.post("/player/clock", json={"t0": 1})
    assert json.loads(answer.data)["t0"] == 1
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
