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
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import CDPSession, Page, Playwright, sync_playwright

from benchmarks.swap_frames import COLOURS, MARK, SIZE, Judge
from tests.browser import QUIET, chromium_path
from tests.player.board_server import BoardServer, World
from tests.player.campaign import manifest_of, picture, slide

DURATION_MS = 1_000
RATE = 12.5
"""A slide lasts 80 ms, a fade 32 ms."""
LOOK_MS = 60
LATE_S = 1.5
"""How long a frame waits to be judged: by then it and the swaps before it have come here, in whatever order."""
FASTER = """(() => {
  const rate = RATE, mono = performance.now.bind(performance), wall = Date.now, start = wall();
  const timeout = window.setTimeout;
  window.realNow = wall;
  performance.now = () => mono() * rate;
  Date.now = () => start + (wall() - start) * rate;
  window.setTimeout = (what, ms) => timeout(what, (ms || 0) / rate);
})()"""
PAINTED = (
    "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(go))))"
)
WATCH = """() => {
  const mark = document.createElement("div");
  Object.assign(mark.style, {position: "absolute", left: 0, top: 0, width: "MARKpx", height: "MARKpx", zIndex: 9});
  document.body.appendChild(mark);
  let frame = 0;
  const blink = () => {
    mark.style.background = frame++ % 2 ? "#fff" : "#000";
    requestAnimationFrame(blink);
  };
  blink();
  let last = null;
  window.swaps = [];
  const note = () => {
    const front = [...document.querySelectorAll("#stage img")].find((img) => img.style.zIndex === "2");
    if (!front || front.alt === last) return;
    last = front.alt;
    window.swaps.push([window.realNow() / 1000, Number(last.slice(1))]);
  };
  note();
  new MutationObserver(note).observe(document.getElementById("stage"), {attributes: true, subtree: true});
}""".replace("MARK", str(MARK))
"""Makes a corner blink, so that there are frames to look at, and notes which slide the stage has raised, and when."""


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

    judge: Judge
    first: Elements
    last: Elements
    seconds: float
    faults: list[str]

    def as_dict(self) -> dict[str, Any]:
        judge = self.judge
        return {
            "swaps_seen_in_2_frames_or_more": judge.sampled,
            "swaps_made": judge.made,
            "frames": judge.frames,
            "blend_frames": judge.blends,
            "bad_frames": len(judge.bad),
            "media_elements": [self.first.media, self.last.media],
            "dom_nodes": [self.first.nodes, self.last.nodes],
            "heap_kb": [self.first.heap_kb, self.last.heap_kb],
            "seconds": round(self.seconds, 1),
            "faults": self.faults,
        }


def soak(
    driver: Playwright, chromium: str, swaps: int, *, rate: float = RATE, progress: bool = False
) -> Result:
    """Play until that many swaps were seen in two frames or more, and judge every frame."""
    world = fast_world(rate)
    server = BoardServer(world)
    try:
        with tempfile.TemporaryDirectory() as profile:
            viewport = {"width": SIZE[0], "height": SIZE[1]}
            context = driver.chromium.launch_persistent_context(
                profile, executable_path=chromium, args=list(QUIET), viewport=viewport, headless=True
            )
            page = context.pages[0]
            page.add_init_script(FASTER.replace("RATE", str(rate)))
            page.goto(server.player)
            page.wait_for_selector("html.playing")
            page.evaluate(PAINTED)  # the built-in notice has left the glass
            page.evaluate(WATCH)
            watching = Watching(page, context.new_cdp_session(page))
            started = time.monotonic()
            watching.until(min(50, swaps // 4), progress)
            first = count_elements(page, watching.cdp)
            watching.until(swaps, progress)
            seconds = time.monotonic() - started
            watching.stop()
            last = count_elements(page, watching.cdp)
            context.close()
    finally:
        server.down()
    faults = [fault["code"] for body in world.said("plays") for fault in body["faults"]]
    return Result(watching.judge, first, last, seconds, faults)


class Watching:
    """Takes frames and swaps from a page and brings them before the judge in the order of time."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp
        self.judge = Judge()
        self._frames: list[tuple[float, str]] = []
        cdp.on("Page.screencastFrame", self._on_frame)
        size = {"maxWidth": SIZE[0], "maxHeight": SIZE[1]}
        cdp.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1, **size})

    def until(self, swaps: int, progress: bool) -> None:
        """Watch until so many swaps were sampled; raises AssertionError when nothing changes for half a minute."""
        idle = 0
        while self.judge.sampled < swaps:
            before = self.judge.sampled
            # Often, so that little is to be judged at a time: meanwhile the browser waits with its next frame.
            self.page.wait_for_timeout(LOOK_MS)
            self._judge(time.time() - LATE_S)
            idle = idle + 1 if self.judge.sampled == before else 0
            if idle > 30_000 / LOOK_MS:
                raise AssertionError(f"no swap for 30 s after {before}")
            if progress and self.judge.sampled // 500 != before // 500:
                found = f"{self.judge.sampled} swaps, {self.judge.frames} frames, {len(self.judge.bad)} bad"
                print(found, file=sys.stderr)

    def stop(self) -> None:
        """No more frames; those that have come are judged."""
        self.cdp.send("Page.stopScreencast")
        self._judge(time.time())

    def _on_frame(self, event: dict[str, Any]) -> None:
        heappush(self._frames, (event["metadata"]["timestamp"], event["data"]))
        self.cdp.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def _judge(self, until_s: float) -> None:
        self.judge.swapped((at_s, number) for at_s, number in self.page.evaluate("swaps.splice(0)"))
        while self._frames and self._frames[0][0] <= until_s:
            at_s, data = heappop(self._frames)
            self.judge.see(base64.b64decode(data), at_s)


def verdict(result: Result) -> list[str]:
    """What is wrong with a soak, in sentences; empty when nothing is."""
    found = result.as_dict()
    wrong = [
        f"after swap {swap} a frame was {colour or 'not of one colour'}"
        for swap, colour in result.judge.bad[:20]
    ]
    if result.last.nodes > result.first.nodes + 20 or result.last.heap_kb > result.first.heap_kb + 2_000:
        wrong.append(f"the page grew from {result.first} to {result.last}")
    if result.first.media != result.last.media:
        wrong.append(f"{result.first.media} media elements became {result.last.media}")
    # Time being so much faster, the watchdog's patience is that much shorter: on a busy machine it may try a fresh
    # element. That must not be seen either; anything else it does is wrong.
    faults = [fault for fault in found["faults"] if fault != "stage_rebuilt"]
    if faults:
        wrong.append(f"the player reported {faults}")
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
