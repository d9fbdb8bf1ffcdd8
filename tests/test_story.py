"""The main job, end to end: a picture goes up, every board shows it, again and again, with or without the server.

Told once, in order, with real parts: the server as `signage-server run --starter` starts it, the console and two
boards (one lying, one upright) in real Chromium, and the server's process killed in between.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.browser import QUIET
from tests.player.campaign import Colour
from tests.player.conftest import BrowserBoard
from tests.servers import Running, free_port, server

pytestmark = pytest.mark.alone

RED, GREEN, BLUE = (200, 30, 40), (20, 140, 70), (30, 60, 200)
PASSWORD = "thang máy nhà A lúc 7 giờ"
PATIENCE_MS = 90_000
"""For what takes a second on a quiet machine, and longer where other tests run beside this one."""


@dataclass
class Office:
    """What there is on the first day: a server's home and port, an operator's page, two boards on the wall."""

    home: Path
    port: int
    operator: Page
    boards: dict[str, BrowserBoard]

    def runs(self, *arguments: str) -> Any:
        """The server, running in this home on this port."""
        return server(self.home, *arguments, port=self.port)


@pytest.fixture
def office(tmp_path: Path, playwright: Playwright, chromium: str) -> Iterator[Office]:
    port = free_port()
    desk = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
    operator = desk.new_page(
        base_url=f"http://127.0.0.1:{port}", locale="vi-VN", viewport={"width": 1440, "height": 900}
    )
    boards = {
        "Sảnh tầng 1": _board(playwright, chromium, tmp_path / "lying", port, 480, 270),
        "Thang máy nhà A": _board(playwright, chromium, tmp_path / "upright", port, 270, 480),
    }
    yield Office(tmp_path / "home", port, operator, boards)
    for board in boards.values():
        board.close()
    desk.close()


def _board(
    driver: Playwright, chromium: str, profile: Path, port: int, width: int, height: int
) -> BrowserBoard:
    """A board: a browser whose profile outlives it, as on a real one; localhost is a secure context."""
    size = {"width": width, "height": height}
    return BrowserBoard(driver, chromium, profile, f"http://localhost:{port}/player/", size)


@pytest.mark.timeout(600)
def test_a_picture_goes_up_and_every_board_shows_it_again_and_again(office: Office, tmp_path: Path) -> None:
    with office.runs("--starter") as running:
        choose_a_password(office.operator, running)
        for name, board in office.boards.items():
            pair(office.operator, board, name)
        the_campaign_plays(office, running)

        upload(office.operator, picture(tmp_path, "Họp dân", RED), picture(tmp_path, "Tiêm chủng", GREEN))
        make_a_playlist(office.operator, "Thông báo tháng 8", "Họp dân")
        schedule_it_instead_of_all_else(office.operator)
        all_show(office, RED)

        change_the_playlist(office.operator, "Tiêm chủng")
        all_show(office, GREEN)
        all_show(office, RED)

        upload(office.operator, picture(tmp_path, "Cháy ở tầng hầm", BLUE))
        show_now(office.operator, running, "Cháy ở tầng hầm")
        all_show(office, BLUE)
        all_show(office, RED)
        every_board_can_start_alone(office)
        running.process.kill()  # the server is gone, without a last word

    all_show(office, GREEN)
    all_show(office, RED)
    for board in office.boards.values():
        board.close()
        board.open()
    all_show(office, GREEN)
    all_show(office, RED)

    with office.runs() as running:
        all_come_back_and_tell_what_they_played(office, running)


def picture(folder: Path, name: str, colour: Colour) -> Path:
    """A picture that can be told from afar: one colour all over."""
    file = folder / f"{name}.png"
    Image.new("RGB", (1920, 1920), colour).save(file)
    return file


def choose_a_password(page: Page, running: Running) -> None:
    """The operator opens the printed link and is in."""
    page.goto("/setup#" + running.link("/setup#").partition("#")[2])
    page.get_by_label("Tên đăng nhập").fill("lan.nguyen")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu sử dụng").click()
    expect(page.get_by_role("heading", name="Tường màn hình")).to_be_visible()


def pair(page: Page, board: BrowserBoard, name: str) -> None:
    """The board shows a code; the operator types it and names the screen."""
    glass = board.open()
    glass.wait_for_selector("#pair.on")
    code = glass.inner_text("#pair .code")
    assert re.fullmatch(r"[B-Z]{4}-[B-Z]{4}", code)
    page.goto("/")
    page.get_by_role("button", name="Thêm màn hình").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Mã trên màn hình").fill(code.lower().replace("-", " "))
    dialog.get_by_label("Tên màn hình").fill(name)
    dialog.get_by_role("button", name="Ghép nối").click()
    expect(page.get_by_role("article", name=name).get_by_text("Đang chiếu")).to_be_visible(
        timeout=PATIENCE_MS
    )


def the_campaign_plays(office: Office, running: Running) -> None:
    """Both boards show slides of the Bluezone campaign, made for their shape, and say so."""
    campaign = {screen["name"]: screen for screen in screens(running) if screen["name"] in office.boards}
    assert {screen["profile"] for screen in campaign.values()} == {"1280x720", "720x1280"}
    for screen in campaign.values():
        assert screen["showing"]["role"] in ("rotation", "reminder")
        assert screen["showing"]["schedule_name"].startswith("Bluezone")


def upload(page: Page, *files: Path) -> None:
    """Choose the files in the library and wait for their thumbnails."""
    page.goto("/library")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Tải ảnh lên").first.click()
    chooser.value.set_files(list(files))
    for file in files:
        card = page.get_by_role("button", name=file.stem)
        expect(card.locator("img")).to_be_visible(timeout=PATIENCE_MS)


def make_a_playlist(page: Page, name: str, slide: str) -> None:
    """A new playlist with one slide of two seconds."""
    page.goto("/playlists")
    page.get_by_role("button", name="Danh sách phát mới").first.click()
    page.get_by_label("Tên danh sách phát").fill(name)
    page.get_by_role("button", name="Tạo danh sách phát").click()
    add_slide(page, slide)


def add_slide(page: Page, slide: str) -> None:
    """Add a slide from the tray for two seconds; saving is going live."""
    page.get_by_role("button", name=f"Thêm {slide}").click()
    page.get_by_label(f"Thời lượng của {slide}, giây").fill("2")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Lưu và phát").click()
    expect(page.get_by_text(re.compile("^Đã lưu · "))).to_be_visible(timeout=PATIENCE_MS)


def schedule_it_instead_of_all_else(page: Page) -> None:
    """On all screens, all day, every day, in place of everything else."""
    page.get_by_role("link", name="Đặt lịch chiếu").click()
    page.get_by_text("Thay thế tất cả").click()
    page.get_by_role("button", name="Lưu và áp dụng").click()
    expect(page.get_by_text("Hằng ngày, cả ngày").first).to_be_visible()


def change_the_playlist(page: Page, slide: str) -> None:
    """One slide more; the page tells how many screens the change has reached."""
    page.goto("/playlists")
    page.get_by_role("link", name=re.compile("Thông báo tháng 8")).click()
    add_slide(page, slide)
    expect(page.get_by_text(re.compile("đã tới 2/"))).to_be_visible(timeout=PATIENCE_MS)


def show_now(page: Page, running: Running, slide: str) -> None:
    """A playlist that no schedule plays is shown at once, everywhere, one time."""
    make_a_playlist(page, "Khẩn", slide)
    page.get_by_role("button", name="Chiếu ngay", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Chiếu ngay", exact=True).click()
    expect(page.get_by_text(re.compile("Đã gửi tới"))).to_be_visible()


def all_show(office: Office, colour: Colour) -> None:
    """Every board's glass comes to show a colour."""
    for board in office.boards.values():
        board.wait_for(colour, PATIENCE_MS)


def every_board_can_start_alone(office: Office) -> None:
    for board in office.boards.values():
        board.wait_for_worker()


def all_come_back_and_tell_what_they_played(office: Office, running: Running) -> None:
    """By themselves, the boards reconnect and report the plays of the time without a server."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        plays = {name: played(running, name, "Tiêm chủng") for name in office.boards}
        connected = {screen["name"] for screen in screens(running) if screen["connected"]}
        if connected >= plays.keys() and all(count >= 3 for count in plays.values()):
            return
        office.operator.wait_for_timeout(250)
    raise AssertionError(f"connected: {connected}, plays told: {plays}")


def played(running: Running, screen: str, slide: str) -> int:
    """How many plays of a slide a screen has proved."""
    with running.api() as api:
        rows = api.get(f"{running.url}/api/v1/reports/plays", params={"limit": 200}).json()["items"]
    return sum(row["plays"] for row in rows if row["screen_name"] == screen and row["asset_name"] == slide)


def screens(running: Running) -> list[Any]:
    """All screens, as the API tells of them."""
    with running.api() as api:
        items: list[Any] = api.get(f"{running.url}/api/v1/screens").json()["items"]
    return items
