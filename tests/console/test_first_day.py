"""The first day of an operator: upload, arrange, schedule, pair, and see it arrive."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import OFFICE, PHONE, new_context
from tests.servers import Running

PATIENCE_MS = 90_000
"""How long a picture may take while the campaign's own are still being prepared on a busy machine."""


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "Thông báo tháng 8.png"
    Image.new("RGB", (1600, 900), "#15477f").save(file)
    return file


@pytest.fixture
def board(browser: Browser, running: Running) -> Iterator[Page]:
    """Another browser, upright like the glass in a lift, that opens the player's address."""
    context = new_context(browser, size={"width": 540, "height": 960})
    page = context.new_page()
    page.goto(f"{running.url}/player/")
    yield page
    context.close()


def upload(page: Page, *files: Path) -> None:
    """Choose files as one does with the button."""
    page.goto("/library")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Tải ảnh lên").first.click()
    chooser.value.set_files(list(files))


def test_a_picture_goes_up_and_becomes_a_thumbnail(page: Page, picture: Path) -> None:
    upload(page, picture)
    card = page.get_by_role("button", name=picture.stem)
    expect(card).to_be_visible()
    expect(card.locator("img")).to_be_visible(timeout=PATIENCE_MS)


def test_a_file_that_is_no_picture_says_why_in_words(page: Page, tmp_path: Path) -> None:
    broken = tmp_path / "hong.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    upload(page, broken)
    row = page.get_by_text(broken.name).locator("../..")
    expect(row.get_by_text(re.compile("Ảnh bị hỏng"))).to_be_visible(timeout=PATIENCE_MS)
    expect(row.get_by_text("Không tải được")).to_be_visible()
    expect(page.get_by_role("button", name="Thử lại")).to_have_count(0)


def test_a_file_that_is_refused_at_once_offers_no_second_try(page: Page, tmp_path: Path) -> None:
    words = tmp_path / "to-trinh.png"
    words.write_bytes(b"%PDF-1.7 ...")
    upload(page, words)
    expect(page.get_by_text(re.compile("không phải là ảnh"))).to_be_visible()
    expect(page.get_by_role("button", name="Thử lại")).to_have_count(0)


def test_the_same_picture_again_leads_to_the_one_that_is_there(page: Page, tmp_path: Path) -> None:
    first, second = tmp_path / "Lịch tiếp dân.png", tmp_path / "Bản sao.png"
    for file in (first, second):
        Image.new("RGB", (1600, 900), "#0d4f4a").save(file)
    upload(page, first)
    page.get_by_role("button", name=first.stem).wait_for()
    upload(page, second)
    expect(page.get_by_text(f"Ảnh này đã có trong thư viện: “{first.stem}”.")).to_be_visible()
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("dialog", name=first.stem)).to_be_visible()


def test_a_slide_in_use_says_where_instead_of_offering_to_delete(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("button", name=re.compile(r"Trong \d+ danh sách phát")).first.click()
    page.get_by_role("button", name="Xoá").click()
    dialog = page.get_by_role("dialog", name=re.compile("Chưa xoá được"))
    expect(dialog.get_by_role("button", name="Xoá")).to_have_count(0)
    dialog.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/playlists/pls_"))


def test_a_notice_is_seen_while_it_is_written(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("button", name="Soạn thông báo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tiêu đề").fill("Tạm ngừng thang máy để bảo trì")
    expect(dialog.get_by_alt_text("Hình xem trước của thông báo")).to_be_visible(timeout=PATIENCE_MS)
    dialog.get_by_text("Thẳng đứng").click()
    shown = dialog.get_by_alt_text("Hình xem trước của thông báo")
    expect(shown).to_have_js_property("naturalWidth", 1080, timeout=PATIENCE_MS)
    dialog.get_by_role("button", name="Lưu thông báo").click()
    expect(page.get_by_role("button", name=re.compile("Tạm ngừng thang máy"))).to_be_visible()


def test_a_notice_that_breaks_a_rule_is_told_at_the_field(page: Page) -> None:
    page.goto("/library")
    page.get_by_role("button", name="Soạn thông báo").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Đơn vị thông báo")).to_have_value(OFFICE)
    dialog.get_by_text("Quét mã QR").click()
    dialog.get_by_label("Tiêu đề").fill("Cài Bluezone ☺")
    dialog.get_by_role("button", name="Lưu thông báo").click()
    expect(dialog.get_by_text("Mẫu này cần địa chỉ cho mã QR.")).to_be_visible()
    expect(dialog.get_by_label("Địa chỉ cho mã QR")).to_have_attribute("aria-invalid", "true")

    dialog.get_by_label("Địa chỉ cho mã QR").fill("bluezone")
    refused = dialog.get_by_text(re.compile("không có ký tự “☺”"))
    expect(refused).to_have_count(2)  # under the headline, and beside the preview
    expect(dialog.get_by_text(re.compile("bắt đầu bằng https://")).first).to_be_visible()

    dialog.get_by_label("Nội dung").fill("chữ " * 60)
    expect(dialog.get_by_text("Quá dài: bớt khoảng 18 chữ.")).to_have_count(2)
    expect(dialog.get_by_text("63/45 chữ")).to_be_visible()


def test_a_playlist_is_made_scheduled_and_said_in_a_sentence(page: Page) -> None:
    page.goto("/playlists")
    page.get_by_role("button", name="Danh sách phát mới").first.click()
    page.get_by_label("Tên danh sách phát").fill("Sảnh tầng 1")
    page.get_by_role("button", name="Tạo danh sách phát").click()
    page.get_by_role("button", name=re.compile("^Thêm .*Bluezone")).first.click()
    page.get_by_label(re.compile("^Thời lượng của")).fill("25")
    page.keyboard.press("Tab")
    expect(page.get_by_text("một vòng 0:25")).to_be_visible()
    page.get_by_role("button", name="Lưu và phát").click()
    expect(page.get_by_text("chưa có lịch chiếu nào dùng danh sách này")).to_be_visible()

    page.get_by_role("link", name="Đặt lịch chiếu").click()
    page.get_by_text("Nhắc định kỳ").click()
    page.get_by_label("Lặp lại", exact=True).first.click()
    page.get_by_role("option", name=re.compile("Các ngày làm việc")).click()
    page.get_by_text("Theo giờ").click()
    expect(page.get_by_text(re.compile("15 phút.*07:00")).first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="07:00")).to_have_count(5)
    page.get_by_role("button", name="Lưu và áp dụng").click()
    expect(page.get_by_role("link", name="Sửa Sảnh tầng 1", exact=True)).to_be_visible()


def test_a_board_that_waits_appears_by_itself_and_plays_once_it_is_named(page: Page, board: Page) -> None:
    page.goto("/")
    page.get_by_role("heading", name="Màn hình mới đang chờ").wait_for()
    page.get_by_role("region", name="Màn hình mới đang chờ").get_by_role(
        "button", name="Ghép nối"
    ).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tên màn hình").fill("Thang máy nhà A")
    dialog.get_by_role("button", name="Ghép nối").click()
    card = page.get_by_role("article", name="Thang máy nhà A")
    expect(card.get_by_text("Đang chiếu")).to_be_visible(timeout=PATIENCE_MS)
    expect(card.locator("img")).to_be_visible()
    expect(card.get_by_text(re.compile("Bản mới nhất"))).to_be_visible(timeout=PATIENCE_MS)


def test_saving_says_how_far_it_has_come_on_the_boards(page: Page, board: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Ghép nối").first.click()
    page.get_by_role("dialog").get_by_label("Tên màn hình").fill("Sảnh")
    page.get_by_role("dialog").get_by_role("button", name="Ghép nối").click()
    expect(page.get_by_role("article", name="Sảnh").get_by_text("Đang chiếu")).to_be_visible(
        timeout=PATIENCE_MS
    )
    page.goto("/playlists")
    page.get_by_role("link", name=re.compile("Bluezone")).filter(has_not_text="lời nhắc").first.click()
    page.get_by_role("button", name=re.compile("^Chuyển .* xuống")).first.click()
    page.get_by_role("button", name="Lưu và phát").click()
    expect(page.get_by_text(re.compile(r"Đã lưu · đã tới [1-9]"))).to_be_visible(timeout=PATIENCE_MS)


def test_the_qr_on_a_board_leads_to_pairing_with_the_code_filled_in(
    browser: Browser, running: Running, signed_in: Path
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=PHONE)
    phone = context.new_page()
    phone.goto("/claim#bcdf-ghjk")
    expect(phone.get_by_label("Mã trên màn hình")).to_have_value("BCDF-GHJK")
    context.close()
