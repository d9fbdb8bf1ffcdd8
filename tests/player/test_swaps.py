"""Slides change without a flash: every frame the browser paints is looked at (10,000 times: `make soak-swaps`)."""

from __future__ import annotations

import io
import os
from itertools import permutations

import pytest
from PIL import Image
from playwright.sync_api import Playwright

from benchmarks.soak_swaps import COLOURS, SIZE, Watcher, blend_share, soak, verdict
from tests.player.campaign import Colour

SWAPS = int(os.environ.get("SOAK_SWAPS", "200"))


def frame(colour: Colour, patch: Colour | None = None) -> bytes:
    image = Image.new("RGB", (SIZE["width"], SIZE["height"]), colour)
    if patch:
        image.paste(patch, (20, 20, 40, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def watch(*frames: bytes) -> Watcher:
    watcher = Watcher()
    for number, each in enumerate(frames):
        watcher.see(each, number / 60)
    return watcher


def test_a_cut_and_a_fade_are_right() -> None:
    half = mix(COLOURS[1], COLOURS[2], 0.5)
    watcher = watch(frame(COLOURS[0]), frame(COLOURS[0]), frame(COLOURS[1]), frame(half), frame(COLOURS[2]))
    assert (watcher.swaps, watcher.blends, watcher.bad) == (2, 1, [])


@pytest.mark.parametrize(
    "wrong",
    [
        frame((0, 0, 0)),
        frame((255, 255, 255)),
        frame(COLOURS[3]),
        frame(mix(mix(COLOURS[4], COLOURS[5], 0.5), (0, 0, 0), 0.25)),
        frame(COLOURS[4], COLOURS[5]),
    ],
    ids=["black", "white", "stale", "two crossed fades over black", "half a picture"],
)
def test_a_flash_is_noticed(wrong: bytes) -> None:
    assert len(watch(frame(COLOURS[4]), wrong, frame(COLOURS[5])).bad) == 1


def test_after_a_stall_any_whole_slide_may_be_on_but_no_flash() -> None:
    watcher = watch(frame(COLOURS[4]))
    watcher.see(frame(COLOURS[3]), 2)
    assert (watcher.at, watcher.stalls, watcher.bad) == (3, 1, [])
    watcher.see(frame((0, 0, 0)), 4)
    assert len(watcher.bad) == 1


def test_no_colour_passes_for_a_blend_of_two_others() -> None:
    for one, other, third in permutations(COLOURS, 3):
        assert blend_share(third, one, other) is None


def test_swaps_show_nothing_but_the_outgoing_and_the_incoming_slide(
    playwright: Playwright, chromium: str
) -> None:
    result = soak(playwright, chromium, SWAPS)
    assert verdict(result) == [], result.as_dict()
