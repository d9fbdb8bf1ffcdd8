import hashlib
import inspect
import time
from importlib.metadata import version
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from socketio import Server
from socketio.base_manager import BaseManager
from socketio.manager import Manager

from signage_server.delivery.rooms_index import LIBRARY_VERSION, IndexedManager

NS = "/player"
REPLACED = {
    "basic_enter_room": "3f509586d2d7f47e",
    "basic_leave_room": "e27f3eea06d1c6a6",
    "basic_disconnect": "2933b50bc4b2ea7b",
    "get_rooms": "56a1017f85af9f91",
}
"""What the library's own methods looked like when ours were written beside them."""


def server_with(manager: Manager) -> Server:
    return Server(client_manager=manager, async_mode="threading", namespaces=[NS])


def connect(manager: Manager, number: int) -> str:
    sid = manager.connect(f"eio{number}", NS)
    assert isinstance(sid, str)
    return sid


def state(manager: Manager, names: dict[str, int]) -> Any:
    """The rooms with the numbers of those who are in them, and what is pending."""
    rooms = {
        names.get(room, room): sorted(names[sid] for sid in clients)
        for room, clients in manager.rooms.get(NS, {}).items()
    }
    return rooms, manager.pending_connect, manager.pending_disconnect, manager.callbacks


@settings(deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["connect", "enter", "leave", "close", "disconnect"]),
            st.integers(0, 3),
            st.sampled_from(["lift", "hospital", "hall"]),
        ),
        max_size=40,
    )
)
def test_it_behaves_as_the_stock_manager_does(steps: list[tuple[str, int, str]]) -> None:
    managers = [Manager(), IndexedManager()]
    servers = [server_with(manager) for manager in managers]
    assert len(servers) == 2
    sids: list[dict[int, str]] = [{}, {}]
    for step, number, room in steps:
        for manager, known in zip(managers, sids, strict=True):
            _do(manager, known, step, number, room)
        stock, ours = (
            state(manager, {sid: number for number, sid in known.items()})
            for manager, known in zip(managers, sids, strict=True)
        )
        assert ours == stock
        for number, sid in sids[1].items():
            assert sorted(managers[1].get_rooms(sid, NS), key=str) == sorted(
                [sid, *(_rooms_of(managers[0], sids[0][number]))], key=str
            )


def _do(manager: Manager, known: dict[int, str], step: str, number: int, room: str) -> None:
    if step == "connect" and number not in known:
        known[number] = connect(manager, number)
    elif number not in known:
        return
    elif step == "enter":
        manager.enter_room(known[number], NS, room)
    elif step == "leave":
        manager.leave_room(known[number], NS, room)
    elif step == "close":
        manager.close_room(room, NS)
    elif step == "disconnect":
        sid = known.pop(number)
        manager.pre_disconnect(sid, NS)
        manager.disconnect(sid, NS)


def _rooms_of(manager: Manager, sid: str) -> list[str]:
    return [room for room in manager.get_rooms(sid, NS) if room != sid]


def test_nothing_is_left_of_a_client_that_has_gone() -> None:
    manager = IndexedManager()
    server_with(manager)
    sid = connect(manager, 1)
    manager.enter_room(sid, NS, "lift")
    manager.callbacks[sid] = {}
    manager.disconnect(sid, NS)
    assert (manager.rooms, manager._rooms_of, manager.callbacks) == ({}, {}, {})


def test_a_client_that_is_refused_leaves_nothing_pending() -> None:
    manager = IndexedManager()
    server_with(manager)
    sid = manager.pre_connect("eio1", NS)
    manager.disconnect(sid, NS)
    assert (manager.rooms, manager.pending_connect) == ({}, {})


def test_leaving_costs_a_client_its_own_rooms_only() -> None:
    def cost(clients: int) -> float:
        manager = IndexedManager()
        server_with(manager)
        sids = [connect(manager, number) for number in range(clients)]
        began = time.process_time()
        for sid in sids[:200]:
            manager.disconnect(sid, NS)
        return time.process_time() - began

    few, many = min(cost(400) for _ in range(3)), min(cost(8_000) for _ in range(3))
    assert many < 5 * few, "stock: about 20 times as much"


@pytest.mark.parametrize("name", REPLACED)
def test_the_library_is_the_one_that_this_mends(name: str) -> None:
    assert version("python-socketio") == LIBRARY_VERSION
    source = inspect.getsource(getattr(BaseManager, name))
    assert hashlib.sha256(source.encode()).hexdigest()[:16] == REPLACED[name], (
        f"BaseManager.{name} has changed: read it, mend rooms_index.py, then note its new hash here"
    )
