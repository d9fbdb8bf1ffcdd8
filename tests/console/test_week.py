"""The week and the time machine: what plays when, before and after; by keyboard, on a phone and on paper."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.console.conftest import DESK, OFFICE, PHONE, listen, new_context
from tests.console.test_manners import violations
from tests.servers import Running

READY_WITHIN_S = 120
"""The campaign's pictures may still be in preparation on a busy machine."""
CAN = {"width": 1920, "height": 1080, "webp": True, "secure": True, "store": "cache", "language": "vi-VN"}
QUARTER_MS = 900_000
LAID_OUT = ("Giờ cao điểm", "Họp khẩn", "Tắt ban đêm")


@dataclass
class Board:
    """A board of the test's own that speaks plain HTTP, and the API of the server it belongs to."""

    running: Running
    api: requests.Session
    id: str = ""
    token: str = ""
    schedules: dict[str, str] = field(default_factory=dict)
    shows_from_ms: int = 0
    """The first whole second at which it certainly shows its manifest."""

    def hang(self, name: str) -> None:
        """Pair it, as a person with its code does."""
        asking = {"device": sha256(name.encode()).hexdigest(), "capabilities": CAN}
        code = self.say("pair", asking)["code"]
        claimed = self.api.post(
            f"{self.running.url}/api/v1/screens/claim", json={"code": code, "name": name, "place": "Tầng 1"}
        )
        assert claimed.status_code in (200, 201), claimed.text
        self.id = claimed.json()["id"]
        self.token = self.say("pair", asking)["token"]

    def say(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(
            f"{self.running.url}/player/{name}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
            timeout=30,
        )
        assert answer.ok, answer.text
        return dict(answer.json())

    def schedule(self, name: str, **facts: object) -> None:
        """A schedule for this board alone, of the campaign's playlist."""
        playlist = (
            {} if facts.get("role") == "off" else {"playlist_id": self.get("playlists")["items"][0]["id"]}
        )
        body = {"name": name, "targets": [{"kind": "screen", "ref": self.id}], "first_day": "2026-01-01"}
        answer = self.api.post(f"{self.running.url}/api/v1/schedules", json=body | playlist | facts)
        assert answer.status_code == 201, answer.text
        self.schedules[name] = answer.json()["id"]

    def move(self, place: str) -> None:
        """An edit that changes no plan."""
        address, etag = f"{self.running.url}/api/v1/screens/{self.id}", self.get(f"screens/{self.id}")["etag"]
        moved = self.api.patch(address, json={"place": place}, headers={"If-Match": f'"{etag}"'})
        assert moved.status_code == 200, moved.text

    def get(self, path: str, **query: str) -> dict[str, Any]:
        answer = self.api.get(f"{self.running.url}/api/v1/{path}", params=query)
        assert answer.ok, answer.text
        return dict(answer.json())

    def stretches(self) -> list[dict[str, Any]]:
        week = self.get("week", screen_id=self.id)
        return [stretch for group in week["groups"] for stretch in group["stretches"]]

    def wait_for_the_plan(self) -> None:
        """Until the plan that it should hold has everything in it."""

        def is_whole() -> bool:
            stretches = self.stretches()
            named = {one["schedule_name"] for stretch in stretches for one in stretch["tracks"]}
            return named.issuperset(LAID_OUT) and any(stretch["reminders"] for stretch in stretches)

        wait_until(is_whole)

    def show(self) -> None:
        """Take over what is wanted, and say so."""
        said = self.say(
            "hello",
            {
                "versions": {"player": "1"},
                "capabilities": CAN,
                "formats": [1],
                "digest": None,
                "alerts": None,
            },
        )
        for stage in ("received", "stored", "showing"):
            self.say("receipt", {"digest": said["digest"], "stage": stage})
        self.shows_from_ms = int(time.time() + 1) * 1000
        wait_until(lambda: time.time() * 1000 > self.shows_from_ms and self.play() is not None)

    def play(self) -> dict[str, Any] | None:
        """What it showed at first, as far as is known."""
        play: dict[str, Any] | None = self.get(f"screens/{self.id}/at", time=instant(self.shows_from_ms))[
            "play"
        ]
        return play

    def count(self, play: dict[str, Any], at_ms: int) -> None:
        """Tell of a showing that has been."""
        tally = {
            "id": f"{at_ms}",
            "quarter_ms": at_ms - at_ms % QUARTER_MS,
            "asset": play["asset_id"],
            "schedule": play["schedule_id"],
            "role": play["role"],
            "guessed": False,
            "plays": 2,
            "shown_ms": 20_000,
            "first_ms": at_ms,
            "last_ms": at_ms + 20_000,
            "longest_gap_ms": 0,
            "cuts": 0,
            "late_ms": 0,
        }
        assert self.say("plays", {"store": "s", "tallies": [tally], "faults": []})["rejected"] == []

    def take_down(self) -> None:
        for name, schedule_id in self.schedules.items():
            self._delete(f"schedules/{schedule_id}", name)
        self._delete(f"screens/{self.id}", "the board")

    def _delete(self, path: str, what: str) -> None:
        etag = self.get(path)["etag"]
        gone = self.api.delete(f"{self.running.url}/api/v1/{path}", headers={"If-Match": f'"{etag}"'})
        assert gone.status_code == 204, what


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while not is_so():
        assert time.monotonic() < until, "it did not come to be"
        time.sleep(0.5)


def instant(ms: int) -> str:
    """A whole second as the console's addresses say it."""
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture(scope="module")
def board(running: Running, signed_in: Path) -> Iterator[Board]:
    """A board with a night, a rush hour and a short meeting, that shows what it should."""
    assert signed_in.exists()
    board = Board(running, running.api())
    board.hang("Thang máy nhà B")
    board.schedule("Giờ cao điểm", windows=[{"start": "07:00", "end": "09:00"}], share_permille=250)
    board.schedule("Họp khẩn", role="takeover", windows=[{"start": "14:00", "end": "14:05"}])
    board.schedule("Tắt ban đêm", role="off", windows=[{"start": "22:00", "end": "05:00"}])
    board.wait_for_the_plan()
    board.show()
    yield board
    board.take_down()


@pytest.fixture
def awake(running: Running, signed_in: Path) -> Iterator[Board]:
    """A board that is never dark, whatever o'clock it is while this runs."""
    assert signed_in.exists()
    awake = Board(running, running.api())
    awake.hang("Quầy tiếp dân")
    wait_until(lambda: any(stretch["kind"] == "play" for stretch in awake.stretches()))
    awake.show()
    yield awake
    awake.take_down()


def next_week() -> str:
    """A day of the week to come: all of it is planned."""
    return f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}"


@pytest.fixture
def abroad(running: Running, browser: Browser, signed_in: Path) -> Iterator[Page]:
    """A desk in New York: the screens' time zone is what counts, not the browser's."""
    context = browser.new_context(
        viewport={"width": DESK["width"], "height": DESK["height"]},
        locale="vi-VN",
        timezone_id="America/New_York",
        storage_state=signed_in,
        base_url=running.url,
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints = listen(page)
    yield page
    context.close()
    assert not complaints


def cell(page: Page, name: str) -> Locator:
    """The stretches of that name in the calendar, one a day."""
    return page.get_by_role("gridcell", name=re.compile(name))


def open_week(page: Page, board: Board) -> None:
    page.goto(f"/week?screen={board.id}&day={next_week()}")
    page.get_by_role("grid").wait_for()


def test_the_week_of_a_board_says_hours_names_and_parts(abroad: Page, board: Board) -> None:
    open_week(abroad, board)
    expect(abroad.get_by_role("grid").get_by_role("row")).to_have_count(7)
    expect(cell(abroad, "^07:00–09:00. .*Giờ cao điểm 25%")).to_have_count(7)
    expect(cell(abroad, r"^14:00–14:05\. Họp khẩn \(thay thế tất cả\)")).to_have_count(7)
    expect(cell(abroad, r"^22:00–24:00\. Tắt ban đêm \(tắt màn hình\)")).to_have_count(7)
    expect(cell(abroad, r"^00:00–05:00\. Tắt ban đêm \(tắt màn hình\)\. dự kiến")).to_have_count(7)
    expect(cell(abroad, "Nhắc: .* mỗi 15 phút").first).to_be_visible()
    # Five minutes are a line of text all the same, and one can point at them.
    short = cell(abroad, "^14:00–14:05").first.bounding_box()
    assert short is not None
    assert short["height"] >= 20
    expect(abroad.get_by_text("Giờ địa phương của màn hình (Asia/Ho_Chi_Minh)", exact=True)).to_be_visible()
    row = abroad.get_by_role("row", name=re.compile("Tắt ban đêm")).last
    expect(row).to_contain_text("49 giờ")


def test_one_time_stands_at_one_height_on_every_day(page: Page, board: Board) -> None:
    """Also where a day has short windows and another has not: the hours hold for both, and for the axis."""
    open_week(page, board)
    boxes = [box.bounding_box() for box in cell(page, "^22:00–24:00").all()]
    tops = {round(box["y"]) for box in boxes if box}
    assert len(tops) == 1
    label = page.locator(".week-axis.no-print span", has_text="22:00").bounding_box()
    assert label is not None
    assert abs(label["y"] + label["height"] / 2 - tops.pop()) <= 2


def test_the_hours_with_changes_are_shown_larger(abroad: Page, board: Board) -> None:
    open_week(abroad, board)
    before = cell(abroad, "^07:00–09:00").first.bounding_box()
    abroad.get_by_text("Giờ có thay đổi").click()
    after = cell(abroad, "^07:00–09:00").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] >= before["height"]


def test_the_week_is_walked_by_arrow_keys_and_a_stretch_opened(page: Page, board: Board) -> None:
    open_week(page, board)
    first = page.locator("[role=gridcell][tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    here = page.locator("[role=gridcell]:focus")
    expect(here).to_have_attribute("aria-label", re.compile("^07:00–09:00"))
    page.keyboard.press("ArrowRight")
    expect(here).to_have_attribute("data-at", re.compile("^1-"))
    expect(here).to_have_attribute("aria-label", re.compile("^07:00–09:00"))
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=re.compile("Thứ Ba .*07:00–09:00"))
    change = panel.get_by_role("link", name="Đổi lịch này: Giờ cao điểm")
    expect(change).to_have_attribute(
        "href", re.compile(rf"/schedules/{board.schedules['Giờ cao điểm']}\?day=\d{{4}}-\d\d-\d\d$")
    )
    expect(panel.get_by_text("chiếm 25% thời gian")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(here).to_have_attribute("aria-label", re.compile("^07:00–09:00"))


def test_where_weeks_differ_more_of_them_are_asked_for(page: Page, board: Board) -> None:
    cut_off: list[Route] = []

    def two_pages(route: Route) -> None:
        if "cursor=more" in route.request.url and not cut_off:
            cut_off.append(route)  # never answered: an edit has everything asked for anew meanwhile
            board.move("Tầng 2")
            return
        whole = route.fetch(url=route.request.url.replace("&cursor=more", ""))
        week = whole.json()
        (group,) = week["groups"]
        is_second = "cursor=more" in route.request.url
        if is_second:
            group |= {"screens": [{"id": "scr_other", "name": "Sảnh chính"}]}
        else:
            group |= {"screens": [*group["screens"], {"id": "scr_b", "name": "Sảnh B"}], "screens_total": 250}
        week |= {"groups_total": 2, "screens": 251, "next": None if is_second else "more"}
        route.fulfill(response=whole, json=week)

    page.route("**/api/v1/week?*", two_pages)
    open_week(page, board)
    expect(page.get_by_role("heading", name="250 màn hình cùng lịch").first).to_be_visible()
    expect(page.get_by_text("và 248 màn hình khác").locator("visible=true").first).to_be_visible()
    expect(page.get_by_text("Đang hiện 1 trong 2 nhóm màn hình có tuần khác nhau")).to_be_visible()
    page.get_by_role("button", name="Hiện thêm").click()
    expect(page.get_by_role("heading", name="Sảnh chính").first).to_be_visible()
    expect(page.get_by_role("grid")).to_have_count(2)
    expect(page.get_by_role("button", name="Hiện thêm")).to_have_count(0)
    assert cut_off
    page.unroute_all(behavior="ignoreErrors")  # what is on its way may end with the page


def test_the_week_turns_and_the_address_keeps_it(page: Page, board: Board) -> None:
    page.goto(f"/week?screen={board.id}&day=2026-12-16")
    expect(page.get_by_label("Tuần từ ngày")).to_have_value("14/12/2026")
    page.get_by_role("button", name="Tuần sau").click()
    expect(page.get_by_label("Tuần từ ngày")).to_have_value("21/12/2026")
    page.reload()
    expect(page.get_by_label("Tuần từ ngày")).to_have_value("21/12/2026")
    page.get_by_role("button", name="Tuần này").click()
    expect(page.get_by_role("row", name=re.compile("Hôm nay"))).to_have_count(1)
    page.get_by_role("combobox", name="Xem tuần của").click()
    page.get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(r"/week\?.*unit=unt_"))


@pytest.fixture
def phone(running: Running, browser: Browser, signed_in: Path) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]},
        locale="vi-VN",
        storage_state=signed_in,
        base_url=running.url,
        has_touch=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints = listen(page)
    yield page
    context.close()
    assert not complaints


def test_a_phone_shows_a_day_at_a_time(phone: Page, board: Board) -> None:
    phone.goto(f"/week?screen={board.id}&day=2026-12-20")
    expect(phone.get_by_text("Chủ Nhật 20/12/2026")).to_be_visible()
    expect(phone.get_by_role("grid")).to_be_hidden()
    meeting = phone.get_by_role("button", name=re.compile(r"14:00–14:05.*Họp khẩn"))
    box = meeting.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    swipe(phone, from_x=330, to_x=60)
    expect(phone.get_by_text("Thứ Hai 21/12/2026")).to_be_visible()
    phone.get_by_role("button", name="Ngày trước").click()
    expect(phone.get_by_text("Chủ Nhật 20/12/2026")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Thứ Tư 16.12.2026")).click()
    expect(phone.get_by_text("Thứ Tư 16/12/2026")).to_be_visible()
    meeting.click()
    expect(phone.get_by_role("dialog", name=re.compile("Thứ Tư 16.12.2026, 14:00–14:05"))).to_be_visible()


def swipe(page: Page, *, from_x: int, to_x: int) -> None:
    """A stroke of a finger over the list."""
    page.evaluate(
        """([from, to]) => {
            const list = document.querySelector(".week-agenda .week-row");
            const at = (x) => [new Touch({ identifier: 1, target: list, clientX: x, clientY: 500 })];
            const say = (name, touches, changedTouches) =>
                list.dispatchEvent(new TouchEvent(name, { bubbles: true, touches, changedTouches }));
            say("touchstart", at(from), at(from));
            say("touchend", [], at(to));
        }""",
        [from_x, to_x],
    )


def test_the_week_is_printed_across_one_sheet_in_black_on_white(
    running: Running, browser: Browser, signed_in: Path, board: Board, tmp_path: Path
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url)
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    open_week(page, board)
    file = tmp_path / "week.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", file.read_bytes())
    sheets = [[round(float(side)) for side in box.split()] for box in boxes]
    assert sheets == [[0, 0, 842, 595]]

    page.emulate_media(media="print", color_scheme="dark")
    expect(
        page.get_by_text(re.compile(r"^Lịch chiếu tuần \d\d/\d\d/\d{4} – \d\d/\d\d/\d{4}$"))
    ).to_be_visible()
    expect(page.get_by_text(OFFICE, exact=True).locator("visible=true")).to_have_count(1)
    what_for = r"^Dành cho: Thang máy nhà B · Giờ địa phương .* · In ngày \d\d/\d\d/\d{4}$"
    expect(page.get_by_text(re.compile(what_for))).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button", name="In", exact=True)).to_be_hidden()
    colours = cell(page, "^07:00–09:00").first.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    context.close()


def expect_picture(page: Page, board: Board, time: str) -> None:
    """On the stage of the time machine hangs the very file that the plan names for that instant."""
    slide = board.get(f"screens/{board.id}/at", time=time)["play"]["slide"]
    manifest = json.loads(board.get(f"screens/{board.id}/manifest", time=time)["text"])
    on_the_glass = page.frame_locator("iframe").locator("img:visible")
    expect(on_the_glass).to_have_attribute("src", re.compile(manifest["slides"][slide]["file"]))


def test_the_future_is_looked_at_from_the_week(abroad: Page, board: Board) -> None:
    open_week(abroad, board)
    cell(abroad, "^14:00–14:05").first.click()
    abroad.get_by_role("link", name="Xem lúc này trên màn hình").click()
    expect(abroad).to_have_url(re.compile(rf"/moment\?screen={board.id}&time=.*T07%3A00%3A00Z"))
    back = abroad.locator("main").get_by_role("link", name="Tuần", exact=True)
    expect(back).to_have_attribute("href", re.compile(rf"/week\?screen={board.id}&day=\d{{4}}-\d\d-\d\d$"))
    expect(abroad.get_by_role("navigation").get_by_role("link", name="Tuần")).to_have_attribute(
        "aria-current", "page"
    )
    expect(abroad.get_by_label("Giờ", exact=True).first).to_be_visible()
    expect(abroad.get_by_text("Dự kiến theo lịch chiếu")).to_be_visible()
    shows = abroad.get_by_role("listitem").filter(has_text="Họp khẩn")
    expect(shows.get_by_text("Được chiếu")).to_be_visible()
    lost = abroad.get_by_role("listitem").filter(has_text="Không được chiếu").first
    expect(lost).to_contain_text("Bluezone")
    abroad.get_by_text(re.compile("lịch chiếu không chạy lúc này")).click()
    expect(abroad.get_by_role("listitem").filter(has_text="Tắt ban đêm")).to_be_visible()
    address = abroad.url
    expect_picture(abroad, board, parse_qs(urlsplit(address).query)["time"][0])
    abroad.reload()
    expect(abroad.get_by_text("Dự kiến theo lịch chiếu")).to_be_visible()
    assert abroad.url == address
    abroad.get_by_role("button", name="Tới 5 phút").click()
    expect(abroad).to_have_url(re.compile("T07%3A05%3A00Z"))
    expect(
        abroad.get_by_role("listitem").filter(has_text="Họp khẩn").get_by_text("Được chiếu")
    ).to_have_count(0)


def test_the_time_is_typed_by_the_screens_own_clock(abroad: Page, board: Board) -> None:
    abroad.goto(f"/moment?screen={board.id}&time=2026-12-16T02:00:00Z")
    expect(abroad.get_by_label("Ngày")).to_have_value("16/12/2026")
    expect(abroad.get_by_label("Giờ", exact=True).first).to_have_value("09")
    abroad.get_by_label("Giờ", exact=True).first.fill("23")
    expect(abroad).to_have_url(re.compile("time=2026-12-16T16%3A00%3A00Z"))
    expect(abroad.get_by_text(re.compile("Lúc 23:00"))).to_be_visible()


def test_the_past_is_what_the_board_has_counted(page: Page, awake: Board) -> None:
    play = awake.play()
    assert play is not None
    awake.count(play, awake.shows_from_ms)
    page.goto(f"/moment?screen={awake.id}&time={instant(awake.shows_from_ms)}")
    counted = page.get_by_role("listitem").filter(has_text="2 lần, từ")
    expect(counted).to_contain_text(play["asset_name"])
    expect(counted.locator("img")).to_be_visible()
    expect(page.get_by_text("Đã chiếu, màn hình đã xác nhận")).to_be_visible()
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.reload()
    why, picture = page.get_by_role("heading", name="Vì sao"), page.locator("iframe")
    expect(picture).to_be_visible()
    tops = [box["y"] for one in (why, picture) if (box := one.bounding_box())]
    assert len(tops) == 2
    assert tops == sorted(tops)
    expect(counted).to_be_hidden()
    page.get_by_text("Màn hình đã báo trong 15 phút ấy").click()
    expect(counted).to_be_visible()


def test_before_the_board_hung_there_nobody_knows(page: Page, board: Board) -> None:
    page.goto(f"/moment?screen={board.id}&time=2025-01-01T00:00:00Z")
    expect(page.get_by_text(re.compile("^Không rõ"))).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    page.goto(f"/week?screen={board.id}&day=2025-01-01")
    expect(cell(page, "Không có ghi nhận")).to_have_count(7)


def test_the_wall_leads_to_why_and_to_another_moment(page: Page, board: Board) -> None:
    page.goto("/")
    page.get_by_role("button", name="Việc với màn hình Thang máy nhà B").click()
    page.get_by_role("menuitem", name="Vì sao đang chiếu?").click()
    expect(page).to_have_url(re.compile(rf"/moment\?screen={board.id}&time="))
    expect(page.get_by_role("heading", name="Vì sao")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Tường màn hình")).to_have_attribute("href", "/")
    expect(page.get_by_role("navigation").get_by_role("link", name="Tuần")).not_to_have_attribute(
        "aria-current", "page"
    )
    page.goto("/")
    page.get_by_role("button", name="Việc với màn hình Thang máy nhà B").click()
    page.get_by_role("menuitem", name="Lúc khác…").click()
    expect(page.get_by_label("Ngày")).to_be_focused()


RHYTHM = {
    "day": "2026-11-23",
    "screen_id": "scr_1",
    "screen_name": "Thang máy nhà A",
    "schedule_id": "sch_1",
    "schedule_name": "Rửa tay",
    "every_ms": 5_400_000,
    "promised": 48,
    "played": 31,
    "longest_gap_ms": 3_725_000,
    "allowed_gap_ms": 915_000,
    "kept": False,
    "silent_ms": 0,
}


def test_the_rhythm_of_reminders_is_told_in_words(page: Page) -> None:
    lines = [
        RHYTHM,
        RHYTHM | {"screen_id": "scr_2", "kept": True},
        RHYTHM | {"screen_id": "scr_3", "kept": None, "longest_gap_ms": None, "silent_ms": 7_200_000},
    ]
    page.route(
        re.compile("/reports/rhythm.*limit"), lambda route: route.fulfill(json={"items": lines, "next": None})
    )
    page.goto("/reports")
    page.get_by_role("tab", name="Nhịp nhắc lại").click()
    rows = page.get_by_role("row").filter(has_text="Rửa tay")
    expect(rows).to_have_count(3)
    missed, kept, unknown = rows.all()
    expect(missed).to_contain_text(
        re.compile(r"Lỡ nhịp.*mỗi 90 phút.*48.*31.*1 giờ 2 phút 5 giây.*cho phép 15 phút 15 giây")
    )
    expect(kept).to_contain_text("Đúng nhịp")
    expect(unknown).to_contain_text(re.compile("Chưa rõ.*màn hình không báo gì trong 2 giờ.*chưa rõ"))
    expect(page.locator("caption")).to_have_text(re.compile("1 đúng nhịp, 1 lỡ nhịp, 1 chưa rõ$"))
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    card = page.get_by_role("listitem").filter(has_text="Lỡ nhịp")
    expect(card).to_contain_text(re.compile(r"mỗi 90 phút.*Đã hẹn 48 · Đã chiếu 31.*1 giờ 2 phút 5 giây"))
    # The tabs glide to their new width.
    wait_until(lambda: page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"])
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp CSV").click()
    assert "/api/v1/reports/rhythm?" in download.value.url
    page.reload()
    expect(page.get_by_role("tab", name="Nhịp nhắc lại")).to_have_attribute("aria-selected", "true")


def test_days_without_a_reminder_say_so(page: Page) -> None:
    page.route(
        re.compile("/reports/rhythm.*limit"), lambda route: route.fulfill(json={"items": [], "next": None})
    )
    page.goto("/reports?tab=rhythm")
    expect(page.get_by_text("Không có lời nhắc nào trong những ngày này")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, running: Running, signed_in: Path, board: Board, size: dict[str, int], scheme: Any
) -> None:
    context = new_context(browser, cookies=signed_in, base_url=running.url, size=size)
    page = context.new_page()
    complaints = listen(page)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: dict[str, list[Any]] = {}
    for path in (f"/week?screen={board.id}", f"/moment?screen={board.id}", "/reports?tab=rhythm"):
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found[path] = violations(page)
    context.close()
    assert {path: these for path, these in found.items() if these} == {}
    assert not complaints
