"""The stage without identity, in a sandboxed frame as the console holds it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser import QUIET
from tests.player.board_server import BoardServer, World
from tests.player.campaign import BLUE, GREEN, RED, Colour, manifest, manifest_of, near, picture, slide
from tests.player.conftest import middle

FRAME = '<body style="margin:0"><iframe id="stage" sandbox="allow-scripts" width="320" height="180"></iframe>'


class Frame:
    """A page with the stage in it, and what the stage said."""

    def __init__(self, page: Page, server: BoardServer) -> None:
        self.page = page
        self.server = server
        page.set_content(FRAME)
        page.evaluate("window.said = []; addEventListener('message', event => said.push(event.data))")
        page.evaluate(
            "address => { document.getElementById('stage').src = address; }", server.player + "preview"
        )
        self.wait_for("ready")

    def show(self, plan: dict[str, Any], **message: Any) -> None:
        text = json.dumps(plan, sort_keys=True)
        known = {"type": "show", "manifest": text, "mediaBase": f"{self.server.base}/media/"}
        post = "message => document.getElementById('stage').contentWindow.postMessage(message, '*')"
        self.page.evaluate(post, known | message)

    def said(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.page.evaluate("said") if message["type"] == kind]

    def wait_for(self, kind: str, count: int = 1) -> None:
        for _ in range(200):
            if len(self.said(kind)) >= count:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"the stage said only {self.page.evaluate('said')}")

    def colour(self) -> Colour:
        return middle(self.page.screenshot())


@pytest.fixture
def frame(playwright: Playwright, chromium: str, server: BoardServer) -> Iterator[Frame]:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
    yield Frame(browser.new_page(viewport={"width": 320, "height": 180}), server)
    browser.close()


def test_shows_any_instant_of_a_plan_and_says_what_plays(frame: Frame, world: World) -> None:
    plan = manifest(world, [RED, GREEN], world.now_ms(), duration_ms=60_000)
    start = plan["horizon_ms"][0]
    first = ["s0", "s1"][plan["slots"][0][3] % 2]
    colours = {"s0": RED, "s1": GREEN}
    frame.show(plan, atMs=start + 20_000, rate=0)
    frame.wait_for("showing")
    assert near(frame.colour(), colours[first])
    assert frame.said("showing") == [
        {
            "type": "showing",
            "slide": first,
            "schedule": "sch_rotation",
            "role": "rotation",
            "startMs": start,
            "endMs": start + 60_000,
        }
    ]
    frame.show(plan, atMs=start + 80_000, rate=0)
    frame.wait_for("showing", 2)
    assert near(frame.colour(), colours["s1" if first == "s0" else "s0"])


def test_an_instant_just_before_the_end_of_a_slide_is_not_held_over_from_the_one_before(
    frame: Frame, world: World
) -> None:
    plan = manifest(world, [RED, GREEN], world.now_ms(), duration_ms=60_000)
    plan["slots"] = [[start, key, day, 0] for start, key, day, _ in plan["slots"]]
    start = plan["horizon_ms"][0]
    frame.show(plan, atMs=start + 20_000, rate=0)
    frame.wait_for("showing")
    assert near(frame.colour(), RED)
    frame.show(plan, atMs=start + 119_500, rate=0)
    frame.wait_for("showing", 2)
    assert near(frame.colour(), GREEN)


def test_runs_by_the_real_clock_when_no_instant_is_named(frame: Frame, world: World) -> None:
    frame.show(manifest(world, [BLUE], world.now_ms()), atMs=None)
    frame.wait_for("showing", 2)
    first, second = frame.said("showing")[:2]
    assert second["startMs"] == first["endMs"]


def test_the_slide_before_stays_until_the_next_one_is_decoded(frame: Frame, world: World) -> None:
    slides = {"s0": slide(world.add(picture(RED)), "s0", duration_ms=4_000)}
    slides["s1"] = slide(world.add(picture(BLUE)), "s1", duration_ms=20_000)
    plan = manifest_of(world, slides, world.now_ms())
    # s0 first, whatever the date
    plan["slots"] = [[start, key, day, 0] for start, key, day, _ in plan["slots"]]
    gate = world.gates[slides["s1"]["file"]] = threading.Event()
    frame.show(plan, atMs=plan["horizon_ms"][0], rate=1)
    frame.wait_for("showing")
    for _ in range(30):
        assert near(frame.colour(), RED)
        frame.page.wait_for_timeout(200)
    assert len(frame.said("showing")) == 1
    gate.set()
    frame.wait_for("showing", 2)
    assert near(frame.colour(), BLUE)


def test_a_text_that_is_no_manifest_is_said_and_changes_nothing(frame: Frame, world: World) -> None:
    frame.show(manifest(world, [GREEN], world.now_ms()), atMs=None)
    frame.wait_for("showing")
    frame.show({"format": 9})
    frame.wait_for("fault")
    assert near(frame.colour(), GREEN)
