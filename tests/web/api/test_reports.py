import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.clock import to_ms
from signage_server.screens.models import PlayTally
from signage_server.screens.plays import QUARTER_MS
from signage_server.web.api import reports
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON

NOON_MS = to_ms(NOON)
MONDAY = {"from": "2026-03-02", "to": "2026-03-02"}
ADDRESS = "/api/v1/reports/plays"


def add_tally(rooms: Rooms, screen_id: str, asset_id: str, quarter_ms: int = NOON_MS, **fields: Any) -> None:
    known = {
        "store": "s1",
        "schedule_id": "fallback",
        "role": "rotation",
        "guessed": False,
        "plays": 4,
        "shown_ms": 40_000,
        "first_ms": quarter_ms,
        "last_ms": quarter_ms + 30_000,
        "longest_gap_ms": 20_000,
        "cuts": 0,
        "late_ms": 0,
    }
    with rooms.db.write(edit=False) as session:
        session.add(
            PlayTally(screen_id=screen_id, asset_id=asset_id, quarter_ms=quarter_ms, **known | fields)
        )


@pytest.fixture
def screen_id(rooms: Rooms) -> str:
    return add_screen(rooms.db, root_of(rooms), "Thang máy A")


def test_the_totals_of_a_day_bear_names(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    asset = add_asset(rooms, "Khẩu trang")
    schedule_id = add_schedule(rooms, add_playlist(rooms), name="Cả ngày")
    add_tally(rooms, screen_id, asset, schedule_id=schedule_id)
    add_tally(rooms, screen_id, asset, NOON_MS + QUARTER_MS, schedule_id=schedule_id, guessed=True, plays=1)
    answer = program.get(ADDRESS, query_string=MONDAY)
    assert answer.json == {
        "items": [
            {
                "day": "2026-03-02",
                "screen_id": screen_id,
                "screen_name": "Thang máy A",
                "asset_id": asset,
                "asset_name": "Khẩu trang",
                "schedule_id": schedule_id,
                "schedule_name": "Cả ngày",
                "role": "rotation",
                "plays": 5,
                "shown_ms": 80_000,
                "first": "2026-03-02T05:00:00.000Z",
                "last": "2026-03-02T05:15:30.000Z",
                "longest_gap_ms": 20_000,
                "guessed_plays": 1,
            }
        ],
        "next": None,
    }


def test_proof_outlives_screen_slide_and_schedule(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    asset = add_asset(rooms, "Khẩu trang")
    schedule_id = add_schedule(rooms, add_playlist(rooms), name="Cả ngày")
    add_tally(rooms, screen_id, asset, schedule_id=schedule_id)
    before = program.get(ADDRESS, query_string=MONDAY).json
    for path in (f"screens/{screen_id}", f"schedules/{schedule_id}", f"assets/{asset}"):
        assert program.delete(f"/api/v1/{path}", headers={"If-Match": "*"}).status_code == 204
    assert program.get(ADDRESS, query_string=MONDAY).json == before
    assert before["items"][0]["screen_name"] == "Thang máy A"


def test_the_day_is_that_of_the_wall(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    late = NOON_MS + 12 * 3_600_000  # midnight in Việt Nam
    add_tally(rooms, screen_id, "ast_a", late - QUARTER_MS)
    add_tally(rooms, screen_id, "ast_b", late)
    items = program.get(ADDRESS, query_string={"from": "2026-03-02", "to": "2026-03-03"}).json["items"]
    assert [(one["day"], one["asset_id"]) for one in items] == [
        ("2026-03-02", "ast_a"),
        ("2026-03-03", "ast_b"),
    ]


def test_without_days_the_last_seven_are_told(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    for days in (0, 6, 7):
        add_tally(rooms, screen_id, "ast_a", NOON_MS - days * 86_400_000)
    days = [one["day"] for one in program.get(ADDRESS).json["items"]]
    assert days == ["2026-02-24", "2026-03-02"]


def test_pages_go_on_over_days_and_screens(program: FlaskClient, rooms: Rooms, screen_id: str) -> None:
    other = add_screen(rooms.db, root_of(rooms), "Thang máy B")
    for day in range(3):
        for screen in (screen_id, other):
            for asset in ("ast_a", "ast_b", "ast_c"):
                add_tally(rooms, screen, asset, NOON_MS - day * 86_400_000)
    everything = program.get(ADDRESS).json["items"]
    assert len(everything) == 18
    for limit in (1, 4, 9, 18):
        found: list[dict[str, Any]] = []
        cursor = None
        while cursor is not None or not found:
            query = {"limit": limit} | ({"cursor": cursor} if cursor else {})
            answer = program.get(ADDRESS, query_string=query).json
            found += answer["items"]
            cursor = answer["next"]
        assert found == everything
    only = program.get(ADDRESS, query_string={"screen_id": other}).json["items"]
    assert only == [one for one in everything if one["screen_id"] == other]


@pytest.mark.parametrize("asked", ["format", "accept"])
@pytest.mark.parametrize(
    ("language", "heading", "role"), [("vi", "Màn hình", "Chiếu xen kẽ"), ("en", "Screen", "Rotation")]
)
def test_a_file_for_a_spreadsheet(
    program: FlaskClient, rooms: Rooms, screen_id: str, asked: str, language: str, heading: str, role: str
) -> None:
    add_tally(rooms, screen_id, add_asset(rooms, "Đeo khẩu trang"))
    query = MONDAY | ({"format": "csv"} if asked == "format" else {})
    headers = {"Accept-Language": language} | ({"Accept": "text/csv"} if asked == "accept" else {})
    answer = program.get(ADDRESS, query_string=query, headers=headers)
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "plays-2026-03-02-2026-03-02.csv" in answer.headers["Content-Disposition"]
    headings, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert (headings[1], line[4]) == (heading, role)
    assert line[:4] == ["2026-03-02", "Thang máy A", "Đeo khẩu trang", ""]
    assert line[5:] == ["4", "40", "2026-03-02 12:00:00", "2026-03-02 12:00:30", "20", "0"]


def test_a_file_is_fetched_some_at_a_time(
    program: FlaskClient, rooms: Rooms, screen_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "CSV_ROWS", 7)
    monkeypatch.setattr(reports, "_SCREENS", 1)
    for number in range(30):
        add_tally(rooms, screen_id, f"ast_{number:03}")
    lines = program.get(ADDRESS, query_string=MONDAY | {"format": "csv", "limit": 10}).data.splitlines()
    assert len(lines) == 31


def test_a_name_cannot_become_a_formula(program: FlaskClient, rooms: Rooms) -> None:
    screen_id = add_screen(rooms.db, root_of(rooms), '=HYPERLINK("http://x")')
    add_tally(rooms, screen_id, add_asset(rooms, "-1+1"))
    answer = program.get(ADDRESS, query_string=MONDAY | {"format": "csv"})
    _, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert line[1:3] == ['\'=HYPERLINK("http://x")', "'-1+1"]


@pytest.mark.parametrize(
    "days", [{"from": "2026-03-02", "to": "2026-03-01"}, {"from": "2025-01-01", "to": "2026-03-01"}]
)
def test_a_report_is_over_some_days_and_at_most_a_year(program: FlaskClient, days: dict[str, str]) -> None:
    answer = program.get(ADDRESS, query_string=days)
    assert (answer.status_code, answer.json["code"]) == (422, "report_days")


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyIyMDI2LTAzLTAyIl0", "bnVsbA"])
def test_a_strange_cursor_is_refused(program: FlaskClient, screen_id: str, cursor: str) -> None:
    answer = program.get(ADDRESS, query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["code"]) == (422, "cursor_unknown")
