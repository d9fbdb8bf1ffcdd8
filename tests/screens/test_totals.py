from typing import Any

from signage_server.screens.models import PlayTally
from signage_server.screens.plays import QUARTER_MS
from signage_server.screens.totals import (
    ReportedScreen,
    Totals,
    TotalsKey,
    screens_that_played,
    totals_of_day,
    zones_of,
)
from tests.boards import House

DAY_MS = 86_400_000
NEXT = (DAY_MS, 2 * DAY_MS)
UTC_DAY = {"UTC": NEXT}


def add_tally(house: House, screen_id: str, quarter_ms: int = DAY_MS, **fields: Any) -> None:
    known = {
        "store": "s1",
        "asset_id": "ast_1",
        "schedule_id": "sch_1",
        "role": "rotation",
        "guessed": False,
        "plays": 3,
        "shown_ms": 30_000,
        "first_ms": quarter_ms,
        "last_ms": quarter_ms + 1_000,
        "longest_gap_ms": 60_000,
        "cuts": 0,
        "late_ms": 0,
    }
    with house.db.write(edit=False) as session:
        session.add(PlayTally(screen_id=screen_id, quarter_ms=quarter_ms, **known | fields))


def totals(
    house: House, bounds: dict[str, tuple[int, int]] = UTC_DAY, screen_id: str | None = None
) -> list[Totals]:
    with house.db.read() as session:
        return totals_of_day(session, screens_that_played(session, bounds, screen_id), bounds)


def test_quarter_hours_stores_and_guesses_are_added_up(house: House) -> None:
    screen_id = house.screen("A", zone="UTC")
    add_tally(house, screen_id)
    add_tally(house, screen_id, DAY_MS + QUARTER_MS, plays=2, longest_gap_ms=900_000)
    add_tally(house, screen_id, store="s2", plays=5, first_ms=DAY_MS - 5)
    add_tally(house, screen_id, guessed=True, plays=7)
    assert totals(house) == [
        Totals(
            TotalsKey("A", screen_id, "ast_1", "sch_1", "rotation"),
            zone="UTC",
            plays=17,
            shown_ms=120_000,
            first_ms=DAY_MS - 5,
            last_ms=DAY_MS + QUARTER_MS + 1_000,
            longest_gap_ms=900_000,
            guessed_plays=7,
        )
    ]


def test_a_day_is_each_screens_own(house: House) -> None:
    utc, east = house.screen("A", zone="UTC"), house.screen("B", zone="Asia/Ho_Chi_Minh")
    bounds = {"UTC": NEXT, "Asia/Ho_Chi_Minh": (DAY_MS - 25_200_000, 2 * DAY_MS - 25_200_000)}
    for screen_id in (utc, east):
        for quarter_ms in (DAY_MS - QUARTER_MS, DAY_MS, 2 * DAY_MS - QUARTER_MS, 2 * DAY_MS):
            add_tally(house, screen_id, quarter_ms, plays=1)
    assert [(one.key.screen_id, one.first_ms, one.plays) for one in totals(house, bounds)] == [
        (utc, DAY_MS, 2),
        (east, DAY_MS - QUARTER_MS, 2),
    ]


def test_asset_schedule_and_role_are_told_apart_in_the_order_of_names(house: House) -> None:
    second, first = house.screen("B", zone="UTC"), house.screen("A", zone="UTC")
    for screen_id in (first, second):
        add_tally(house, screen_id)
        add_tally(house, screen_id, asset_id="ast_2")
        add_tally(house, screen_id, schedule_id="sch_2", role="reminder")
    every = totals(house)
    assert [one.key.screen_name for one in every] == ["A"] * 3 + ["B"] * 3
    assert [one.key for one in every] == sorted({one.key for one in every})
    assert totals(house, screen_id=second) == every[3:]


def test_only_screens_that_played_on_the_day_are_looked_at(house: House) -> None:
    silent, busy = house.screen("A", zone="UTC"), house.screen("B", zone="UTC")
    add_tally(house, silent, 2 * DAY_MS)
    add_tally(house, busy)
    with house.db.read() as session:
        assert zones_of(session) == ["UTC"]
        assert screens_that_played(session, UTC_DAY) == [ReportedScreen("B", busy, "UTC")]
        assert screens_that_played(session, UTC_DAY, silent) == []
        assert screens_that_played(session, UTC_DAY, "scr_gone") == []
