"""Slides change without a flash: every frame the browser paints is looked at (10,000 times: `make soak-swaps`)."""

from __future__ import annotations

import io
import os
from itertools import permutations

import pytest
from PIL import Image
from playwright.sync_api import Playwright

from benchmarks.soak_swaps import soak, verdict
from benchmarks.swap_frames import COLOURS, SIZE, Judge, blend_share
from tests.player.campaign import Colour

pytestmark = pytest.mark.alone

SWAPS = int(os.environ.get("SOAK_SWAPS", "200"))
ON_S = 1.0
"""How long each slide of these made-up swaps is on."""


def frame(colour: Colour, patch: Colour | None = None) -> bytes:
    image = Image.new("RGB", SIZE, colour)
    if patch:
        image.paste(patch, (20, 20, 40, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def judge(*frames: tuple[float, bytes]) -> Judge:
    """The slides 0, 1, 2, … come on in order, a second each."""
    judge = Judge()
    judge.swapped((number * ON_S, number) for number in range(len(COLOURS)))
    for at_s, png in frames:
        judge.see(png, at_s)
    return judge


def test_cuts_fades_and_a_machine_that_paints_late_are_right() -> None:
    half = mix(COLOURS[1], COLOURS[2], 0.5)
    found = judge(
        (0.5, frame(COLOURS[0])),
        (1.5, frame(COLOURS[1])),
        (2.1, frame(half)),
        (2.5, frame(COLOURS[2])),
        (5.5, frame(COLOURS[2])),
        (5.6, frame(COLOURS[5])),
    )
    assert (found.bad, found.blends, found.at) == ([], 1, 5)


@pytest.mark.parametrize(
    "wrong",
    [
        frame((0, 0, 0)),
        frame((255, 255, 255)),
        frame(COLOURS[3]),
        frame(COLOURS[6]),
        frame(mix(COLOURS[3], COLOURS[5], 0.5)),
        frame(mix(mix(COLOURS[4], COLOURS[5], 0.5), (0, 0, 0), 0.25)),
        frame(COLOURS[4], COLOURS[5]),
    ],
    ids=[
        "black",
        "white",
        "stale",
        "too early",
        "from before",
        "two crossed fades over black",
        "half a picture",
    ],
)
def test_a_flash_is_noticed(wrong: bytes) -> None:
    found = judge((4.5, frame(COLOURS[4])), (5.1, wrong), (5.5, frame(COLOURS[5])))
    assert len(found.bad) == 1


def test_no_colour_passes_for_a_blend_of_two_others() -> None:
    for one, other, third in permutations(COLOURS, 3):
        assert blend_share(third, one, other) is None


def test_swaps_show_nothing_but_the_outgoing_and_the_incoming_slide(
    playwright: Playwright, chromium: str
) -> None:
    result = soak(playwright, chromium, SWAPS)
    assert verdict(result) == [], result.as_dict()
