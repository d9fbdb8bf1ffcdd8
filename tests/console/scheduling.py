"""What the browser tests of schedules do again and again: in the form, and by the API behind it."""

import re
from typing import Any

import requests
from playwright.sync_api import Locator, Page, expect

from tests.servers import Running

CAN: dict[str, Any] = {
    "width": 1920,
    "height": 1080,
    "webp": True,
    "secure": True,
    "store": "cache",
    "language": "vi-VN",
}


def schedules(running: Running, api: requests.Session) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api.get(f"{running.url}/api/v1/schedules?limit=200").json()["items"]
    return items


def new_ones(running: Running, api: requests.Session, before: set[str]) -> list[dict[str, Any]]:
    return [one for one in schedules(running, api) if one["id"] not in before]


def make(running: Running, api: requests.Session, **facts: object) -> dict[str, Any]:
    """A schedule of the campaign's playlist, by the API."""
    playlist = api.get(f"{running.url}/api/v1/playlists").json()["items"][0]["id"]
    body = {"playlist_id": playlist, "targets": [{"kind": "all"}], "first_day": "2026-01-01"} | facts
    answer = api.post(f"{running.url}/api/v1/schedules", json=body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def picker(page: Page, label: str) -> Locator:
    """A field with a list of choices."""
    return page.get_by_role("combobox", name=label, exact=True)


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Open a list and take one of its choices, as one does with the mouse."""
    picker(page, label).click()
    page.get_by_role("option", name=option, exact=isinstance(option, str)).click()
    page.keyboard.press("Escape")


def begin(page: Page, name: str) -> None:
    """A new schedule of the campaign's playlist."""
    page.goto("/schedules/new")
    choose(page, "Danh sách phát", "Bluezone")
    page.get_by_label("Tên lịch chiếu").fill(name)


def said(page: Page) -> Locator:
    """What the server makes of the answers."""
    return page.get_by_role("region", name="Nghĩa là")


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("áp dụng")).click()
    page.get_by_role("heading", level=1, name="Lịch chiếu", exact=True).wait_for()


def choose_by_keys(page: Page, label: str, option: str) -> None:
    """Open a list and walk down to one of its choices, as one does without a mouse."""
    field, wanted = picker(page, label), page.get_by_role("option", name=option, exact=True)
    field.focus()
    page.keyboard.press("Enter")
    expect(wanted).to_be_visible()
    for _ in page.get_by_role("option").all():
        if wanted.get_attribute("data-combobox-selected"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value(option)


def pair(running: Running, api: requests.Session, name: str) -> str:
    """A board that waits and is taken in, without a browser."""
    asks: Any = {"device": name.encode().hex().ljust(64, "0")[:64], "capabilities": CAN}
    code = requests.post(f"{running.url}/player/pair", json=asks, timeout=10).json()["code"]
    return str(
        api.post(f"{running.url}/api/v1/screens/claim", json={"code": code, "name": name}).json()["id"]
    )


def etag(running: Running, api: requests.Session, screen: str) -> str:
    return str(api.get(f"{running.url}/api/v1/screens/{screen}").json()["etag"])
