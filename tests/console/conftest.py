"""The console as people use it: a real Chromium against the real server with the Bluezone campaign in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from tests.browser import QUIET
from tests.servers import Running, server

NAME = "lan.nguyen"
OFFICE = "UBND phường An Bình"
PASSWORD = "thang máy nhà A lúc 7 giờ"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with the starter campaign, and nobody set up yet."""
    with server(tmp_path_factory.mktemp("console"), "--starter") as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def signed_in(running: Running, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the first administrator, who came by the printed link."""
    context = new_context(browser)
    page = context.new_page()
    page.goto(f"{running.url}/setup#{running.link('/setup#').partition('#')[2]}")
    page.get_by_label("Tên cơ quan, đơn vị").fill(OFFICE)
    page.get_by_label("Tên đăng nhập").fill(NAME)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu sử dụng").click()
    page.get_by_role("heading", name="Tường màn hình").wait_for()
    cookies = tmp_path_factory.mktemp("cookies") / "state.json"
    context.storage_state(path=cookies)
    context.close()
    return cookies


@pytest.fixture
def page(running: Running, browser: Browser, signed_in: Path) -> Iterator[Page]:
    """A signed-in page on a desk, in Vietnamese; the browser must have found nothing to complain about."""
    context = new_context(browser, cookies=signed_in, base_url=running.url)
    page = context.new_page()
    complaints = listen(page)
    yield page
    context.close()
    assert not complaints


def new_context(
    browser: Browser,
    *,
    cookies: Path | None = None,
    base_url: str | None = None,
    size: dict[str, int] = DESK,
    language: str = "vi-VN",
) -> BrowserContext:
    """A browser of its own: nothing of other tests is remembered in it."""
    return browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=language,
        timezone_id="Asia/Ho_Chi_Minh",
        storage_state=cookies,
        base_url=base_url,
        reduced_motion="reduce",
    )


def listen(page: Page) -> list[str]:
    """Collect what the browser complains about: scripts that fail, and everything the page's policy forbids."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A refusal (409, 412, 422) is logged by Chromium as a failed resource; it is an answer all the same.
        if message.type == "error" and not re.match(
            r"Failed to load resource: .* status of 4\d\d", message.text
        ):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints
