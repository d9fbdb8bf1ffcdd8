import logging
import threading
from collections.abc import Iterator

import pytest

from signage_server.delivery.reconciler import Reconciler
from signage_server.web.rooms import Rooms
from tests.content import add_playlist, add_schedule, add_screen, root_of

PATIENCE_S = 10


@pytest.fixture
def reconciler(rooms: Rooms) -> Iterator[Reconciler]:
    reconciler = Reconciler(rooms.db, rooms.publisher)
    yield reconciler
    reconciler.stop()


@pytest.fixture
def done(reconciler: Reconciler) -> threading.Semaphore:
    """Counts up with each reconciliation."""
    done = threading.Semaphore(0)
    reconciler.after_reconcile(done.release)
    return done


def test_an_edit_is_reconciled_by_itself(
    rooms: Rooms, reconciler: Reconciler, done: threading.Semaphore
) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    reconciler.start()
    assert done.acquire(timeout=PATIENCE_S)
    add_schedule(rooms, add_playlist(rooms))
    while rooms.publisher.revision != rooms.db.revision():
        assert done.acquire(timeout=PATIENCE_S)
    assert rooms.publisher.wanted(screen) is not None


def test_many_edits_in_a_row_are_one_piece_of_work(
    rooms: Rooms, reconciler: Reconciler, done: threading.Semaphore
) -> None:
    rooms.publisher.reconcile()  # makes the built-in notice, an edit of its own
    reconciler.start()
    assert done.acquire(timeout=PATIENCE_S)
    for _ in range(50):
        add_screen(rooms.db, root_of(rooms))
    while rooms.publisher.revision != rooms.db.revision():
        assert done.acquire(timeout=PATIENCE_S)
    assert not done.acquire(timeout=0.5)
    assert reconciler._told == rooms.db.revision()


def test_operators_hear_of_each_edit_once(rooms: Rooms, reconciler: Reconciler) -> None:
    heard: list[int] = []
    rooms.publisher.reconcile()
    reconciler.after_edit(heard.append)
    reconciler.reconcile()
    reconciler.reconcile()
    add_screen(rooms.db, root_of(rooms))
    reconciler.reconcile()
    assert heard == [rooms.db.revision() - 1, rooms.db.revision()]


def test_the_look_notices_edits_of_other_processes(rooms: Rooms, reconciler: Reconciler) -> None:
    reconciler.reconcile()
    reconciler.reconcile()
    reconciler.look()
    assert not reconciler._wanted.is_set()
    add_screen(rooms.db, root_of(rooms))
    reconciler.look()
    assert reconciler._wanted.is_set()


def test_a_failure_is_tried_again(
    rooms: Rooms,
    reconciler: Reconciler,
    done: threading.Semaphore,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = threading.Event()

    def fail() -> None:
        failed.set()
        raise OSError("disk full")

    with monkeypatch.context() as broken, caplog.at_level(logging.ERROR):
        broken.setattr(rooms.publisher, "reconcile", fail)
        reconciler.start()
        assert failed.wait(PATIENCE_S)
    reconciler.look()
    assert done.acquire(timeout=PATIENCE_S)
    assert "disk full" in caplog.text


def test_it_ends_when_asked(reconciler: Reconciler) -> None:
    reconciler.start()
    reconciler.stop()
    assert reconciler._thread is not None
    assert not reconciler._thread.is_alive()
