from collections.abc import Callable
from typing import Any, cast

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from flask_socketio import SocketIO, SocketIOTestClient
from sqlalchemy import update

from signage_server.delivery import hub as hub_module
from signage_server.screens.models import Screen
from signage_server.web.live import Live
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.delivery import protocol
from tests.delivery.test_player_door import HELLO, token_for
from tests.factories import TestClock, add_administrator, sign_in

Connect = Callable[..., SocketIOTestClient]


@pytest.fixture
def live(app: APIFlask) -> Live:
    return cast(Live, app.extensions["signage_live"])


@pytest.fixture
def socketio(app: APIFlask) -> SocketIO:
    return cast(SocketIO, app.extensions["socketio"])


@pytest.fixture
def board(app: APIFlask, socketio: SocketIO) -> Connect:
    """Connects a board with a token."""

    def connect(auth: Any) -> SocketIOTestClient:
        client = socketio.test_client(app, namespace="/player", auth=auth)
        client.said = lambda: _said(client, "/player")
        return client

    return connect


@pytest.fixture
def console(app: APIFlask, socketio: SocketIO) -> Connect:
    """Connects a console of a browser."""

    def connect(browser: FlaskClient) -> SocketIOTestClient:
        client = socketio.test_client(app, namespace="/console", flask_test_client=browser)
        client.said = lambda: _said(client, "/console")
        return client

    return connect


@pytest.fixture
def browser(app: APIFlask) -> FlaskClient:
    add_administrator(app)
    return sign_in(app)


def _said(client: SocketIOTestClient, namespace: str) -> list[tuple[str, Any]]:
    said = [(event["name"], event["args"][0]) for event in client.get_received(namespace)]
    for name, body in said if namespace == "/player" else ():
        protocol.check("pushes", name, body)
    return said


def new_screen(rooms: Rooms) -> tuple[str, dict[str, str]]:
    screen_id = add_screen(rooms.db, root_of(rooms))
    return screen_id, {"token": token_for(rooms, screen_id)}


def refused_with(socketio: SocketIO, app: APIFlask, auth: Any) -> Any:
    """What a refused client finds in `error.data`."""
    sent: list[Any] = []
    client = socketio.test_client(app, namespace="/player", auth={"token": "to set up the client"})
    socketio.server._send_packet = lambda _sid, packet: sent.append(packet.data)
    client.connect(namespace="/player", auth=auth)
    return sent[-1]["data"]


def test_a_board_without_a_good_token_is_refused_with_a_code(
    app: APIFlask, socketio: SocketIO, rooms: Rooms
) -> None:
    screen_id, auth = new_screen(rooms)
    for nothing in (None, {}, {"token": 5}, "token", {"token": "x"}):
        assert refused_with(socketio, app, nothing) == {"code": "unknown_token"}
    rooms.screens.delete("usr_1", screen_id, None)
    assert refused_with(socketio, app, auth) == {"code": "revoked"}


def test_a_connection_that_we_cannot_judge_is_busy_not_unknown(
    app: APIFlask, socketio: SocketIO, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms.player_door, "enter", lambda *_: 1 / 0)
    assert refused_with(socketio, app, {"token": "x"}) == {"code": "busy"}


def test_a_message_is_answered_by_the_same_door(board: Connect, rooms: Rooms) -> None:
    screen_id, auth = new_screen(rooms)
    client = board(auth)
    welcome = client.emit("hello", HELLO, callback=True, namespace="/player")
    assert welcome["screen"]["id"] == screen_id
    assert client.emit("nonsense", {}, callback=True, namespace="/player") == {"code": "unknown_message"}
    assert client.emit("heartbeat", callback=True, namespace="/player") == {"code": "malformed"}


@pytest.mark.parametrize("event", ["connect", "disconnect"])
def test_a_client_cannot_play_the_server(board: Connect, rooms: Rooms, live: Live, event: str) -> None:
    screen_id, auth = new_screen(rooms)
    client = board(auth)
    assert client.emit(event, {}, {"token": "x"}, callback=True, namespace="/player") == {
        "code": "unknown_message"
    }
    assert live.hub.is_connected(screen_id)


def test_a_new_manifest_goes_to_the_boards_it_concerns(board: Connect, rooms: Rooms) -> None:
    concerned, other = new_screen(rooms), new_screen(rooms)
    clients = [board(auth) for _, auth in (concerned, other)]
    playlist_id = add_playlist(rooms)
    with rooms.db.write() as session:
        session.execute(
            update(Screen).where(Screen.id == concerned[0]).values(fallback_playlist_id=playlist_id)
        )
    rooms.publisher.reconcile()
    ((name, body),) = clients[0].said()
    manifest = rooms.publisher.wanted_manifest(concerned[0])
    assert manifest is not None
    assert (name, body) == ("manifest", {"digest": manifest.digest, "text": manifest.text})
    assert clients[1].said() == []


def test_a_large_manifest_is_pushed_by_its_digest_alone(board: Connect, rooms: Rooms) -> None:
    screen_id, auth = new_screen(rooms)
    client = board(auth)
    add_schedule(rooms, add_playlist(rooms, assets=[add_asset(rooms, alt="ậ" * 1000) for _ in range(40)]))
    rooms.publisher.reconcile()
    assert client.said() == [("manifest", {"digest": rooms.publisher.wanted(screen_id)})]


def test_a_push_to_many_boards_gives_others_their_turn(
    board: Connect, rooms: Rooms, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "ROOMS_AT_ONCE", 2)
    clients = [board(auth) for _, auth in (new_screen(rooms) for _ in range(5))]
    pauses: list[int] = []
    monkeypatch.setattr(live.hub, "_pause", lambda: pauses.append(1))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    assert [len(client.said()) for client in clients] == [1] * 5
    assert len(pauses) == 3


def test_with_nobody_there_nothing_is_sent_to_everybody(board: Connect, rooms: Rooms, live: Live) -> None:
    """python-socketio takes an empty list of rooms for all clients."""
    client = board(new_screen(rooms)[1])
    assert live.hub._to_boards("command", {}, ["scr_elsewhere"]) == []
    assert client.said() == []


def test_commands_go_to_those_who_are_connected(board: Connect, rooms: Rooms) -> None:
    here, there = new_screen(rooms), new_screen(rooms)
    client = board(here[1])
    sent = rooms.commands.give([here[0], there[0]], "identify", {"seconds": 15})
    assert (sent.sent, sent.offline) == ([here[0]], [there[0]])
    assert client.said() == [
        ("command", {"id": sent.command_id, "name": "identify", "args": {"seconds": 15}})
    ]


def test_a_screen_that_is_taken_down_loses_its_sockets(board: Connect, rooms: Rooms, live: Live) -> None:
    screen_id, auth = new_screen(rooms)
    clients = [board(auth), board(auth)]
    rooms.publisher.reconcile()
    rooms.screens.delete("usr_1", screen_id, None)
    rooms.publisher.reconcile()
    assert [client.is_connected("/player") for client in clients] == [False, False]
    assert live.hub.boards == 0
    assert rooms.states.of(screen_id).heard_at is None


def test_a_screen_is_connected_until_its_last_socket_closes(board: Connect, rooms: Rooms, live: Live) -> None:
    screen_id, auth = new_screen(rooms)
    one, other = board(auth), board(auth)
    one.emit("hello", HELLO, namespace="/player")
    one.disconnect("/player")
    assert (live.hub.is_connected(screen_id), rooms.states.of(screen_id).via) == (True, "socket")
    other.disconnect("/player")
    assert (live.hub.is_connected(screen_id), rooms.states.of(screen_id).via) == (False, None)
    assert live.hub._sockets_of == {}


def test_a_console_needs_a_signed_in_operator(
    app: APIFlask, console: Connect, browser: FlaskClient, live: Live
) -> None:
    assert not console(app.test_client()).is_connected("/console")
    open_console = console(browser)
    assert open_console.is_connected("/console")
    live.hub.close_signed_out()
    assert open_console.is_connected("/console")
    browser.post("/api/v1/sign-out")
    live.hub.close_signed_out()
    assert not open_console.is_connected("/console")


def test_boards_in_view_are_paced_and_calmed_down_again(
    board: Connect, console: Connect, browser: FlaskClient, rooms: Rooms
) -> None:
    watched, other = new_screen(rooms), new_screen(rooms)
    clients = [board(auth) for _, auth in (watched, other)]
    operator = console(browser)
    assert operator.emit("watch", {"screen_ids": [watched[0]]}, callback=True, namespace="/console") == {}
    assert [client.said() for client in clients] == [[("pace", {"heartbeat_s": 5})], []]
    operator.emit("watch", {"screen_ids": None}, namespace="/console")
    assert [client.said() for client in clients] == [[], [("pace", {"heartbeat_s": 5})]]
    operator.disconnect("/console")
    assert [client.said() for client in clients] == [[("pace", {"heartbeat_s": 60})]] * 2


@pytest.mark.parametrize("body", [None, 5, "x", {"screen_ids": 5}, {"screen_ids": [{}, None]}])
def test_whatever_a_console_says_is_harmless(console: Connect, browser: FlaskClient, body: Any) -> None:
    operator = console(browser)
    assert operator.emit("watch", body, callback=True, namespace="/console") == {}
    assert operator.emit("shout", body, callback=True, namespace="/console") == {"code": "unknown_message"}


def test_an_operator_sees_what_a_board_reports(
    board: Connect, console: Connect, browser: FlaskClient, rooms: Rooms, live: Live
) -> None:
    screen_id, auth = new_screen(rooms)
    unseen = new_screen(rooms)
    operator = console(browser)
    operator.emit("watch", {"screen_ids": [screen_id]}, namespace="/console")
    for one in (auth, unseen[1]):
        client = board(one)
        for _ in range(10):
            client.emit("heartbeat", {"digest": None, "slide": "sld_1"}, namespace="/player")
    live.news.tell()
    ((name, screen),) = operator.said()
    assert name == "screen"
    assert screen == rooms.screens_view.screen_out(screen_id).model_dump(mode="json")
    assert (screen["online"], screen["connected"]) == (True, "socket")
    live.news.tell()
    assert operator.said() == []


def test_nobody_looks_and_nothing_is_gathered(board: Connect, rooms: Rooms, live: Live) -> None:
    client = board(new_screen(rooms)[1])
    client.emit("heartbeat", {"digest": None}, namespace="/player")
    assert live.news._changed == set()


def test_one_screen_that_cannot_be_described_does_not_silence_the_others(
    console: Connect,
    browser: FlaskClient,
    rooms: Rooms,
    live: Live,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ids = [new_screen(rooms)[0] for _ in range(2)]
    operator = console(browser)
    operator.emit("watch", {"screen_ids": None}, namespace="/console")
    monkeypatch.setattr(live.news, "_screen_out", lambda one: 1 / 0 if one == ids[0] else {"id": one})
    for one in ids:
        live.news.changed(one)
    live.news.tell()
    assert operator.said() == [("screen", {"id": ids[1]})]
    assert "ZeroDivisionError" in caplog.text


def test_consoles_hear_of_edits_and_of_boards_that_wait(
    app: APIFlask, console: Connect, browser: FlaskClient, rooms: Rooms, live: Live, clock: TestClock
) -> None:
    operator = console(browser)
    add_playlist(rooms)
    live.reconciler.reconcile()
    revision = rooms.db.revision()
    assert ("changed", {"revision": revision - 1}) in operator.said(), "the built-in notice is made after it"
    body = {"device": "d" * 64, "capabilities": HELLO["capabilities"]}
    assert app.test_client().post("/player/pair", json=body).status_code == 200
    assert operator.said() == [("waiting", {"count": 1})]
