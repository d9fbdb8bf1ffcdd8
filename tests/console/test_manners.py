"""How the console behaves: languages, keyboard, phones, conflicts, lost sessions, and what axe finds."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import DESK, NAME, PASSWORD, PHONE, listen, new_context
from tests.house.tree import ROOT
from tests.servers import Running

PAGES = ["/", "/library", "/playlists", "/schedules", "/schedules/new", "/reports", "/settings"]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")


def first_playlist(page: Page) -> None:
    """Open the campaign's playlist."""
    page.goto("/playlists")
    page.get_by_role("link", name=re.compile("Bluezone")).filter(has_not_text="lời nhắc").first.click()
    page.get_by_role("button", name=re.compile("^Kéo để đổi chỗ")).first.wait_for()


def names(page: Page) -> list[str]:
    """The slides in their order, as the handles say."""
    handles = page.get_by_role("button", name=re.compile("^Kéo để đổi chỗ"))
    return [handle.get_attribute("aria-label") or "" for handle in handles.all()]


def violations(page: Page) -> list[Any]:
    """What axe finds by WCAG 2.2 AA."""
    page.evaluate(AXE)
    found: list[Any] = page.evaluate(
        """async () => {
            const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
            const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
            return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]);
        }"""
    )
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, running: Running, signed_in: Path, size: dict[str, int], scheme: Any
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=size)
    page = context.new_page()
    complaints = listen(page)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: dict[str, list[Any]] = {}
    for path in PAGES:
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        found[path] = violations(page)
    context.close()
    assert {path: these for path, these in found.items() if these} == {}
    assert not complaints


def test_nothing_is_wider_than_a_phone(browser: Browser, running: Running, signed_in: Path) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=PHONE)
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
    context.close()


def test_slides_are_reordered_by_keyboard_alone(page: Page) -> None:
    first_playlist(page)
    before = names(page)
    page.get_by_label(re.compile("^Thời lượng của")).first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    assert names(page)[:2] == [before[1], before[0]]
    page.get_by_role("button", name="Bỏ thay đổi").click()
    assert names(page) == before


def test_slides_are_reordered_by_mouse(page: Page) -> None:
    first_playlist(page)
    before = names(page)
    handles = page.get_by_role("button", name=re.compile("^Kéo để đổi chỗ"))
    start, goal = handles.nth(0).bounding_box(), handles.nth(2).bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 12, start["y"] + 40, steps=4)
    page.mouse.move(goal["x"] + 12, goal["y"] + 30, steps=12)
    page.mouse.up()
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    assert sorted(names(page)) == sorted(before)
    assert names(page).index(before[0]) > 0
    page.get_by_role("button", name="Bỏ thay đổi").click()


def test_edits_that_were_not_saved_are_still_there_on_return(page: Page) -> None:
    first_playlist(page)
    page.get_by_role("button", name=re.compile("^Chuyển .* xuống")).first.click()
    page.get_by_role("link", name="Lịch chiếu", exact=True).click()
    page.get_by_role("heading", name="Lịch chiếu").wait_for()
    page.get_by_role("link", name="Danh sách phát", exact=True).click()
    expect(page.get_by_role("link").filter(has_text="Có thay đổi chưa lưu.")).to_have_count(1)
    page.get_by_role("link", name="Quay lại để lưu").click()
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    page.get_by_role("button", name="Bỏ thay đổi").click()


def test_an_edit_by_somebody_else_is_never_written_over(
    page: Page, browser: Browser, running: Running, signed_in: Path
) -> None:
    first_playlist(page)
    context = new_context(browser, cookies=signed_in, base_url=running.url)
    other = context.new_page()
    other.goto(page.url)
    other.get_by_label("Tên danh sách phát").wait_for()
    page.get_by_role("button", name=re.compile("^Chuyển .* xuống")).first.click()
    other.get_by_label(re.compile("^Thời lượng của")).last.fill("33")
    other.keyboard.press("Tab")
    other.get_by_role("button", name="Lưu và phát").click()
    expect(other.get_by_text(re.compile("^Đã lưu"))).to_be_visible()
    page.get_by_role("button", name="Lưu và phát").click()
    expect(page.get_by_role("dialog", name="Có người vừa sửa nội dung này")).to_be_visible()
    page.get_by_role("button", name="Tải bản mới").click()
    expect(page.get_by_label(re.compile("^Thời lượng của")).last).to_have_value("33 giây")
    context.close()


@pytest.mark.usefixtures("signed_in")
def test_a_session_that_ends_is_renewed_over_the_page_and_nothing_typed_is_lost(
    browser: Browser, running: Running
) -> None:
    context = new_context(browser, base_url=running.url)
    page = context.new_page()
    page.goto("/settings")
    sign_in(page)
    page.get_by_label("Tên khoá API mới").fill("Cổng thông tin")
    context.clear_cookies()
    # Sends the form, if the page has not already noticed by itself.
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    sign_in(page)
    expect(dialog).to_have_count(0)
    expect(page.get_by_label("Tên khoá API mới")).to_have_value("Cổng thông tin")
    page.get_by_role("button", name="Tạo khoá API").click()
    expect(page.get_by_text("khoá API chỉ hiện một lần này")).to_be_visible()
    context.close()


def sign_in(page: Page) -> None:
    """Name and password, as one types them."""
    page.get_by_label("Tên đăng nhập").fill(NAME)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_link_that_was_used_leads_to_signing_in(
    browser: Browser, running: Running, signed_in: Path
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=PHONE, language="en-GB")
    page = context.new_page()
    page.goto("/setup#used-long-ago")
    expect(page.get_by_role("heading", name="This link no longer works")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("link", name="To the sign-in page").click()
    page.get_by_role("heading", name=re.compile("Wall|Tường")).wait_for()
    context.close()


@pytest.mark.usefixtures("signed_in")
def test_a_wrong_password_says_so_and_keeps_the_name(browser: Browser, running: Running) -> None:
    context = new_context(browser, base_url=running.url)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(NAME)
    page.get_by_label("Mật khẩu", exact=True).fill("không phải thế")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Tên đăng nhập")).to_have_value(NAME)
    context.close()


def test_the_browser_chooses_the_language_and_the_switch_overrules_it(
    browser: Browser, running: Running, signed_in: Path
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, language="en-GB")
    page = context.new_page()
    page.goto("/schedules")
    expect(page.get_by_role("heading", name="Schedules")).to_be_visible()
    expect(page.get_by_text("Every day").first).to_be_visible()
    page.get_by_text("Tiếng Việt").click()
    expect(page.get_by_role("heading", name="Lịch chiếu")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Lịch chiếu")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    context.close()
