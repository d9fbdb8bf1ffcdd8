import json
import logging
from typing import Any

import pytest
from sqlalchemy import select

from signage_server.clock import to_ms
from signage_server.delivery import budget as budget_module
from signage_server.delivery.player_door import PUSHED_MOST, Caller
from signage_server.screens.models import Pairing, Screen, ScreenToken
from signage_server.screens.tokens import Revoked, UnknownToken
from signage_server.web.rooms import Rooms
from tests.boards import landscape
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.delivery import protocol
from tests.factories import TestClock

CAN = {"width": 1920, "height": 1080, "webp": True, "secure": True, "store": "cache", "language": "vi-VN"}
HELLO = {"versions": {"player": "0.1.0"}, "capabilities": CAN, "formats": [1], "digest": None, "alerts": None}
DIGEST = "d" * 64


def token_for(rooms: Rooms, screen_id: str) -> str:
    with rooms.db.write(edit=False) as session:
        return rooms.screen_tokens.make(session, screen_id)


@pytest.fixture
def screen(rooms: Rooms) -> str:
    screen_id = add_screen(rooms.db, root_of(rooms), "Thang máy A", place="Nhà B")
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    return screen_id


@pytest.fixture
def board(rooms: Rooms, screen: str) -> Caller:
    return rooms.player_door.enter(token_for(rooms, screen), "socket")


def ask(rooms: Rooms, board: Caller, name: str, body: Any) -> dict[str, Any]:
    answer = rooms.player_door.answer(board, name, body)
    json.dumps(answer.body, allow_nan=False)  # whatever is said can be sent, and is what the protocol says
    protocol.check("answers", "refusal" if "code" in answer.body else name, answer.body)
    return answer.body


def test_hello_brings_all_that_the_board_lacks(rooms: Rooms, board: Caller, clock: TestClock) -> None:
    welcome = ask(rooms, board, "hello", HELLO)
    manifest = rooms.publisher.wanted_manifest(board.screen_id)
    assert manifest is not None
    assert welcome == {
        "server_ms": to_ms(clock()),
        "digest": manifest.digest,
        "manifest": manifest.text,
        "alerts": None,
        "heartbeat_s": 60,
        "screen": {
            "id": board.screen_id,
            "name": "Thang máy A",
            "place": "Nhà B",
            "zone": "Asia/Ho_Chi_Minh",
            "language": "vi",
        },
        "media_base": "../media/",
        "poll_s": 30,
        "commands": [],
    }
    state = rooms.states.of(board.screen_id)
    assert (state.player_version, state.via, state.secure) == ("0.1.0", "socket", True)


def test_hello_does_not_repeat_what_the_board_holds(rooms: Rooms, board: Caller) -> None:
    held = rooms.publisher.wanted(board.screen_id)
    assert "manifest" not in ask(rooms, board, "hello", HELLO | {"digest": held})


def test_a_large_manifest_is_fetched_by_its_digest(rooms: Rooms, board: Caller) -> None:
    many = [add_asset(rooms, alt="ậ" * 1000) for _ in range(40)]
    add_schedule(rooms, add_playlist(rooms, assets=many))
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(board.screen_id)
    assert manifest is not None
    assert len(manifest.text.encode()) > PUSHED_MOST
    welcome = ask(rooms, board, "hello", HELLO)
    assert welcome["digest"] == manifest.digest
    assert "manifest" not in welcome


def test_the_first_hello_ends_the_pairing(rooms: Rooms) -> None:
    rooms.pairing.ask("d" * 64, landscape(), "", "", "http://server")
    code = rooms.pairing.waiting()[0].code
    screen_id = rooms.pairing.claim(code, "Sảnh", who="usr_1")
    token = rooms.pairing.ask("d" * 64, landscape(), "", "", "http://server")["token"]
    ask(rooms, rooms.player_door.enter(token, "http"), "hello", HELLO)
    with rooms.db.read() as session:
        assert session.scalars(select(Pairing)).all() == []
        assert session.scalars(select(ScreenToken)).one().used_at is not None
    assert rooms.publisher.screen(screen_id) is None, (
        "claimed a moment ago: not reconciled yet, and served all the same"
    )


def test_a_lost_push_is_healed_by_the_next_heartbeat(rooms: Rooms, board: Caller) -> None:
    held = ask(rooms, board, "hello", HELLO)["digest"]
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()  # whatever is pushed now is lost
    pulse = ask(rooms, board, "heartbeat", {"digest": held, "slide": "sld_1"})
    assert pulse["digest"] != held
    assert ask(rooms, board, "hello", HELLO | {"digest": held})["manifest"]


def test_a_heartbeat_is_remembered_and_answered_with_digests(rooms: Rooms, board: Caller) -> None:
    beat = {
        "digest": DIGEST,
        "slide": "sld_1",
        "schedule": "sch_1",
        "role": "rotation",
        "since_ms": 5,
        "stored_bytes": 7,
        "missing_bytes": 0,
        "faults": 2,
        "clock": {"offset_ms": -40, "quality": "good"},
    }
    pulse = ask(rooms, board, "heartbeat", beat)
    assert pulse.keys() == {"server_ms", "digest", "alerts", "heartbeat_s", "commands"}
    assert rooms.states.of(board.screen_id).report == beat


def test_a_watched_board_is_told_to_beat_faster(rooms: Rooms, board: Caller) -> None:
    rooms.watching.watch("console", [board.screen_id])
    assert ask(rooms, board, "heartbeat", {"digest": None})["heartbeat_s"] == 5


def test_the_clock_is_answered_at_once(rooms: Rooms, board: Caller, clock: TestClock) -> None:
    assert ask(rooms, board, "clock", {"t0": 12.5}) == {"t0": 12.5, "server_ms": to_ms(clock())}


def test_receipts_reach_the_state(rooms: Rooms, board: Caller) -> None:
    assert ask(rooms, board, "receipt", {"digest": DIGEST, "stage": "stored"}) == {}
    state = rooms.states.of(board.screen_id)
    assert (state.received_digest, state.stored_digest, state.showing_digest) == (DIGEST, DIGEST, None)
    assert rooms.receipts.flush() == 1


def test_commands_wait_for_boards_without_a_socket(rooms: Rooms, screen: str) -> None:
    board = rooms.player_door.enter(token_for(rooms, screen), "http")
    ask(rooms, board, "hello", HELLO)
    sent = rooms.commands.give([screen], "identify", {"seconds": 15})
    assert ask(rooms, board, "heartbeat", {"digest": None})["commands"] == 1
    assert ask(rooms, board, "hello", HELLO)["commands"] == [
        {"id": sent.command_id, "name": "identify", "args": {"seconds": 15}}
    ]
    assert ask(rooms, board, "command_result", {"id": sent.command_id, "ok": True}) == {}
    assert ask(rooms, board, "heartbeat", {"digest": None})["commands"] == 0


def test_a_board_that_was_turned_gets_pictures_that_stand(rooms: Rooms, board: Caller) -> None:
    before = ask(rooms, board, "hello", HELLO)["digest"]
    turned = {"capabilities": CAN | {"width": 1080, "height": 1920}}
    ask(rooms, board, "hello", HELLO | turned)
    rooms.publisher.reconcile()
    with rooms.db.read() as session:
        screen = session.get(Screen, board.screen_id)
    assert screen is not None
    assert (screen.profile, screen.version, screen.capabilities["height"]) == ("1080x1920", 2, 1920)
    assert ask(rooms, board, "hello", HELLO | turned)["digest"] != before


def test_two_boards_with_one_token_cannot_keep_the_server_busy(rooms: Rooms, board: Caller) -> None:
    before = rooms.db.revision()
    for number in range(20):
        size = {"width": 1080, "height": 1920} if number % 2 == 0 else {}
        ask(rooms, board, "hello", HELLO | {"capabilities": CAN | size})
        rooms.publisher.reconcile()
    assert rooms.db.revision() - before <= 6


def test_whoever_shows_no_good_token_is_unknown(rooms: Rooms) -> None:
    for token in (None, "", 5, ["x"], {"token": "x"}, "x" * 201, "nobody's", "\ud800"):
        with pytest.raises(UnknownToken):
            rooms.player_door.enter(token, "socket")


def test_only_a_revoked_token_stops_a_board(rooms: Rooms, screen: str) -> None:
    token = token_for(rooms, screen)
    rooms.screens.delete("usr_1", screen, None)
    with pytest.raises(Revoked) as refused:
        rooms.player_door.enter(token, "socket")
    assert refused.value.code == "revoked"


HOSTILE: list[Any] = [
    None,
    [],
    "x",
    7,
    {"digest": "x"},
    {"digest": 5},
    {"digest": "D" * 64, "stage": "stored"},
    {"digest": DIGEST, "stage": "eaten"},
    {"since_ms": 2**70},
    {"since_ms": float("nan")},
    {"slide": "<script>"},
    {"slide": "x" * 500},
    {"t0": float("inf")},
    {"t0": None},
    {"store": "../..", "tallies": []},
    {"store": "a", "tallies": [{}] * 501},
    {"store": "a", "tallies": {}},
    {"id": "", "ok": True},
    {"capabilities": {"width": -5, "height": 5}},
    {"capabilities": {"width": 1920, "height": 1080, "language": "\u202e"}},
    {"clock": {"quality": "perfect"}},
]


def test_nothing_a_board_sends_is_an_accident(
    rooms: Rooms, board: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("hello", "heartbeat", "receipt", "clock", "plays", "command_result"):
        for body in HOSTILE:
            with caplog.at_level(logging.ERROR):
                answer = ask(rooms, board, name, body)
            assert answer.get("code") in (None, "malformed"), (name, body)
    assert caplog.text == ""


def test_there_are_no_other_messages(rooms: Rooms, board: Caller) -> None:
    for name in ("", "connect", "manifest", "__init__", "pair"):
        assert ask(rooms, board, name, {}) == {"code": "unknown_message"}


def test_words_of_a_board_are_cleaned_before_anybody_reads_them(rooms: Rooms, board: Caller) -> None:
    ask(rooms, board, "hello", HELLO | {"versions": {"player": "1\x00\u202e\n" + "9" * 900}})
    assert rooms.states.of(board.screen_id).player_version == "1 " + "9" * 48


def test_a_board_that_never_stops_talking_is_told_to_slow_down(
    rooms: Rooms, board: Caller, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget_module, "MOST_OTHERS", 3)
    said = [ask(rooms, board, "clock", {"t0": 1}).get("code") for _ in range(5)]
    assert said == [None, None, None, "slow_down", "slow_down"]
    assert "code" not in ask(rooms, board, "hello", HELLO)
    clock.forward(minutes=1)
    assert "code" not in ask(rooms, board, "clock", {"t0": 1})


def test_a_fault_of_ours_is_logged_and_answered(
    rooms: Rooms, board: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rooms.states, "heartbeat", lambda *_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        assert ask(rooms, board, "heartbeat", {"digest": None}) == {"code": "error"}
    assert "ZeroDivisionError" in caplog.text
