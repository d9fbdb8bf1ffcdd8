from collections.abc import Iterator

import pytest

from benchmarks.compare_playout import compare
from benchmarks.twin import Twin


@pytest.fixture(scope="module")
def twin() -> Iterator[Twin]:
    with Twin() as twin:
        yield twin


@pytest.mark.parametrize("seed", range(7_000, 7_012))
def test_the_player_plays_what_the_server_says(twin: Twin, seed: int) -> None:
    """The sister of `python -m benchmarks.compare_playout`, which compares a million plays."""
    assert compare(twin, seed) > 0
