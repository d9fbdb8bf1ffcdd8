"""Swaps slides thousands of times on a real player in a real browser, and looks at every frame the browser paints.

    python benchmarks/soak_swaps.py --swaps 10000

The player, its store and its tallies are the real ones; only time runs faster, for the page and its server alike.
The frames are those that Chromium's compositor hands out (``Page.startScreencast``), not what the page believes it
painted. Every slide has one colour of its own, so a frame is right when it is the outgoing slide, the incoming one
or a blend of the two, over its whole area; black, a stale picture or half a picture is none of these.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from PIL import Image
from playwright.sync_api import CDPSession, Page, Playwright, sync_playwright

from tests.browser import QUIET, chromium_path
from tests.player.board_server import BoardServer, World
from tests.player.campaign import Colour, manifest_of, near, picture, slide

COLOURS: Sequence[Colour] = (
    *((180, 255, 105), (225, 210, 150), (75, 210, 15), (30, 195, 255), (195, 15, 60), (195, 120, 30)),
    *((15, 105, 180), (120, 15, 180), (150, 195, 240), (255, 45, 105), (195, 75, 255), (75, 90, 255)),
    *((195, 15, 195), (15, 180, 90), (45, 255, 135), (255, 165, 75)),
)
"""Far from black and from each other; none could be taken for a blend of two others."""
STALE = 4
"""A slide that was on up to so many swaps ago is not an incoming one."""
DURATION_MS = 1_000
RATE = 12.5
"""A slide lasts 80 ms, a fade 32 ms."""
SLIDE_S = DURATION_MS / RATE / 1_000
REORDERED = 8
"""Frames that are held back to put them into the order in which they were painted."""
STALL_S = 0.4
"""Five slides without a frame: then the machine was busy with something else."""
SIZE = {"width": 96, "height": 54}
MARK = 4
"""Pixels of the corner that blinks, so that the compositor paints even when nothing changes."""
NEAR = 8
"""How far a channel may be off the exact blend."""
FASTER = """(() => {
  const rate = %s, mono = performance.now.bind(performance), wall = Date.now, start = wall();
  const timeout = window.setTimeout, interval = window.setInterval;
  performance.now = () => mono() * rate;
  Date.now = () => start + (wall() - start) * rate;
  window.setTimeout = (what, ms) => timeout(what, (ms || 0) / rate);
  window.setInterval = (what, ms) => interval(what, ms / rate);
})()"""
BLINK = """() => {
  const mark = document.createElement("div");
  Object.assign(mark.style, {position: "absolute", left: 0, top: 0, width: "MARKpx", height: "MARKpx", zIndex: 9});
  document.body.appendChild(mark);
  let frame = 0;
  const blink = () => {
    mark.style.background = frame++ % 2 ? "#fff" : "#000";
    requestAnimationFrame(blink);
  };
  blink();
}""".replace("MARK", str(MARK))


def blend_share(frame: Colour, one: Colour, other: Colour) -> float | None:
    """How much of `other` is in a frame that is a blend of the two; None when it is not one."""
    along = [b - a for a, b in zip(one, other, strict=True)]
    share = sum((c - a) * d for c, a, d in zip(frame, one, along, strict=True)) / sum(d * d for d in along)
    share = 1.0 if share > 0.98 else max(0.0, share)
    exact = [a + share * d for a, d in zip(one, along, strict=True)]
    return share if all(abs(c - e) <= NEAR for c, e in zip(frame, exact, strict=True)) else None


@dataclass
class Watcher:
    """Follows the frames through the loop of slides."""

    at: int | None = None
    swaps: int = 0
    frames: int = 0
    blends: int = 0
    #: Frames between one swap and the next, at the least.
    fewest: int = 1_000
    #: Slides that no frame showed: held over by the player or missed by the sampling.
    missed: int = 0
    bad: list[tuple[int, Any]] = field(default_factory=list)
    #: Pauses of the whole machine, after which any slide may be on.
    stalls: int = 0
    last_s: float | None = None
    since_swap: int = 0
    thin: int = 0

    def see(self, png: bytes, at_s: float) -> None:
        """Judge one frame that was painted at this second."""
        colour = one_colour(png)
        gap_s = at_s - self.last_s if self.last_s is not None else 0.0
        self.last_s = at_s
        if self.at is None or (gap_s > STALL_S and self._find(colour) is not None):
            self.stalls += gap_s > STALL_S
            self.at = self._find(colour)
            return
        self.frames += 1
        self.since_swap += 1
        # On a busy machine the sampling misses frames: in a longer pause several swaps may go unseen.
        if colour is None or not self._fits(colour, unseen=int(gap_s / SLIDE_S)):
            self.bad.append((self.swaps, colour))

    def _fits(self, colour: Colour, unseen: int) -> bool:
        """Whether it is the outgoing slide, the incoming one, or a blend of the two; what was on before is not."""
        assert self.at is not None
        count = len(COLOURS)
        for out in range(unseen + 2):
            # The player may hold a slide over any number of others; a swap that nobody saw is followed closely.
            for ahead in range(out + 1, min(out + unseen + 3, count - STALE) if out else count - STALE):
                outgoing, incoming = (self.at + out) % count, (self.at + ahead) % count
                share = blend_share(colour, COLOURS[outgoing], COLOURS[incoming])
                if share is None:
                    continue
                self.blends += 0.03 < share < 1
                self._advance(ahead if share == 1 else out)
                return True
        return False

    def _advance(self, slides: int) -> None:
        if slides:
            self._swap((self.at or 0) + slides, slides)

    def _swap(self, following: int, ahead: int) -> None:
        self.at = following % len(COLOURS)
        self.swaps += 1
        self.missed += ahead - 1
        self.fewest = min(self.fewest, self.since_swap)
        self.thin += self.since_swap < 2
        self.since_swap = 0

    def _find(self, colour: Colour | None) -> int | None:
        return next((i for i, each in enumerate(COLOURS) if colour and near(colour, each)), None)


def one_colour(png: bytes) -> Colour | None:
    """The colour of a frame that has only one, save for the blinking corner."""
    image = (
        Image.open(io.BytesIO(png)).convert("RGB").crop((MARK * 2, MARK * 2, SIZE["width"], SIZE["height"]))
    )
    extrema = image.getextrema()
    if any(high - low > 4 for low, high in extrema):  # type: ignore[misc, operator]
        return None
    red, green, blue = image.getpixel((0, 0))  # type: ignore[misc]
    return red, green, blue


def fast_world(rate: float) -> World:
    """A server whose screen is claimed, with one loop of all colours, cuts and fades by turns."""
    world = World(rate=rate, token="soak")
    slides = {}
    for i, colour in enumerate(COLOURS):
        transition = "fade" if i % 2 else "cut"
        file = world.add(picture(colour, (192, 108)))
        slides[f"s{i:02}"] = slide(file, f"s{i}", duration_ms=DURATION_MS, transition=transition)
    world.publish(manifest_of(world, slides, world.now_ms()))
    return world


@dataclass
class Elements:
    """What lives in the page: elements that hold pictures, and all nodes, attached or not."""

    media: int
    nodes: int
    heap_kb: int


def count_elements(page: Page, cdp: CDPSession) -> Elements:
    cdp.send("HeapProfiler.collectGarbage")
    media = page.evaluate("document.querySelectorAll('#stage img, video').length")
    nodes = cdp.send("Memory.getDOMCounters")["nodes"]
    return Elements(media, nodes, page.evaluate("Math.round(performance.memory.usedJSHeapSize / 1024)"))


@dataclass
class Result:
    """What a soak found."""

    watcher: Watcher
    first: Elements
    last: Elements
    seconds: float
    faults: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        w = self.watcher
        return {
            "swaps": w.swaps,
            "frames": w.frames,
            "frames_per_swap": round(w.frames / max(1, w.swaps), 2),
            "swaps_with_fewer_than_2_frames": w.thin,
            "blend_frames": w.blends,
            "slides_held_or_missed": w.missed,
            "stalls": w.stalls,
            "bad_frames": len(w.bad),
            "media_elements": [self.first.media, self.last.media],
            "dom_nodes": [self.first.nodes, self.last.nodes],
            "heap_kb": [self.first.heap_kb, self.last.heap_kb],
            "seconds": round(self.seconds, 1),
            "faults": [fault["code"] for fault in self.faults],
        }


def soak(
    driver: Playwright, chromium: str, swaps: int, *, rate: float = RATE, progress: bool = False
) -> Result:
    """Play until that many swaps were seen."""
    world = fast_world(rate)
    server = BoardServer(world)
    watcher = Watcher()
    try:
        with tempfile.TemporaryDirectory() as profile:
            context = driver.chromium.launch_persistent_context(
                profile, executable_path=chromium, args=list(QUIET), viewport=SIZE, headless=True
            )
            page = context.pages[0]
            cdp = context.new_cdp_session(page)
            page.add_init_script(FASTER % rate)
            page.goto(server.player)
            page.wait_for_selector("html.playing")
            page.evaluate(BLINK)
            _watch(cdp, watcher)
            started = time.monotonic()
            _until(page, watcher, min(50, swaps // 4), progress)
            first = count_elements(page, cdp)
            _until(page, watcher, swaps, progress)
            seconds = time.monotonic() - started
            cdp.send("Page.stopScreencast")
            last = count_elements(page, cdp)
            context.close()
    finally:
        server.down()
    faults = [fault for body in world.said("plays") for fault in body["faults"]]
    return Result(watcher, first, last, seconds, faults)


def _watch(cdp: CDPSession, watcher: Watcher) -> None:
    waiting: list[tuple[float, str]] = []

    def on_frame(event: dict[str, Any]) -> None:
        # Frames overtake each other on their way here.
        heappush(waiting, (event["metadata"]["timestamp"], event["data"]))
        if len(waiting) > REORDERED:
            at_s, data = heappop(waiting)
            watcher.see(base64.b64decode(data), at_s)
        cdp.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    cdp.on("Page.screencastFrame", on_frame)
    size = {"maxWidth": SIZE["width"], "maxHeight": SIZE["height"]}
    cdp.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1, **size})


def _until(page: Page, watcher: Watcher, swaps: int, progress: bool) -> None:
    idle = 0
    while watcher.swaps < swaps:
        before = watcher.swaps
        page.wait_for_timeout(1_000)
        idle = idle + 1 if watcher.swaps == before else 0
        if idle > 30:
            raise AssertionError(
                f"no swap for 30 s after {watcher.swaps}; last bad frames: {watcher.bad[-3:]}"
            )
        if progress and watcher.swaps // 500 != before // 500:
            print(f"{watcher.swaps} swaps, {watcher.frames} frames, {len(watcher.bad)} bad", file=sys.stderr)


def verdict(result: Result) -> list[str]:
    """What is wrong with a soak, in sentences; empty when nothing is."""
    found = result.as_dict()
    wrong = [
        f"after swap {swap} a frame was {colour or 'not of one colour'}"
        for swap, colour in result.watcher.bad[:20]
    ]
    if found["frames_per_swap"] < 2:
        wrong.append(f"only {found['frames_per_swap']} frames were sampled a swap")
    if result.last.nodes > result.first.nodes + 20 or result.last.heap_kb > result.first.heap_kb + 2_000:
        wrong.append(f"the page grew from {result.first} to {result.last}")
    if result.first.media != result.last.media:
        wrong.append(f"{result.first.media} media elements became {result.last.media}")
    if found["faults"]:
        wrong.append(f"the player reported {found['faults']}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--swaps", type=int, default=10_000)
    with sync_playwright() as driver:
        result = soak(driver, chromium_path(), parser.parse_args().swaps, progress=True)
    print(json.dumps(result.as_dict(), indent=2))
    wrong = verdict(result)
    print("\n".join(wrong) or "no flash, no leak", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
