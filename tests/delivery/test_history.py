from datetime import date, timedelta

import pytest

from signage_server.clock import to_ms
from signage_server.delivery.history import Piece
from signage_server.scheduling.playout import what_plays
from signage_server.scheduling.recurrence import DateRule
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON, TestClock

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
NOON_MS = to_ms(NOON)


@pytest.fixture
def screen(rooms: Rooms) -> str:
    screen_id = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    return screen_id


def shows_what_it_should(rooms: Rooms, screen_id: str) -> str:
    """The board takes over what is wanted now; its digest."""
    rooms.publisher.reconcile()
    digest = rooms.publisher.wanted(screen_id)
    assert digest is not None
    rooms.receipts.note(screen_id, digest, "showing")
    rooms.receipts.flush()
    return digest


def told(pieces: list[Piece]) -> list[tuple[int, int, str | None, str]]:
    """From and until in hours from noon."""
    return [
        (
            (piece.start_ms - NOON_MS) // HOUR_MS,
            (piece.end_ms - NOON_MS) // HOUR_MS,
            piece.manifest.digest if piece.manifest else None,
            piece.basis,
        )
        for piece in pieces
    ]


def test_the_past_is_what_was_shown_and_the_future_what_is_wanted(
    rooms: Rooms, screen: str, clock: TestClock
) -> None:
    first = shows_what_it_should(rooms, screen)
    clock.forward(hours=2)
    add_schedule(rooms, add_playlist(rooms), name="Thêm")
    second = shows_what_it_should(rooms, screen)
    clock.forward(hours=1)
    assert told(rooms.history.pieces(screen, NOON_MS - HOUR_MS, NOON_MS + 5 * HOUR_MS)) == [
        (-1, 0, None, "unknown"),
        (0, 2, first, "proved"),
        (2, 3, second, "proved"),
        (3, 5, second, "planned"),
    ]
    assert told(rooms.history.pieces(screen, NOON_MS + HOUR_MS, NOON_MS + 2 * HOUR_MS)) == [
        (1, 2, first, "proved")
    ]


def test_an_edit_that_is_taken_back_is_seen_in_the_past(rooms: Rooms, screen: str, clock: TestClock) -> None:
    first = shows_what_it_should(rooms, screen)
    clock.forward(hours=1)
    more = add_schedule(rooms, add_playlist(rooms), name="Thêm")
    second = shows_what_it_should(rooms, screen)
    clock.forward(hours=1)
    rooms.schedules.delete(ADMIN, more, None)
    assert shows_what_it_should(rooms, screen) == first
    clock.forward(hours=1)
    assert told(rooms.history.pieces(screen, NOON_MS, NOON_MS + 3 * HOUR_MS)) == [
        (0, 1, first, "proved"),
        (1, 2, second, "proved"),
        (2, 3, first, "proved"),
    ]


def test_beyond_the_horizon_the_facts_of_today_are_compiled(rooms: Rooms, screen: str) -> None:
    last_day = date(2026, 3, 2) + timedelta(days=90)
    late = add_schedule(rooms, add_playlist(rooms), name="Hè", rule=DateRule(last_day - timedelta(days=10)))
    rooms.publisher.reconcile()
    wanted = rooms.publisher.wanted_manifest(screen)
    assert wanted is not None
    pieces = rooms.history.pieces(screen, NOON_MS, NOON_MS + 90 * DAY_MS)
    assert [piece.basis for piece in pieces] == ["planned"] * 3
    assert pieces[0].manifest == wanted
    assert pieces[0].end_ms == wanted.horizon_ms[1] == pieces[1].start_ms
    for piece in pieces:
        assert piece.manifest is not None
        assert piece.manifest.horizon_ms[0] <= piece.start_ms < piece.end_ms <= piece.manifest.horizon_ms[1]
    at_ms = NOON_MS + 85 * DAY_MS
    (then,) = rooms.history.pieces(screen, at_ms, at_ms + 1)
    assert then.manifest is not None
    tracks = {track.schedule for loop in then.manifest.loops.values() for track in loop.tracks}
    assert late in tracks
    last = pieces[-1].manifest
    assert last is not None
    assert what_plays(then.manifest, at_ms)[2:] == what_plays(last, at_ms)[2:]


def test_a_screen_that_was_taken_down_keeps_its_past(rooms: Rooms, screen: str, clock: TestClock) -> None:
    first = shows_what_it_should(rooms, screen)
    clock.forward(hours=1)
    rooms.screens.delete(ADMIN, screen, None)
    rooms.publisher.reconcile()
    with rooms.db.read() as session:
        assert session.get(Screen, screen) is None
    assert told(rooms.history.pieces(screen, NOON_MS, NOON_MS + 2 * HOUR_MS)) == [
        (0, 1, first, "proved"),
        (1, 2, None, "unknown"),
    ]


def test_screens_with_equal_pasts_are_told_together(rooms: Rooms, screen: str, clock: TestClock) -> None:
    others = [add_screen(rooms.db, root_of(rooms)) for _ in range(2)]
    shows_what_it_should(rooms, screen)
    clock.forward(seconds=7)
    shows_what_it_should(rooms, others[0])
    clock.forward(hours=1)
    ids = [screen, *others]
    exactly = rooms.history.spans(ids, NOON_MS, NOON_MS + 2 * HOUR_MS)
    assert [screens for _, screens in exactly] == [[screen], [others[0]], [others[1]]]
    roughly = rooms.history.spans(ids, NOON_MS, NOON_MS + 2 * HOUR_MS, grain_ms=300_000)
    assert [screens for _, screens in roughly] == [[screen, others[0]], [others[1]]]


def test_a_manifest_that_is_forgotten_leaves_a_gap_and_breaks_nothing(
    rooms: Rooms, screen: str, clock: TestClock
) -> None:
    rooms.receipts.note(screen, "e" * 64, "showing")
    rooms.receipts.flush()
    clock.forward(hours=1)
    (piece,) = rooms.history.pieces(screen, NOON_MS, NOON_MS + HOUR_MS)
    assert (piece.manifest, piece.basis) == (None, "unknown")
