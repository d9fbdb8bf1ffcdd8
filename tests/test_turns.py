import time
from pathlib import Path

import gevent
import pytest
from gevent import monkey

from signage_server.turns import ROUND_S, GiveWay, Turns


def busy(turns: Turns, order: list[str], name: str) -> None:
    turns.take()
    order.append(name)


def test_the_loop_goes_round_between_two_turns() -> None:
    turns, order = Turns(), []
    for number in range(4):
        gevent.spawn(busy, turns, order, str(number))

    def others() -> None:
        while len(order) < 4:
            seen = len(order)
            gevent.sleep(0.00001)
            assert len(order) <= seen + 1, "a timer was due, and two turns went by"

    gevent.spawn(others).get(timeout=5)
    assert order == ["0", "1", "2", "3"]


def test_whoever_comes_alone_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    turns, order = Turns(), []
    gevent.spawn(busy, turns, order, "first").join(timeout=5)
    gevent.sleep(0.01)
    busy(turns, order, "second")
    assert order == ["first", "second"]
    assert not turns._queue
    gevent.sleep(0.01)
    assert not turns._going_round


def test_a_turn_that_nobody_waits_for_any_more_stops_nobody() -> None:
    turns, order = Turns(), []
    waiting = [gevent.spawn(busy, turns, order, str(number)) for number in range(3)]
    gevent.sleep(0)
    waiting[1].kill()
    gevent.joinall(waiting, timeout=5)
    assert order == ["0", "2"]


def test_long_work_that_gives_way_does_not_hold_up_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(monkey, "is_module_patched", lambda _name: True)
    give_way, late = GiveWay(), []

    def work() -> None:
        until = time.monotonic() + 0.3
        while time.monotonic() < until:
            give_way()

    def timers() -> None:
        while not working.ready():
            due, waited = time.monotonic() + 0.001, waited_s()
            gevent.sleep(0.001)
            late.append(time.monotonic() - due - (waited_s() - waited))

    working = gevent.spawn(work)
    gevent.spawn(timers).get(timeout=5)
    assert len(late) > 10
    assert max(late) < 3 * ROUND_S


def waited_s() -> float:
    """How long other programs had the cores while we could have run."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
