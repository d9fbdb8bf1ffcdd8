import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from signage_server.screens import state as state_module
from signage_server.screens.models import Screen, ScreenState
from signage_server.screens.state import ScreenStates
from tests.boards import House

OLD, NEW = "a" * 64, "b" * 64


def heartbeat(digest: str | None = OLD, slide: str | None = "sld_1") -> dict[str, Any]:
    return {"digest": digest, "slide": slide, "role": "rotation", "missing_bytes": 0}


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(house.db.engine, "before_cursor_execute", note)
    yield said
    event.remove(house.db.engine, "before_cursor_execute", note)


def test_nothing_is_known_of_a_screen_that_was_never_heard(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    assert states.of("scr_1").heard_at is None
    assert not states.online("scr_1")


def test_a_heartbeat_costs_no_database_work(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    screen_id = house.screen()
    with statements(house) as said:
        states.heartbeat(screen_id, "socket", heartbeat())
        states.receipt(screen_id, "socket", NEW, "stored")
        assert states.online(screen_id)
    assert said == []


def test_stages_include_the_ones_before_them(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    screen_id = house.screen()
    states.heartbeat(screen_id, "socket", heartbeat(OLD))
    states.receipt(screen_id, "socket", NEW, "stored")
    state = states.of(screen_id)
    assert (state.received_digest, state.stored_digest, state.showing_digest) == (NEW, NEW, OLD)
    states.heartbeat(screen_id, "socket", heartbeat(None, None))
    assert states.of(screen_id).showing_digest == OLD


def test_a_screen_is_online_for_three_late_heartbeats(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    states.hello("scr_1", "http", "1.0", True)
    house.clock.forward(seconds=216)
    assert states.online("scr_1")
    house.clock.forward(seconds=1)
    assert not states.online("scr_1")


def test_states_survive_the_process(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    screen_id = house.screen()
    states.hello(screen_id, "socket", "1.0", True)
    states.heartbeat(screen_id, "socket", heartbeat())
    before = house.db.revision()
    assert states.flush() == 1
    assert states.flush() == 0
    assert house.db.revision() == before, "what boards report is no edit"
    later = ScreenStates(house.db, house.clock)
    later.load()
    state = later.of(screen_id)
    assert state.report == heartbeat()
    assert (state.showing_digest, state.player_version, state.heard_at) == (OLD, "1.0", house.clock())
    assert state.via is None


def test_batches_are_small_and_pause_in_between(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "BATCH", 2)
    states = ScreenStates(house.db, house.clock)
    for number in range(5):
        states.heartbeat(house.screen(str(number)), "socket", heartbeat())
    pauses: list[int] = []
    with statements(house) as said:
        assert states.flush(pause=lambda: pauses.append(1)) == 5
    assert len(pauses) == 3
    assert len([line for line in said if line.startswith("INSERT")]) == 3


def test_a_screen_that_was_taken_down_does_not_spoil_the_batch(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    kept, gone = house.screen(), house.screen()
    states.heartbeat(kept, "socket", heartbeat())
    states.heartbeat(gone, "socket", heartbeat())
    with house.db.write() as session:
        session.execute(delete(Screen).where(Screen.id == gone))
    states.flush()
    with house.db.read() as session:
        assert [row.screen_id for row in session.scalars(select(ScreenState))] == [kept]


def test_what_could_not_be_written_is_written_next_time(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = ScreenStates(house.db, house.clock)
    states.heartbeat(house.screen(), "socket", heartbeat())
    with monkeypatch.context() as broken:
        broken.setattr(json, "dumps", lambda *_, **__: 1 / 0)
        broken.setattr(state_module, "insert_into", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            states.flush()
    assert states.flush() == 1


def test_listeners_hear_of_every_change(house: House) -> None:
    states = ScreenStates(house.db, house.clock)
    heard: list[str] = []
    states.after_report(heard.append)
    states.hello("scr_1", "socket", "1.0", True)
    states.gone("scr_1")
    states.gone("scr_2")
    assert heard == ["scr_1", "scr_1"]
    assert states.of("scr_1").via is None
