"""The small sister of `make proof-time`, which compares a million minutes."""

from datetime import date
from random import Random

import pytest

from tests.scheduling.minutes import Tally, compare
from tests.scheduling.random_plans import ODD_DAYS, random_place


@pytest.mark.parametrize(("zone", "odd_day"), ODD_DAYS, ids=str)
def test_minute_by_minute_the_wall_clock_agrees(zone: str, odd_day: date) -> None:
    tally = Tally()
    compare(Random(f"{zone} {odd_day}"), zone, odd_day, tally)
    assert tally.first == ""
    assert tally.equal > 3_000


@pytest.mark.parametrize("seed", range(6))
def test_so_it_does_in_any_zone(seed: int) -> None:
    random, tally = Random(f"minutes {seed}"), Tally()
    compare(random, *random_place(random), tally)
    assert tally.first == ""
    assert tally.equal > 3_000
