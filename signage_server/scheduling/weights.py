"""How the tracks of a loop share its time, as whole numbers. Pure."""

from collections.abc import Sequence
from math import gcd

#: Weights add up to at most this, so that weight × milliseconds of a day stays far below 2^53.
MAX_TOTAL = 10_000_000
#: What shares may take of a loop, per mille, while others are in it.
MAX_SHARES = 800


def weights(lengths: Sequence[int], shares: Sequence[int | None]) -> list[int]:
    """One weight per track: its share of the time where it has one, else a part of the rest by its length.

    Shares that add up to more than 800 per mille are scaled down to it, where a track without a share is in the
    loop. Only the ratio of the weights means anything.
    """
    others = sum(length for length, share in zip(lengths, shares, strict=True) if share is None)
    promised = sum(share for share in shares if share is not None)
    if not promised or not others:
        return _reduced(
            [length if share is None else share for length, share in zip(lengths, shares, strict=True)]
        )
    granted = min(promised, MAX_SHARES)
    return _reduced(
        [
            length * (1000 - granted) * promised if share is None else share * granted * others
            for length, share in zip(lengths, shares, strict=True)
        ]
    )


def _reduced(raw: list[int]) -> list[int]:
    divisor = gcd(*raw)
    small = [weight // divisor for weight in raw]
    total = sum(small)
    if total <= MAX_TOTAL:
        return small
    # Rounded down, and never to nothing: the sum stays below the limit.
    room = MAX_TOTAL - len(small)
    return [max(1, weight * room // total) for weight in small]
