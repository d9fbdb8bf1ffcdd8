from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from signage_server.scheduling.weights import MAX_TOTAL, weights
from tests.scheduling.patience import PATIENT


def test_without_shares_a_track_weighs_what_it_lasts() -> None:
    assert weights([30_000, 10_000], [None, None]) == [3, 1]


def test_a_share_is_what_it_says_and_the_rest_goes_by_length() -> None:
    assert weights([10_000, 30_000, 10_000], [200, None, None]) == [1, 3, 1]


def test_where_all_have_shares_they_have_all_of_the_time() -> None:
    assert weights([10_000, 99], [200, 300]) == [2, 3]


def test_shares_that_promise_too_much_are_scaled_down() -> None:
    assert weights([1, 1, 10_000], [600, 600, None]) == [2, 2, 1]


LENGTHS = st.integers(1, 100 * 86_400_000)
TRACKS = st.lists(st.tuples(LENGTHS, st.none() | st.integers(1, 1000)), min_size=1, max_size=12)


@PATIENT
@given(TRACKS)
def test_weights_are_whole_and_their_sum_is_bounded(tracks: list[tuple[int, int | None]]) -> None:
    found = weights(*zip(*tracks, strict=True))
    assert all(weight >= 1 for weight in found)
    assert sum(found) <= MAX_TOTAL


@PATIENT
@given(TRACKS)
def test_a_share_within_bounds_is_kept_to_a_ten_thousandth(tracks: list[tuple[int, int | None]]) -> None:
    lengths, shares = zip(*tracks, strict=True)
    promised = sum(share or 0 for share in shares)
    found = weights(lengths, shares)
    for share, weight in zip(shares, found, strict=True):
        if share is not None and promised <= 800 and None in shares:
            assert abs(Fraction(weight, sum(found)) - Fraction(share, 1000)) < Fraction(1, 10_000)
