from datetime import datetime

from sqlalchemy import delete, select

from signage_server.clock import to_ms
from signage_server.delivery.models import Receipt, Shown
from signage_server.delivery.receipts import KEPT, SHOWN_KEPT, Receipts
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_screen, root_of
from tests.factories import NOON, TestClock

DIGEST = "a" * 64


def kept(rooms: Rooms) -> list[tuple[datetime | None, datetime | None, datetime | None]]:
    with rooms.db.read() as session:
        rows = session.scalars(select(Receipt))
        return [(row.received_at, row.stored_at, row.showing_at) for row in rows]


def test_the_first_word_of_each_kind_counts(rooms: Rooms, clock: TestClock) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    rooms.receipts.note(screen, DIGEST, "received")
    assert rooms.receipts.flush() == 1
    clock.forward(seconds=5)
    rooms.receipts.note(screen, DIGEST, "received")
    rooms.receipts.note(screen, DIGEST, "stored")
    rooms.receipts.flush()
    assert kept(rooms) == [(NOON, clock(), None)]
    assert rooms.receipts.flush() == 0


def test_noting_costs_no_write_and_is_no_edit(rooms: Rooms) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    before = rooms.db.revision()
    rooms.receipts.note(screen, DIGEST, "showing")
    assert kept(rooms) == []
    rooms.receipts.flush()
    assert rooms.db.revision() == before


def test_a_screen_that_was_taken_down_does_not_spoil_the_batch(rooms: Rooms) -> None:
    here, gone = (add_screen(rooms.db, root_of(rooms)) for _ in range(2))
    for screen in (here, gone):
        rooms.receipts.note(screen, DIGEST, "stored")
    with rooms.db.write() as session:
        session.execute(delete(Screen).where(Screen.id == gone))
    rooms.receipts.flush()
    assert kept(rooms) == [(None, NOON, None)]


def test_old_receipts_are_forgotten(rooms: Rooms, clock: TestClock) -> None:
    rooms.receipts.note(add_screen(rooms.db, root_of(rooms)), DIGEST, "received")
    rooms.receipts.flush()
    clock.forward(days=KEPT.days)
    rooms.receipts.clean_up()
    assert len(kept(rooms)) == 1
    clock.forward(seconds=1)
    rooms.receipts.clean_up()
    assert kept(rooms) == []


def shown(rooms: Rooms) -> list[tuple[str, int]]:
    with rooms.db.read() as session:
        return [(row.digest, row.since_ms) for row in session.scalars(select(Shown).order_by(Shown.since_ms))]


def test_a_manifest_that_comes_back_is_told_again(rooms: Rooms, clock: TestClock) -> None:
    """An edit that is taken back makes the manifest of before: its receipt is there already."""
    screen, started_ms = add_screen(rooms.db, root_of(rooms)), to_ms(clock())
    for digest in ("a", "b", "b", "a"):
        rooms.receipts.note(screen, digest * 64, "showing")
        clock.forward(hours=1)
    rooms.receipts.flush()
    hour_ms = 3_600_000
    assert shown(rooms) == [
        ("a" * 64, started_ms),
        ("b" * 64, started_ms + hour_ms),
        ("a" * 64, started_ms + 3 * hour_ms),
    ]


def test_a_heartbeat_tells_what_is_shown_where_the_receipt_was_lost(rooms: Rooms, clock: TestClock) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    rooms.receipts.note_showing(screen, DIGEST)
    rooms.receipts.flush()
    assert shown(rooms) == [(DIGEST, to_ms(NOON))]
    restarted = Receipts(rooms.db, clock)
    clock.forward(minutes=1)
    restarted.note_showing(screen, DIGEST)
    restarted.flush()
    assert shown(rooms) == [(DIGEST, to_ms(NOON))]


def test_what_was_shown_outlives_the_screen_and_is_forgotten_after_400_days(
    rooms: Rooms, clock: TestClock
) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    rooms.receipts.note(screen, DIGEST, "showing")
    rooms.receipts.flush()
    rooms.screens.delete(ADMIN, screen, None)
    clock.forward(days=SHOWN_KEPT.days)
    rooms.receipts.clean_up()
    assert (len(kept(rooms)), len(shown(rooms))) == (0, 1)
    clock.forward(seconds=1)
    rooms.receipts.clean_up()
    assert shown(rooms) == []
