from typing import Any

from signage_server.screens.models import PlayTally
from signage_server.screens.proofs import LifeQuarter, ReminderQuarter, life_quarters, reminder_quarters
from tests.boards import House

QUARTER_MS = 900_000


def add(house: House, asset: str, **fields: Any) -> None:
    known: dict[str, Any] = {
        "screen_id": "scr_1",
        "store": "s1",
        "quarter_ms": QUARTER_MS,
        "schedule_id": "sch_r",
        "role": "reminder",
        "guessed": False,
        "plays": 2,
        "shown_ms": 20_000,
        "first_ms": QUARTER_MS,
        "last_ms": QUARTER_MS + 310_000,
        "longest_gap_ms": 300_000,
        "cuts": 0,
        "late_ms": 0,
    }
    with house.db.write(edit=False) as session:
        session.add(PlayTally(asset_id=asset, **known | fields))


def told(house: House) -> list[ReminderQuarter]:
    with house.db.read() as session:
        return reminder_quarters(session, ["scr_1", "scr_2"], 0, 10 * QUARTER_MS)


def test_the_slides_of_a_reminder_are_added_up(house: House) -> None:
    add(house, "ast_a")
    add(
        house,
        "ast_b",
        plays=1,
        shown_ms=5_000,
        first_ms=QUARTER_MS + 600_000,
        last_ms=QUARTER_MS + 605_000,
        longest_gap_ms=400_000,
    )
    expected = ReminderQuarter("scr_1", "sch_r", QUARTER_MS, 3, QUARTER_MS, QUARTER_MS + 600_000, 400_000)
    assert told(house) == [expected]


def test_the_last_showing_began_one_showing_before_its_end(house: House) -> None:
    add(house, "ast_a")
    assert told(house)[0].last_ms == QUARTER_MS + 300_000


def test_a_single_showing_began_when_it_was_first(house: House) -> None:
    add(house, "ast_a", plays=1, shown_ms=4_000, last_ms=QUARTER_MS + 10_000)
    assert told(house)[0].last_ms == QUARTER_MS


def test_a_gap_is_not_known_across_stores(house: House) -> None:
    add(house, "ast_a")
    add(house, "ast_a", store="s2")
    assert told(house)[0][3:] == (4, QUARTER_MS, QUARTER_MS + 300_000, 0)


def test_what_is_no_reminder_guessed_or_elsewhere_does_not_count(house: House) -> None:
    add(house, "ast_a", role="rotation")
    add(house, "ast_b", guessed=True)
    add(house, "ast_c", screen_id="scr_3")
    add(house, "ast_d", quarter_ms=20 * QUARTER_MS)
    assert told(house) == []
    with house.db.read() as session:
        assert life_quarters(session, ["scr_1"], 0, 10 * QUARTER_MS) == [
            LifeQuarter("scr_1", QUARTER_MS, QUARTER_MS + 310_000)
        ]
