import gevent
import pytest

from signage_server.turns import Turns


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
