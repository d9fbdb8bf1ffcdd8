"""A board in a real browser: pairing, playing, switching, and a server that goes away."""

from __future__ import annotations

from tests.player.board_server import BoardServer, World
from tests.player.campaign import AMBER, BLUE, GREEN, RED, manifest, near
from tests.player.conftest import BrowserBoard

NOTICE = "#notice.on"
DEVICE = "ab" * 32


def test_shows_a_code_until_it_is_claimed_and_then_plays(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    page = board.open()
    page.wait_for_selector("#pair.on")
    assert page.inner_text("#pair .code") == "BCDF-GHJK"
    assert page.locator("#pair .qr").evaluate("img => img.complete && img.naturalWidth > 0")
    digest = world.publish(manifest(world, [RED], world.now_ms()))
    world.token = "first"
    board.wait_for(RED)
    board.wait_until(lambda: len(world.receipts()) >= 3, "receipts are missing")
    assert world.receipts() == [(digest, "received"), (digest, "stored"), (digest, "showing")]
    assert not page.is_visible("#pair")


def test_asks_for_no_manifest_while_there_is_none(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    page = board.open()
    page.wait_for_selector(NOTICE)
    board.wait_until(lambda: len(world.said("heartbeat")) >= 2, "fell silent")
    assert [path for path in world.fetched if "null" in path] == []
    assert [fault for body in world.said("plays") for fault in body["faults"]] == []
    world.publish(manifest(world, [GREEN], world.now_ms()))
    board.wait_for(GREEN)


def test_plays_on_when_server_dies_and_reopens_without_it(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [GREEN], world.now_ms()))
    board.open()
    board.wait_for(GREEN)
    board.wait_for_worker()
    server.down()
    board.close()
    page = board.open()
    board.wait_for(GREEN)
    assert not page.is_visible(NOTICE)
    server.up()
    world.heard.clear()
    board.wait_until(lambda: world.said("hello"), "never came back", 90_000)


def test_a_link_brings_the_device_and_leaves_the_address_bar(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [GREEN], world.now_ms()))
    page = board.open(f"#device={DEVICE}")
    board.wait_for(GREEN)
    assert [body["device"] for body in world.said("pair")] == [DEVICE]
    assert page.url == server.player


def test_new_manifest_waits_for_the_end_of_the_slide_and_a_takeover_does_not(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [RED], world.now_ms(), duration_ms=3_600_000))
    board.open()
    board.wait_for(RED)
    waiting = world.publish(manifest(world, [BLUE], world.now_ms(), duration_ms=3_600_000))
    board.wait_until(lambda: (waiting, "stored") in world.receipts(), "never stored")
    assert (waiting, "showing") not in world.receipts()
    world.publish(manifest(world, [AMBER], world.now_ms(), duration_ms=3_600_000, role="takeover"))
    board.wait_for(AMBER)


def test_a_failed_download_leaves_the_old_manifest_whole(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    old = world.publish(manifest(world, [RED], world.now_ms()))
    board.open()
    board.wait_for(RED)
    board.wait_for_worker()
    new = manifest(world, [GREEN, BLUE], world.now_ms())
    last = new["slides"]["s1"]["file"]
    whole = world.files[last]
    world.files[last] = whole[:-1]
    digest = world.publish(new)
    board.wait_until(lambda: last in world.fetched, "never tried")
    board.close()  # in the middle of the switch
    board.open()
    board.wait_for(RED)
    assert (digest, "stored") not in world.receipts()
    assert world.said("hello")[-1]["digest"] in (old, digest)
    world.files[last] = whole
    board.wait_until(lambda: (digest, "showing") in world.receipts(), "never switched", 40_000)


def test_only_revoked_stops_a_board(board: BrowserBoard, server: BoardServer, world: World) -> None:
    world.token = "first"
    world.publish(manifest(world, [GREEN], world.now_ms()))
    page = board.open()
    board.wait_for(GREEN)
    for misfortune in ("unknown_token", "busy"):
        world.refuse = misfortune
        world.heard.clear()
        board.wait_until(lambda: len(world.said("heartbeat") + world.said("hello")) >= 2, "fell silent")
        board.wait_for(GREEN)
    world.portal = True
    page.wait_for_timeout(1_000)
    board.wait_for(GREEN)
    world.portal, world.token, world.refuse = False, None, "revoked"
    page.wait_for_selector("#pair.on", timeout=15_000)
    assert page.evaluate("caches.open('media').then(c => c.keys()).then(k => k.length)") == 0


def test_show_now_shows_each_slide_once_and_goes_back_to_the_plan(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [RED], world.now_ms(), duration_ms=600_000))
    board.open()
    board.wait_for(RED)
    shown = manifest(world, [BLUE, AMBER], world.now_ms(), duration_ms=1_500)
    args = {"order": ["s0", "s1"], "slides": shown["slides"], "files": shown["files"]}
    world.commands = [{"id": "1", "name": "show_now", "args": args}]
    for colour in (BLUE, AMBER, RED):
        board.wait_for(colour)
    assert world.said("command_result") == [{"id": "1", "ok": True}]


def test_identify_shows_the_name_over_the_picture(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [RED], world.now_ms()))
    page = board.open()
    board.wait_for(RED)
    world.commands = [{"id": "1", "name": "identify", "args": {"seconds": 1}}]
    page.wait_for_selector("#name.on")
    assert "Thang máy số 1" in page.inner_text("#name")
    world.commands = []
    page.wait_for_selector("#name.on", state="hidden")


def test_an_unknown_kind_leaves_its_time_to_the_slide_before(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    plan = manifest(world, [RED, GREEN], world.now_ms(), duration_ms=1_000)
    plan["slides"]["s1"]["kind"] = "hologram"
    world.publish(plan)
    page = board.open()
    board.wait_for(RED)
    for _ in range(12):
        page.wait_for_timeout(200)
        assert near(board.colour(), RED)
    board.wait_until(lambda: any(b["faults"] for b in world.said("heartbeat")), "never reported")


def test_works_under_a_sub_path(board: BrowserBoard, server: BoardServer, world: World) -> None:
    world.prefix = "/bang/tin"
    board.address = server.player
    world.token = "first"
    world.publish(manifest(world, [BLUE], world.now_ms()))
    board.open()
    board.wait_for(BLUE)
    board.wait_for_worker()
    server.down()
    board.close()
    board.open()
    board.wait_for(BLUE)


def test_without_a_secure_context_it_keeps_files_in_indexeddb(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    world.publish(manifest(world, [AMBER], world.now_ms()))
    board.address = server.player.replace("127.0.0.1", "board.test")
    board.flags = ["--host-resolver-rules=MAP board.test 127.0.0.1"]
    page = board.open()
    board.wait_for(AMBER)
    said = world.said("hello")[-1]["capabilities"]
    assert (said["secure"], said["store"]) == (False, "idb")
    assert page.evaluate("typeof crypto.subtle") == "undefined"


def test_plays_are_told_again_until_they_are_accepted_and_the_worker_gives_media_by_hash(
    board: BrowserBoard, server: BoardServer, world: World
) -> None:
    world.token = "first"
    plan = manifest(world, [RED, GREEN], world.now_ms(), duration_ms=1_000)
    world.publish(plan)
    page = board.open()
    board.wait_for(GREEN)
    board.wait_for_worker()
    server.down()
    file = plan["slides"]["s0"]["file"]
    assert page.evaluate(
        "hash => fetch('/media/' + hash).then(r => r.arrayBuffer()).then(b => b.byteLength)", file
    )
    page.wait_for_timeout(6_000)  # plays on, and is reloaded, with nobody there
    page.reload()
    board.wait_for(RED)
    board.wait_for(GREEN)
    server.up()
    page.reload()  # or it would come back within a minute
    board.wait_until(lambda: world.said("plays"), "never told its plays")
    tallies = world.said("plays")[-1]["tallies"]
    assert {tally["asset"] for tally in tallies} == {"ast_s0", "ast_s1"}
    assert sum(tally["plays"] for tally in tallies) >= 6
    assert all(tally["shown_ms"] <= tally["plays"] * 1_500 for tally in tallies)
