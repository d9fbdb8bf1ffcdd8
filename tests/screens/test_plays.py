from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import delete, select

from signage_server.clock import to_ms
from signage_server.screens.models import Fault, PlayTally, Screen
from signage_server.screens.plays import FAULTS_KEPT, QUARTER_MS, Plays
from signage_server.screens.tokens import UnknownToken
from tests.boards import NOON, House

NOON_MS = to_ms(NOON)
STORE = "0a1b2c"


def tally(**fields: Any) -> dict[str, Any]:
    known = {
        "quarter_ms": NOON_MS,
        "asset": "ast_1",
        "schedule": "sch_1",
        "role": "rotation",
        "guessed": False,
        "plays": 3,
        "shown_ms": 30_000,
        "first_ms": NOON_MS + 1_000,
        "last_ms": NOON_MS + 60_000,
        "longest_gap_ms": 30_000,
        "cuts": 0,
        "late_ms": 40,
    } | fields
    names = ("quarter_ms", "asset", "schedule", "role", "guessed")
    return {"id": "/".join(str(known[name]) for name in names)} | known


def fault(**fields: Any) -> dict[str, Any]:
    return {"id": "f1", "at_ms": NOON_MS, "code": "decode", "detail": "slide sld_1"} | fields


def rows(house: House) -> list[PlayTally]:
    with house.db.read() as session:
        return list(session.scalars(select(PlayTally).order_by(PlayTally.quarter_ms)))


def test_a_batch_is_kept_and_every_id_answered(house: House) -> None:
    screen_id = house.screen()
    answer = Plays(house.db, house.clock).take(screen_id, STORE, [tally()], [fault()])
    assert answer == {"accepted": [tally()["id"], "f1"], "rejected": []}
    (row,) = rows(house)
    assert (row.plays, row.shown_ms, row.first_ms) == (3, 30_000, NOON_MS + 1_000)


def test_sending_twice_changes_nothing(house: House) -> None:
    screen_id = house.screen()
    plays = Plays(house.db, house.clock)
    once = plays.take(screen_id, STORE, [tally()], [fault()])
    assert plays.take(screen_id, STORE, [tally()], [fault(detail="another word")]) == once
    assert [row.plays for row in rows(house)] == [3]
    with house.db.read() as session:
        assert [one.detail for one in session.scalars(select(Fault))] == ["slide sld_1"]


def test_totals_merge_by_maximum_and_the_first_by_minimum(house: House) -> None:
    screen_id = house.screen()
    plays = Plays(house.db, house.clock)
    newer = tally(plays=9, shown_ms=90_000, first_ms=NOON_MS, last_ms=NOON_MS + 99_000, cuts=2, late_ms=7)
    for one in (tally(), newer, tally()):
        plays.take(screen_id, STORE, [one], [])
    (row,) = rows(house)
    assert (row.plays, row.shown_ms, row.cuts) == (9, 90_000, 2)
    assert (row.first_ms, row.last_ms, row.late_ms) == (NOON_MS, NOON_MS + 99_000, 40)


def test_the_order_in_which_batches_arrive_does_not_matter(house: House) -> None:
    plays = Plays(house.db, house.clock)
    for order in permutations([1, 5, 9]):
        screen_id = house.screen()
        for count in order:
            plays.take(screen_id, STORE, [tally(plays=count), tally(plays=count - 1)], [])
    assert {row.plays for row in rows(house)} == {9}


def test_stores_and_guessed_time_are_kept_apart(house: House) -> None:
    screen_id = house.screen()
    plays = Plays(house.db, house.clock)
    plays.take(screen_id, STORE, [tally(), tally(guessed=True)], [])
    plays.take(screen_id, "wiped", [tally()], [])
    assert len(rows(house)) == 3


def test_deleted_assets_keep_their_figures(house: House) -> None:
    answer = Plays(house.db, house.clock).take(house.screen(), STORE, [tally(asset="ast_gone")], [])
    assert answer["rejected"] == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"plays": -1}, "malformed"),
        ({"plays": 10**12}, "malformed"),
        ({"plays": 2.5}, "malformed"),
        ({"plays": float("nan")}, "malformed"),
        ({"role": "advert"}, "malformed"),
        ({"asset": "'; DROP TABLE"}, "malformed"),
        ({"asset": "a" * 21}, "malformed"),
        ({"asset": None}, "malformed"),
        ({"quarter_ms": NOON_MS + 1}, "malformed"),
        ({"first_ms": NOON_MS + 70_000}, "malformed"),
        ({"last_ms": NOON_MS + 10 * 86_400_000}, "malformed"),
        ({"quarter_ms": 0, "first_ms": 0, "last_ms": 0}, "time"),
        (
            {
                "quarter_ms": NOON_MS + 200 * QUARTER_MS,
                "first_ms": NOON_MS + 200 * QUARTER_MS,
                "last_ms": NOON_MS + 200 * QUARTER_MS,
            },
            "time",
        ),
    ],
)
def test_one_bad_line_is_told_apart_and_blocks_nothing(house: House, bad: dict[str, Any], code: str) -> None:
    good, wrong = tally(asset="ast_2"), tally(**bad)
    answer = Plays(house.db, house.clock).take(house.screen(), STORE, [wrong, good], [])
    assert answer == {"accepted": [good["id"]], "rejected": [{"id": wrong["id"], "code": code}]}
    assert [row.asset_id for row in rows(house)] == ["ast_2"]


@pytest.mark.parametrize("junk", [None, 7, "x", [], {"id": 5}, {"id": "x" * 5000}])
def test_junk_is_answered_by_whatever_id_it_has(house: House, junk: Any) -> None:
    (rejected,) = Plays(house.db, house.clock).take(house.screen(), STORE, [junk], [])["rejected"]
    assert rejected["code"] == "malformed"
    assert len(rejected["id"]) <= 200


def test_words_of_a_fault_are_cleaned_and_cut(house: House) -> None:
    said = fault(code="de\x00code" + "x" * 90, detail="a\nb\u202e" + "y" * 900)
    Plays(house.db, house.clock).take(house.screen(), STORE, [], [said])
    with house.db.read() as session:
        kept = session.scalars(select(Fault)).one()
    assert len(kept.code) == 50
    assert kept.detail.startswith("a b")
    assert len(kept.detail) == 500


def test_a_screen_that_was_taken_down_is_no_longer_known(house: House) -> None:
    screen_id = house.screen()
    with house.db.write() as session:
        session.execute(delete(Screen))
    with pytest.raises(UnknownToken):
        Plays(house.db, house.clock).take(screen_id, STORE, [tally()], [])


def test_old_faults_are_forgotten(house: House) -> None:
    plays = Plays(house.db, house.clock)
    plays.take(house.screen(), STORE, [], [fault()])
    house.clock.now = NOON + FAULTS_KEPT
    plays.clean_up()
    house.clock.forward(seconds=1)
    plays.clean_up()
    with house.db.read() as session:
        assert session.scalars(select(Fault)).all() == []
