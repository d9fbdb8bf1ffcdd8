"""Schedules as people make them: by habit, by keyboard, by the day, by tag, from a calendar file."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.console.conftest import PHONE, listen, new_context
from tests.console.scheduling import (
    begin,
    choose,
    choose_by_keys,
    etag,
    make,
    new_ones,
    pair,
    picker,
    said,
    save,
    schedules,
)
from tests.console.test_manners import violations
from tests.servers import Running


@pytest.fixture
def api(running: Running, signed_in: Path) -> requests.Session:
    assert signed_in.exists()
    return running.api()


@pytest.fixture
def made(running: Running, api: requests.Session) -> Iterator[set[str]]:
    """Ids of the schedules there were before; those that a test makes are deleted after it."""
    before = {one["id"] for one in schedules(running, api)}
    yield before
    for one in schedules(running, api):
        if one["id"] not in before:
            gone = api.delete(
                f"{running.url}/api/v1/schedules/{one['id']}", headers={"If-Match": f'"{one["etag"]}"'}
            )
            assert gone.status_code == 204


def test_the_last_friday_of_the_month_is_typed_by_keyboard_said_saved_and_found_again(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Thứ Sáu vui vẻ")
    first = page.get_by_label("Từ ngày")
    first.fill("27/11/2026")
    page.keyboard.press("Tab")
    choose_by_keys(page, "Lặp lại", "Tuỳ chỉnh…")
    expect(page.get_by_role("group", name="Lặp lại tuỳ chỉnh")).to_be_visible()
    choose_by_keys(page, "Ngày, tuần, tháng hay năm", "tháng")
    page.get_by_role("radiogroup", name="Ngày nào trong tháng").get_by_role("radio").first.focus()
    page.keyboard.press("ArrowRight")
    picker(page, "Thứ").focus()
    page.keyboard.press("Tab")
    expect(picker(page, "Lần thứ mấy")).to_be_focused()
    choose_by_keys(page, "Lần thứ mấy", "cuối cùng")
    expect(said(page).get_by_text("Thứ Sáu cuối cùng hằng tháng")).to_be_visible()
    days = said(page).get_by_role("listitem").filter(has_text=re.compile("Thứ Sáu"))
    expect(days).to_have_count(5)
    save(page)

    (saved,) = new_ones(running, api, made)
    assert (saved["rrule"], saved["first_day"], saved["last_day"]) == (
        "FREQ=MONTHLY;BYDAY=-1FR",
        "2026-11-27",
        None,
    )
    page.goto(f"/schedules/{saved['id']}")
    # It is one of the habits: the first day is the last Friday of its month.
    expect(picker(page, "Lặp lại")).to_have_value("Hằng tháng vào Thứ Sáu cuối cùng")
    expect(page.get_by_label("Từ ngày")).to_have_value("27/11/2026")
    expect(said(page).get_by_text("Thứ Sáu cuối cùng hằng tháng")).to_be_visible()
    save(page)
    (again,) = new_ones(running, api, made)
    assert {name: again[name] for name in saved if name != "etag"} == {
        name: saved[name] for name in saved if name != "etag"
    }


def test_the_last_working_day_of_the_month_is_one_of_the_custom_choices(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Báo cáo tháng")
    choose(page, "Lặp lại", "Tuỳ chỉnh…")
    choose(page, "Ngày, tuần, tháng hay năm", "tháng")
    page.get_by_text("Theo thứ", exact=True).click()
    choose(page, "Thứ", "ngày làm việc (Thứ Hai–Thứ Sáu)")
    choose(page, "Lần thứ mấy", "cuối cùng")
    expect(said(page).get_by_text("Ngày làm việc cuối cùng hằng tháng")).to_be_visible()
    save(page)
    (saved,) = new_ones(running, api, made)
    assert saved["rrule"] == "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    page.goto(f"/schedules/{saved['id']}")
    expect(picker(page, "Lặp lại")).to_have_value("Tuỳ chỉnh…")
    expect(picker(page, "Thứ")).to_have_value("ngày làm việc (Thứ Hai–Thứ Sáu)")
    expect(picker(page, "Lần thứ mấy")).to_have_value("cuối cùng")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Apia"])
def test_days_are_those_that_were_typed_and_picked_wherever_the_browser_stands(
    browser: Browser, running: Running, signed_in: Path, api: requests.Session, made: set[str], zone: str
) -> None:
    context = browser.new_context(
        storage_state=signed_in, base_url=running.url, locale="vi-VN", timezone_id=zone
    )
    page = context.new_page()
    begin(page, f"Đến hết tháng {zone}")
    page.get_by_label("Từ ngày").fill("1/12/2026")
    page.get_by_label("Từ ngày").blur()
    page.get_by_role("radio", name="Đến hết ngày").check()
    page.get_by_role("textbox", name="Đến hết ngày").fill("31/12/2026")
    page.get_by_role("textbox", name="Đến hết ngày").blur()
    page.keyboard.press("Tab")
    expect(page.locator("table")).to_have_count(0)
    page.get_by_role("button", name="Trừ các ngày", exact=True).click()
    shown = page.locator("table").get_by_role("button").filter(has_text=re.compile("^15$"))
    picked = shown.get_attribute("aria-label") or ""
    shown.click()
    page.keyboard.press("Escape")
    expect(said(page).get_by_text("từ 01/12/2026 đến hết 31/12/2026")).to_be_visible()
    save(page)
    (saved,) = new_ones(running, api, made)
    assert (saved["first_day"], saved["last_day"]) == ("2026-12-01", "2026-12-31")
    assert [day[8:] for day in saved["except_days"]] == ["15"], picked
    page.goto(f"/schedules/{saved['id']}")
    expect(page.get_by_label("Từ ngày")).to_have_value("01/12/2026")
    expect(page.get_by_role("textbox", name="Đến hết ngày")).to_have_value("31/12/2026")
    context.close()


def test_public_holidays_are_left_out_by_name(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Giờ làm việc")
    choose(page, "Lặp lại", re.compile("Các ngày làm việc"))
    choose(page, "Trừ các ngày của bộ ngày", "Ngày nghỉ lễ Việt Nam")
    expect(page.get_by_text(re.compile("Ngày nghỉ lễ Việt Nam, sắp tới: .*Tết Dương lịch"))).to_be_visible()
    page.get_by_role("button", name="Xem mọi ngày sắp tới của Ngày nghỉ lễ Việt Nam").click()
    dialog = page.get_by_role("dialog", name="Ngày nghỉ lễ Việt Nam")
    expect(dialog.get_by_role("row").filter(has_text="01/01/2027")).to_contain_text("Thứ Sáu")
    page.keyboard.press("Escape")
    expect(said(page).get_by_text(re.compile("trừ .*Ngày nghỉ lễ Việt Nam"))).to_be_visible()
    save(page)
    (saved,) = new_ones(running, api, made)
    assert saved["exclude_sets"] == ["day_vn_holidays"]
    page.goto("/day-sets/day_vn_holidays")
    expect(page.get_by_role("link", name="Giờ làm việc")).to_be_visible()


def test_a_day_set_is_pasted_used_and_cannot_be_deleted_while_it_is(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    assert made
    page.goto("/day-sets")
    page.get_by_role("link", name="Bộ ngày mới").click()
    page.get_by_label("Tên bộ ngày").fill("Họp tổ dân phố")
    page.get_by_label("Hoặc dán danh sách").fill(
        "05/12/2026 Họp quý IV\nhôm nào đó\n12/12/2026 – 13/12/2026 Dọn vệ sinh"
    )
    expect(page.get_by_text("Không hiểu dòng: “hôm nào đó”")).to_be_visible()
    page.get_by_role("button", name="Thêm 3 ngày").click()
    expect(page.get_by_label("Tên của ngày 13/12/2026")).to_have_value("Dọn vệ sinh")
    page.get_by_role("button", name="Bỏ ngày 13/12/2026").click()
    page.get_by_role("button", name="Lưu bộ ngày").click()
    page.get_by_role("link", name=re.compile("Họp tổ dân phố")).wait_for()

    begin(page, "Mời họp")
    choose(page, "Lặp lại", "Chỉ những ngày của bộ ngày…")
    expect(said(page).get_by_text("Hãy chọn bộ ngày.")).to_be_visible()
    choose(page, "Chỉ những ngày của bộ ngày", "Họp tổ dân phố")
    expect(said(page).get_by_role("listitem").filter(has_text=re.compile("05/12|12/12"))).to_have_count(2)
    save(page)

    page.goto("/day-sets")
    page.get_by_role("link", name=re.compile("Họp tổ dân phố")).click()
    page.get_by_role("button", name="Xoá").click()
    page.get_by_role("dialog").get_by_role("button", name="Xoá").click()
    expect(page.get_by_role("alert").filter(has_text="“Mời họp”")).to_be_visible()


def test_only_one_day_is_changed_and_the_others_stay(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    whole = make(
        running,
        api,
        name="Chào cờ",
        rrule="FREQ=WEEKLY;BYDAY=MO",
        windows=[{"start": "07:00", "end": "08:00"}],
    )
    page.goto(f"/schedules/{whole['id']}?day=2026-12-07")
    expect(page.get_by_text("Bạn đang mở Thứ Hai 07/12/2026")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Chỉ ngày 07.12.2026")).click()
    expect(page.get_by_text("Chỉ Thứ Hai 07/12/2026.")).to_be_visible()
    expect(picker(page, "Lặp lại")).to_have_count(0)
    page.get_by_text("Cả ngày", exact=True).click()
    expect(said(page).get_by_text(re.compile("07/12/2026, cả ngày", re.IGNORECASE))).to_be_visible()
    save(page)
    found = {one["first_day"]: one for one in new_ones(running, api, made)}
    assert found["2026-01-01"]["except_days"] == ["2026-12-07"]
    assert found["2026-01-01"]["windows"] == [{"start": "07:00", "end": "08:00"}]
    only = found["2026-12-07"]
    assert only["name"] == "Chào cờ (07/12)"
    assert (only["last_day"], only["rrule"], only["windows"]) == (
        "2026-12-07",
        None,
        [{"start": "00:00", "end": "24:00"}],
    )


def test_a_day_and_what_follows_goes_on_counting_and_can_be_ended(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    make(
        running, api, name="Sáu buổi", first_day="2026-12-01", rrule="FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=TU"
    )
    page.goto("/schedules")
    page.get_by_role("button", name="Việc với lịch chiếu Sáu buổi").click()
    page.get_by_role("menuitem", name="Đổi một ngày…").click()
    page.get_by_role("dialog").get_by_role("button", name="Thứ Ba 29/12/2026").click()
    page.get_by_role("link", name=re.compile("^Từ ngày 29.12.2026 trở đi")).click()
    expect(page.get_by_text("Số lần tính cả những lần trước ngày này.")).to_be_visible()
    expect(page.get_by_label("Tên lịch chiếu")).to_have_value("Sáu buổi (từ 29/12)")
    page.get_by_label("Tên lịch chiếu").fill("Bốn buổi sau")
    save(page)
    found = {one["name"]: one for one in new_ones(running, api, made)}
    assert found["Bốn buổi sau"]["first_day"] == "2026-12-29"
    assert found["Bốn buổi sau"]["rrule"] == "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU"
    assert found["Sáu buổi"]["last_day"] < "2026-12-29"

    page.goto(f"/schedules/{found['Bốn buổi sau']['id']}?day=2027-01-12")
    page.get_by_role("button", name="Kết thúc trước ngày 12/01/2027").click()
    page.get_by_role("dialog").get_by_role("button", name="Kết thúc trước ngày 12/01/2027").click()
    page.get_by_role("heading", level=1, name="Lịch chiếu", exact=True).wait_for()
    ended = {one["name"]: one for one in new_ones(running, api, made)}["Bốn buổi sau"]
    assert ended["last_day"] == "2027-01-11"


def test_a_calendar_file_goes_out_and_comes_back(
    page: Page, running: Running, api: requests.Session, made: set[str], tmp_path: Path
) -> None:
    facts = {
        "rrule": "FREQ=MONTHLY;BYDAY=2WE",
        "first_day": "2026-12-09",
        "last_day": "2027-12-31",
        "except_days": ["2027-02-10"],
        "windows": [{"start": "08:00", "end": "11:30"}],
    }
    make(running, api, name="Tiếp công dân", **facts)
    page.goto("/schedules")
    page.get_by_role("button", name="Việc với lịch chiếu Tiếp công dân").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Tải tệp lịch (.ics)").click()
    file = tmp_path / "lich.ics"
    download.value.save_as(file)
    hourly = (
        "BEGIN:VEVENT\r\nUID:x\r\nSUMMARY:Từng giờ\r\nDTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=HOURLY\r\n"
        "END:VEVENT\r\n"
    )
    text = file.read_bytes().decode()
    file.write_bytes(text.replace("END:VCALENDAR", hourly + "END:VCALENDAR").encode())

    page.get_by_role("link", name="Nhập từ tệp lịch (.ics)").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Chọn tệp .ics").click()
    chooser.value.set_files(file)
    entry = page.get_by_role("article", name="Tiếp công dân")
    expect(entry.get_by_text(re.compile("Ngày Thứ Tư thứ hai hằng tháng"))).to_be_visible()
    expect(page.get_by_text("Không dùng được (1)")).to_be_visible()
    entry.get_by_role("link", name="Mở “Tiếp công dân” để đặt lịch chiếu").click()
    choose(page, "Danh sách phát", "Bluezone")
    expect(page.get_by_label("Tên lịch chiếu")).to_have_value("Tiếp công dân")
    page.get_by_role("button", name=re.compile("áp dụng")).click()
    expect(page.get_by_role("article", name="Tiếp công dân").get_by_text("Đã lưu")).to_be_visible()
    copies = new_ones(running, api, made)
    assert len(copies) == 2
    for name, value in facts.items():
        assert copies[0][name] == copies[1][name] == value, name


def test_screens_are_tagged_and_a_schedule_goes_to_the_tag(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    screen = pair(running, api, "Thang máy khu C")
    page.goto("/")
    card = page.get_by_role("article", name="Thang máy khu C")
    card.get_by_role("button", name="Việc với màn hình Thang máy khu C").click()
    page.get_by_role("menuitem", name="Sửa thông tin").click()
    page.get_by_role("dialog").get_by_role("combobox", name="Nhãn").fill("khu C")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_role("button", name="Lưu").click()
    expect(card.get_by_role("list", name="Nhãn").get_by_text("khu C")).to_be_visible()

    begin(page, "Chỉ khu C")
    page.get_by_text("Chọn nơi chiếu").click()
    expect(said(page).get_by_text("Hãy chọn nơi chiếu.")).to_be_visible()
    choose(page, "Màn hình có một trong các nhãn", re.compile("^khu C"))
    expect(said(page).get_by_text("1 màn hình", exact=True)).to_be_visible()
    save(page)
    expect(page.get_by_text(re.compile("nhãn “khu C”"))).to_be_visible()
    (saved,) = new_ones(running, api, made)
    assert saved["targets"] == [{"kind": "tag", "ref": "khu C"}]
    api.delete(
        f"{running.url}/api/v1/screens/{screen}", headers={"If-Match": f'"{etag(running, api, screen)}"'}
    )


def test_what_is_worth_a_look_is_said_in_words_and_does_not_forbid_to_save(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Đã qua")
    choose(page, "Lặp lại", "Không lặp lại (một ngày)")
    day = page.get_by_role("textbox", name="Ngày", exact=True)
    day.fill("02/09/2020")
    day.blur()
    expect(said(page).get_by_text(re.compile(r"Cần xem lại \(\d\)"))).to_be_visible()
    page.get_by_role("button", name="Vẫn lưu và áp dụng").click()
    page.get_by_role("heading", level=1, name="Lịch chiếu", exact=True).wait_for()
    (saved,) = new_ones(running, api, made)
    assert (saved["first_day"], saved["last_day"]) == ("2020-09-02", "2020-09-02")


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_the_whole_form_opened_up_is_sound_and_fits(
    browser: Browser,
    running: Running,
    signed_in: Path,
    api: requests.Session,
    made: set[str],
    size: dict[str, int],
) -> None:
    whole = make(
        running,
        api,
        name="Mọi thứ",
        role="takeover",
        priority=100,
        rrule="FREQ=YEARLY;COUNT=5;BYMONTH=11;BYDAY=-1FR",
        except_days=["2026-11-27"],
        extra_days=["2026-12-01"],
        exclude_sets=["day_vn_tet"],
        include_sets=["day_vn_holidays"],
        zone="Asia/Tokyo",
        windows=[{"start": "07:00", "end": "11:00"}, {"start": "22:00", "end": "05:00"}],
    )
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=size)
    page = context.new_page()
    complaints = listen(page)
    paths = [
        f"/schedules/{whole['id']}",
        f"/schedules/{whole['id']}?day=2026-12-01",
        "/day-sets",
        "/day-sets/new?copy=day_vn_tet",
        "/day-sets/day_vn_holidays",
        "/schedules/import",
    ]
    for path in paths:
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    context.close()
    assert not complaints


def test_a_day_that_does_not_exist_stays_as_it_was_typed_and_is_never_saved_as_another(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Họp dân")
    first, go = page.get_by_label("Từ ngày"), page.get_by_role("button", name=re.compile("áp dụng"))
    expect(go).to_be_enabled()
    for typed, why in [
        ("31/11/2026", "Tháng 11 chỉ có 30 ngày."),
        ("32/1", "Tháng 1 chỉ có 31 ngày."),
        ("hôm nay", "Hãy ghi ngày như 24/11/2026."),
    ]:
        first.fill(typed)
        first.press("Enter")
        expect(page.get_by_text(why, exact=True)).to_be_visible()
        expect(first).to_have_value(typed)
        expect(go).to_be_disabled()
    first.fill("1/12/26")
    first.blur()
    expect(first).to_have_value("01/12/2026")
    save(page)
    (saved,) = new_ones(running, api, made)
    assert saved["first_day"] == "2026-12-01"


def test_a_form_that_is_left_is_found_again_and_the_browser_asks_before_it_closes(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    begin(page, "Điền dở")
    page.get_by_role("link", name="Danh sách phát", exact=True).first.click()
    page.get_by_text("Lịch chiếu bạn đang điền chưa được lưu.").wait_for()
    asked = page.evaluate("!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert asked
    page.get_by_role("link", name="Quay lại để lưu").click()
    expect(page.get_by_label("Tên lịch chiếu")).to_have_value("Điền dở")
    expect(picker(page, "Danh sách phát")).to_have_value(re.compile("Bluezone"))
    page.get_by_role("button", name="Bỏ và điền lại").click()
    expect(page.get_by_label("Tên lịch chiếu")).to_have_value("")
    page.get_by_role("link", name="Lịch chiếu", exact=True).first.click()
    page.get_by_role("heading", level=1, name="Lịch chiếu", exact=True).wait_for()
    expect(page.get_by_text("đang điền chưa được lưu")).to_have_count(0)

    begin(page, "Điền đủ")
    save(page)
    expect(page.get_by_text("đang điền chưa được lưu")).to_have_count(0)
    assert not page.evaluate("!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    (saved,) = new_ones(running, api, made)
    page.goto(f"/schedules/{saved['id']}")
    page.get_by_label("Tên lịch chiếu").fill("Điền thêm")
    page.get_by_role("link", name="Lịch chiếu", exact=True).first.click()
    page.get_by_text("“Điền đủ” còn thay đổi chưa lưu").wait_for()
    expect(page.get_by_text("Có thay đổi chưa lưu.")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Tên lịch chiếu")).to_have_value("Điền thêm")
    save(page)
    (again,) = new_ones(running, api, made)
    assert again["name"] == "Điền thêm"


def test_what_has_ended_stands_apart_and_screens_that_are_off_are_named_by_their_hours(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    make(running, api, name="Hội chợ xuân", first_day="2026-02-01", last_day="2026-02-10")
    page.goto("/schedules/new")
    page.get_by_role("radio", name=re.compile("Tắt màn hình")).click()
    page.get_by_role("button", name="Ban đêm 22:00–05:00").click()
    expect(page.get_by_text("Để trống thì tên là “Tắt màn hình 22:00–05:00”.")).to_be_visible()
    expect(said(page).get_by_text(re.compile("^Màn hình tắt"))).to_be_visible()
    page.get_by_role("button", name=re.compile("áp dụng")).click()
    expect(page.get_by_text("Tắt màn hình 22:00–05:00", exact=True)).to_be_visible()
    ended = page.get_by_role("region", name="Đã kết thúc")
    expect(ended.get_by_text("Hội chợ xuân", exact=True)).to_be_visible()
    expect(ended.get_by_text("Tắt màn hình", exact=True)).to_have_count(0)
    names = {one["name"] for one in new_ones(running, api, made)}
    assert names == {"Hội chợ xuân", "Tắt màn hình 22:00–05:00"}


def test_a_copy_of_the_public_holidays_has_those_of_ten_more_years_and_none_that_are_past(
    page: Page, running: Running, api: requests.Session
) -> None:
    page.goto("/day-sets/day_vn_holidays")
    page.get_by_role("link", name="Chép thành bộ ngày của mình").click()
    year = dt.datetime.now(dt.UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).year
    expect(page.get_by_text(f"Bộ ngày này có các ngày đến hết năm {year + 10}.")).to_be_visible()
    page.get_by_role("button", name="Lưu bộ ngày").click()
    page.get_by_role("link", name=re.compile("bản sao")).wait_for()
    sets = api.get(f"{running.url}/api/v1/day-sets").json()["items"]
    (copy,) = [one for one in sets if "bản sao" in one["name"]]
    days = [one["day"] for one in copy["days"]]
    today = dt.datetime.now(dt.UTC).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    assert min(days) >= today.isoformat()
    assert {f"{year + 1}-01-01", f"{year + 10}-09-02"} <= set(days)
    address = f"{running.url}/api/v1/day-sets/{copy['id']}"
    soon = {"name": "Sắp hết", "days": [{"day": today.isoformat(), "name": "Hôm nay"}]}
    assert api.put(address, json=soon, headers={"If-Match": f'"{copy["etag"]}"'}).status_code == 200
    page.goto("/day-sets")
    hint = f"Bộ ngày hết vào {today:%d/%m/%Y}; hãy thêm ngày cho các năm sau."
    expect(page.get_by_role("link", name=re.compile("Sắp hết")).get_by_text(hint)).to_be_visible()
    tag = api.get(address).json()["etag"]
    assert api.delete(address, headers={"If-Match": f'"{tag}"'}).status_code == 204


def test_days_are_added_where_the_schedule_can_be_on(
    page: Page, running: Running, api: requests.Session, made: set[str]
) -> None:
    began = make(running, api, name="Họp dân", first_day="2027-03-02", rrule="FREQ=WEEKLY;BYDAY=TU")
    page.goto(f"/schedules/{began['id']}")
    page.get_by_role("button", name="Thêm hoặc giới hạn ngày").click()
    page.get_by_role("button", name="Thêm các ngày", exact=True).click()
    days = page.locator("table").get_by_role("button")
    expect(days.filter(has_text=re.compile("^1$")).first).to_be_disabled()
    days.filter(has_text=re.compile("^4$")).first.click()
    page.keyboard.press("Escape")
    save(page)
    (saved,) = new_ones(running, api, made)
    assert saved["extra_days"] == ["2027-03-04"]
