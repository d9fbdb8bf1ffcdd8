import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.clock import to_ms
from signage_server.scheduling.recurrence import Window
from signage_server.screens.plays import QUARTER_MS
from signage_server.web.rooms import Rooms
from tests.content import add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON, TestClock
from tests.web.api.test_reports import add_tally
from tests.web.queries import counted

ADDRESS = "/api/v1/reports/rhythm"
TODAY = {"from": "2026-03-02", "to": "2026-03-02"}
ONE_PM = to_ms(NOON) + 3_600_000  # where the reminder's window begins
MINUTE_MS = 60_000


@pytest.fixture
def reminder(rooms: Rooms) -> str:
    """Comes back every 15 minutes from one o'clock to three; the rotation has one slide of ten seconds."""
    add_schedule(rooms, add_playlist(rooms))
    return add_schedule(
        rooms,
        add_playlist(rooms, "Nhắc", [add_asset(rooms, "Khẩu trang")]),
        name="Nhắc đeo khẩu trang",
        role="reminder",
        windows=(Window(780, 900),),
        every_ms=15 * MINUTE_MS,
        take="next",
    )


@pytest.fixture
def screen(rooms: Rooms, clock: TestClock, reminder: str) -> str:
    """Has shown the plan since noon; it is four o'clock now."""
    screen_id = add_screen(rooms.db, root_of(rooms), "Thang máy A")
    take_over(rooms, screen_id)
    clock.forward(hours=4)
    return screen_id


def take_over(rooms: Rooms, screen_id: str) -> None:
    rooms.publisher.reconcile()
    digest = rooms.publisher.wanted(screen_id)
    assert digest is not None
    rooms.receipts.note(screen_id, digest, "showing")
    rooms.receipts.flush()


def show(rooms: Rooms, screen_id: str, reminder: str, quarters: range, **fields: Any) -> None:
    """The reminder at the beginning of these quarter hours from one o'clock on, and the rotation all the while."""
    for number in quarters:
        began = ONE_PM + number * QUARTER_MS
        known = {"schedule_id": reminder, "role": "reminder", "plays": 1, "shown_ms": 10_000}
        known |= {"first_ms": began, "last_ms": began + 10_000, "longest_gap_ms": QUARTER_MS}
        add_tally(rooms, screen_id, "ast_r", began, **known | fields)
        add_tally(rooms, screen_id, "ast_a", began, first_ms=began + 10_000, last_ms=began + QUARTER_MS)


def rows(program: FlaskClient, **query: Any) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = program.get(ADDRESS, query_string=TODAY | query).json["items"]
    return items


def test_what_was_promised_and_what_was_shown(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str
) -> None:
    show(rooms, screen, reminder, range(8))
    assert rows(program) == [
        {
            "day": "2026-03-02",
            "screen_id": screen,
            "screen_name": "Thang máy A",
            "schedule_id": reminder,
            "schedule_name": "Nhắc đeo khẩu trang",
            "every_ms": 900_000,
            "promised": 8,
            "played": 8,
            "longest_gap_ms": 900_000,
            "allowed_gap_ms": 910_000,
            "kept": True,
            "silent_ms": 0,
        }
    ]


def test_an_outage_breaks_the_promise_and_is_told_as_silence(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str
) -> None:
    show(rooms, screen, reminder, range(3))
    show(rooms, screen, reminder, range(6, 8))
    (row,) = rows(program)
    assert (row["promised"], row["played"], row["kept"]) == (8, 5, False)
    assert (row["longest_gap_ms"], row["silent_ms"]) == (60 * MINUTE_MS, 45 * MINUTE_MS)


def test_of_a_screen_without_a_sign_of_life_nobody_knows(program: FlaskClient, screen: str) -> None:
    (row,) = rows(program)
    assert (row["promised"], row["played"], row["longest_gap_ms"], row["kept"]) == (8, 0, None, None)
    assert row["silent_ms"] == 120 * MINUTE_MS


def test_guessed_times_prove_nothing(program: FlaskClient, rooms: Rooms, screen: str, reminder: str) -> None:
    for number in range(8):
        began = ONE_PM + number * QUARTER_MS
        add_tally(rooms, screen, "ast_r", began, schedule_id=reminder, role="reminder", guessed=True)
    assert rows(program)[0]["kept"] is None


def test_a_board_that_lost_its_store_is_measured_across_it(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str
) -> None:
    show(rooms, screen, reminder, range(4))
    show(rooms, screen, reminder, range(4, 8), store="s2", longest_gap_ms=0)
    assert (rows(program)[0]["longest_gap_ms"], rows(program)[0]["kept"]) == (900_000, True)


def test_the_last_minutes_are_not_judged_yet(
    program: FlaskClient, rooms: Rooms, clock: TestClock, screen: str, reminder: str
) -> None:
    clock.forward(hours=-1, minutes=-43)  # 14:17 on the wall
    show(rooms, screen, reminder, range(5))
    (row,) = rows(program)
    assert (row["promised"], row["played"], row["kept"]) == (5, 5, True)


def test_before_its_window_a_reminder_promised_nothing(
    program: FlaskClient, clock: TestClock, screen: str
) -> None:
    clock.forward(hours=-3, minutes=-30)
    assert rows(program) == []


def test_screens_and_reminders_can_be_chosen(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str
) -> None:
    assert len(rows(program, screen_id=screen, schedule_id=reminder)) == 1
    assert rows(program, screen_id="scr_x") == rows(program, schedule_id="sch_x") == []


def test_pages_go_on_over_days_and_screens(
    program: FlaskClient, rooms: Rooms, clock: TestClock, screen: str, reminder: str
) -> None:
    other = add_screen(rooms.db, root_of(rooms), "Thang máy B")
    take_over(rooms, other)
    clock.forward(hours=48)
    days = {"from": "2026-03-02", "to": "2026-03-04"}
    everything = program.get(ADDRESS, query_string=days).json["items"]
    assert [(row["day"][-2:], row["screen_id"]) for row in everything] == [
        ("02", screen),
        ("03", screen),
        ("03", other),
        ("04", screen),
        ("04", other),
    ]
    for limit in (1, 2, 5):
        found: list[dict[str, Any]] = []
        cursor = None
        while cursor is not None or not found:
            query = days | {"limit": limit} | ({"cursor": cursor} if cursor else {})
            answer = program.get(ADDRESS, query_string=query).json
            found += answer["items"]
            cursor = answer["next"]
        assert found == everything


def test_days_on_which_nothing_is_promised_cost_next_to_nothing(
    program: FlaskClient, rooms: Rooms, clock: TestClock
) -> None:
    """A screen is not asked about day by day while no manifest of its has a reminder; then nothing is missed."""
    add_schedule(rooms, add_playlist(rooms))
    screen_id = add_screen(rooms.db, root_of(rooms), "Thang máy A")
    take_over(rooms, screen_id)
    clock.forward(hours=24 * 200)
    add_schedule(
        rooms,
        add_playlist(rooms, "Nhắc", [add_asset(rooms, "Khẩu trang")]),
        role="reminder",
        windows=(Window(780, 900),),
        every_ms=15 * MINUTE_MS,
        take="next",
    )
    take_over(rooms, screen_id)
    clock.forward(hours=24)
    days = {"from": "2026-01-01", "to": f"{clock():%Y-%m-%d}"}
    with counted(rooms.db.engine) as said:
        found = program.get(ADDRESS, query_string=days).json["items"]
    assert [row["day"] for row in found] == ["2026-09-18"]
    assert len(said) < 40


def test_proof_outlives_screen_and_schedule(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str
) -> None:
    show(rooms, screen, reminder, range(8))
    before = rows(program)
    for path in (f"screens/{screen}", f"schedules/{reminder}"):
        assert program.delete(f"/api/v1/{path}", headers={"If-Match": "*"}).status_code == 204
    rooms.publisher.reconcile()
    assert rows(program) == before


@pytest.mark.parametrize(
    ("language", "heading", "silent"),
    [("vi", "Lời nhắc", "không có tín hiệu"), ("en", "Reminder", "no sign of life")],
)
def test_a_file_for_a_spreadsheet(
    program: FlaskClient, rooms: Rooms, screen: str, reminder: str, language: str, heading: str, silent: str
) -> None:
    answer = program.get(
        ADDRESS, query_string=TODAY | {"format": "csv"}, headers={"Accept-Language": language}
    )
    assert answer.mimetype == "text/csv"
    assert "rhythm-2026-03-02-2026-03-02.csv" in answer.headers["Content-Disposition"]
    headings, line = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert headings[2] == heading
    assert line[:8] == ["2026-03-02", "Thang máy A", "Nhắc đeo khẩu trang", "15.0", "8", "0", "", "910"]
    assert silent in line[8]
    assert line[9] == "120"


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyIyMDI2LTAzLTAyIl0", "bnVsbA"])
def test_a_strange_cursor_is_refused(program: FlaskClient, screen: str, cursor: str) -> None:
    answer = program.get(ADDRESS, query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["code"]) == (422, "cursor_unknown")
