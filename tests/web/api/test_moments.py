from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.clock import to_ms
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.screens.proofs import Proof
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, FIRST_DAY, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON, TestClock

NOON_MS = to_ms(NOON)
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def screen_id(rooms: Rooms) -> str:
    return add_screen(rooms.db, root_of(rooms), "Thang máy A")


def plays(rooms: Rooms, name: str, **fields: Any) -> str:
    """A schedule of one slide, both of this name; its id."""
    return add_schedule(rooms, add_playlist(rooms, name, [add_asset(rooms, name)]), name=name, **fields)


def board_follows(rooms: Rooms, screen_id: str) -> None:
    """The board takes over what is wanted."""
    rooms.publisher.reconcile()
    rooms.receipts.note(screen_id, rooms.publisher.wanted(screen_id) or "", "showing")
    rooms.receipts.flush()


def counted(
    rooms: Rooms,
    screen_id: str,
    asset: str,
    schedule: str,
    from_ms: int,
    until_ms: int,
    guessed: bool = False,
) -> None:
    """The board tells of plays between two instants."""
    tally = {
        "id": f"{from_ms}/{asset}/{guessed}",
        "quarter_ms": from_ms - from_ms % 900_000,
        "asset": asset,
        "schedule": schedule,
        "role": "rotation",
        "guessed": guessed,
        "plays": 3,
        "shown_ms": 30_000,
        "first_ms": from_ms,
        "last_ms": until_ms,
        "longest_gap_ms": 0,
        "cuts": 0,
        "late_ms": 0,
    }
    assert rooms.plays.take(screen_id, "store", [tally], [])["rejected"] == []


def at(program: FlaskClient, screen_id: str, hours: float) -> dict[str, Any]:
    """What is answered for so many hours after noon."""
    time = (NOON + timedelta(hours=hours)).isoformat()
    answer = program.get(f"/api/v1/screens/{screen_id}/at", query_string={"time": time}, headers=IN_ENGLISH)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_what_shows_at_a_future_instant_and_why_the_others_do_not(
    program: FlaskClient, rooms: Rooms, screen_id: str
) -> None:
    plays(rooms, "Bluezone")
    plays(rooms, "Họp khẩn", role="takeover", priority=3, windows=(Window(14 * 60, 15 * 60),))
    plays(rooms, "Cũ", rule=DateRule(FIRST_DAY, FIRST_DAY))
    rooms.publisher.reconcile()
    answer = at(program, screen_id, 2.5)
    assert (answer["basis"], answer["digest"]) == ("planned", rooms.publisher.wanted(screen_id))
    assert answer["play"]["schedule_name"] == "Họp khẩn"
    assert answer["sentence"] == (
        "At 14:30 on Monday, 2 March 2026 the screen shows “Họp khẩn” by the schedule “Họp khẩn”, "
        "which replaces all else, by the present plan."
    )
    assert [
        (why["schedule_name"], why["verdict"], why["code"], why["sentence"]) for why in answer["why"]
    ] == [
        ("Họp khẩn", "shows", "alone", "On now; but for reminders it has all of the time."),
        ("Bluezone", "lost", "replaced", "Replaced by “Họp khẩn”."),
        ("Cũ", "not_on", "ended", "It ended on Sunday, 1 March 2026."),
    ]
    assert answer["proved"] == []


def test_beyond_the_horizon_the_schedules_of_today_are_asked(
    program: FlaskClient, rooms: Rooms, screen_id: str
) -> None:
    plays(rooms, "Bluezone")
    plays(rooms, "Hè", role="takeover", rule=DateRule(FIRST_DAY + timedelta(days=200)))
    rooms.publisher.reconcile()
    assert at(program, screen_id, 24 * 100)["play"]["schedule_name"] == "Bluezone"
    later = at(program, screen_id, 24 * 300)
    assert (later["play"]["schedule_name"], later["basis"]) == ("Hè", "planned")
    assert {why["schedule_name"]: why["verdict"] for why in later["why"]} == {
        "Hè": "shows",
        "Bluezone": "lost",
    }


def test_the_past_is_proved_where_the_board_counted_it(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    schedule = plays(rooms, "Bluezone")
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    answer = at(program, screen_id, 1)
    assert (answer["basis"], answer["play"]["asset_name"]) == ("planned", "Bluezone")
    assert answer["sentence"].endswith("the screen has not confirmed that quarter of an hour.")

    hour_ms, asset = 3_600_000, answer["play"]["asset_id"]
    counted(rooms, screen_id, asset, schedule, NOON_MS + hour_ms - 5_000, NOON_MS + hour_ms + 5_000)
    counted(rooms, screen_id, "ast_other", schedule, NOON_MS + hour_ms + 60_000, NOON_MS + hour_ms + 70_000)
    answer = at(program, screen_id, 1)
    assert answer["basis"] == "proved"
    assert answer["sentence"].endswith("showed “Bluezone” by the schedule “Bluezone”; the screen counted it.")
    assert [(one["asset_name"], one["plays"], one["first"]) for one in answer["proved"]] == [
        ("Bluezone", 3, "2026-03-02T05:59:55.000Z"),
        ("ast_other", 3, "2026-03-02T06:01:00.000Z"),
    ]
    silent = at(program, screen_id, 1 + 2 / 60)
    assert silent["sentence"].endswith("the screen has not confirmed that quarter of an hour.")
    rooms.states.heartbeat(screen_id, "socket", {})
    other = at(program, screen_id, 1 + 2 / 60)
    assert other["basis"] == "planned"
    assert other["sentence"].endswith("what the screen counted in that quarter of an hour does not have it.")
    assert at(program, screen_id, 4)["proved"] == []


def says(rooms: Rooms, screen_id: str, answer: dict[str, Any], **fields: Any) -> None:
    """The board says that it shows what an answer plans."""
    play = answer["play"]
    since_ms = to_ms(datetime.fromisoformat(play["start"]))
    known = {"digest": answer["digest"], "slide": play["slide"], "schedule": play["schedule_id"]}
    report = known | {"role": play["role"], "since_ms": since_ms} | fields
    rooms.states.heartbeat(screen_id, "socket", report)


def test_the_present_is_not_doubted_before_the_board_could_report_it(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    schedule = plays(rooms, "Bluezone")
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    rooms.states.heartbeat(screen_id, "socket", {})
    counted(
        rooms, screen_id, "ast_other", schedule, NOON_MS + 3 * 3_600_000 - 60_000, NOON_MS + 3 * 3_600_000
    )
    for minutes in (0.5, 10, 19):
        answer = at(program, screen_id, 3 - minutes / 60)
        assert answer["basis"] == "planned"
        assert answer["sentence"].endswith("has not had the time to confirm it (usually within 5 minutes).")
    clock.forward(minutes=30)
    offline = at(program, screen_id, 3 + 5 / 60)
    assert offline["sentence"].endswith("the screen is not heard just now and has not confirmed it.")


def test_what_the_board_says_live_proves_the_present(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    plays(rooms, "Bluezone")
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    moment = 3 - 2 / 3600
    says(rooms, screen_id, at(program, screen_id, moment))
    answer = at(program, screen_id, moment)
    assert answer["basis"] == "proved"
    assert "the screen shows “Bluezone”" in answer["sentence"]
    assert answer["sentence"].endswith("; the screen says that it shows just this.")
    for other in ({"slide": "another"}, {"digest": "0" * 64}, {"since_ms": NOON_MS}):
        says(rooms, screen_id, answer, **other)
        assert at(program, screen_id, moment)["basis"] == "planned"
    says(rooms, screen_id, answer)
    assert at(program, screen_id, 2.5)["basis"] == "planned"


def test_a_board_that_said_the_slide_before_is_on_follows_the_plan(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    plays(rooms, "Bluezone")
    plays(rooms, "Rửa tay")
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    says(rooms, screen_id, at(program, screen_id, 3 - 12 / 3600))
    clock.forward(seconds=20)
    moment = 3 + 18 / 3600
    answer = at(program, screen_id, moment)
    assert answer["basis"] == "planned"
    assert answer["sentence"].endswith("; the screen says that it follows this plan.")
    says(rooms, screen_id, answer, slide="another")
    assert "has not had the time" in at(program, screen_id, moment)["sentence"]


def test_a_dark_screen_is_not_asked_for_slides(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    schedule = plays(rooms, "Bluezone")
    add_schedule(rooms, None, name="Trưa", role="off", windows=(Window(12 * 60, 16 * 60),))
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    rooms.states.heartbeat(screen_id, "socket", {})
    counted(rooms, screen_id, "ast_other", schedule, NOON_MS + 3_600_000, NOON_MS + 3_660_000)
    past = at(program, screen_id, 1)
    assert past["sentence"].endswith("the screen was dark on purpose, by the plan of that time.")
    now = at(program, screen_id, 3 - 2 / 3600)
    assert "quarter" not in now["sentence"]
    says(rooms, screen_id, now, since_ms=NOON_MS)
    said = program.get(
        f"/api/v1/screens/{screen_id}/at",
        query_string={"time": now["time"]},
        headers={"Accept-Language": "vi"},
    ).json
    assert said["basis"] == "proved"
    assert said["sentence"].endswith("màn hình tắt theo lịch; màn hình đang báo đúng như vậy.")


def test_counts_beside_the_instant_or_of_a_guessed_time_prove_nothing(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    schedule = plays(rooms, "Bluezone")
    board_follows(rooms, screen_id)
    clock.forward(hours=3)
    asset, hour_ms = at(program, screen_id, 1)["play"]["asset_id"], NOON_MS + 3_600_000
    counted(rooms, screen_id, asset, schedule, hour_ms, hour_ms + 600_000, guessed=True)
    counted(rooms, screen_id, asset, schedule, hour_ms, hour_ms + 60_000)
    assert at(program, screen_id, 1 + 0.5 / 60)["basis"] == "proved"
    after = at(program, screen_id, 1 + 2 / 60)
    assert (after["basis"], len(after["proved"])) == ("planned", 1)


def test_the_past_is_told_by_the_manifest_of_that_time_also_of_what_is_gone(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    old = plays(rooms, "Hôm qua")
    board_follows(rooms, screen_id)
    clock.forward(hours=1)
    rooms.schedules.delete(ADMIN, old, None)
    plays(rooms, "Hôm nay")
    board_follows(rooms, screen_id)
    clock.forward(hours=1)
    before, after = at(program, screen_id, 0.5), at(program, screen_id, 1.5)
    assert (before["play"]["schedule_name"], after["play"]["schedule_name"]) == ("Hôm qua", "Hôm nay")
    assert [why["schedule_name"] for why in before["why"]] == ["Hôm qua"]
    held = program.get(f"/api/v1/screens/{screen_id}/manifest", query_string={"time": before["time"]}).json
    assert (held["digest"], held["basis"]) == (before["digest"], "proved")
    assert old in held["text"]

    both = program.get(
        f"/api/v1/screens/{screen_id}/timeline",
        query_string={
            "from": (NOON + timedelta(minutes=59, seconds=55)).isoformat(),
            "to": clock().isoformat(),
        },
    ).json["items"]
    names = [play["schedule_name"] for play in both]
    assert names[0] == "Hôm qua"
    assert set(names[1:]) == {"Hôm nay"}
    assert both[0]["end"] == both[1]["start"] == "2026-03-02T06:00:00.000Z"


def test_before_the_first_word_of_the_board_nothing_is_known(
    program: FlaskClient, rooms: Rooms, screen_id: str, clock: TestClock
) -> None:
    plays(rooms, "Bluezone")
    board_follows(rooms, screen_id)
    answer = at(program, screen_id, -1)
    assert (answer["basis"], answer["digest"], answer["play"], answer["why"]) == ("unknown", None, None, [])
    assert answer["sentence"] == (
        "Nothing is recorded of what the screen showed at 11:00 on Monday, 2 March 2026."
    )
    for door, query in (
        ("manifest", {"time": answer["time"]}),
        ("timeline", {"from": answer["time"], "to": answer["time"][:11] + "04:30:00Z"}),
    ):
        refused = program.get(f"/api/v1/screens/{screen_id}/{door}", query_string=query)
        assert (refused.status_code, refused.json["code"]) == (409, "nothing_recorded")


def test_a_reminder_and_darkness_are_said_in_vietnamese(
    program: FlaskClient, rooms: Rooms, screen_id: str
) -> None:
    plays(rooms, "Bluezone")
    plays(rooms, "Rửa tay", role="reminder", every_ms=900_000, take="all")
    night = add_schedule(rooms, None, name="Đêm", role="off", windows=(Window(22 * 60, 5 * 60),))
    rooms.publisher.reconcile()
    answer = program.get(f"/api/v1/screens/{screen_id}/at", headers={"Accept-Language": "vi"}).json
    assert answer["sentence"] == (
        "Lúc 12:00 Thứ Hai, 02/03/2026, màn hình sẽ chiếu “Rửa tay” của lời nhắc “Rửa tay”, theo kế hoạch hiện tại."
    )
    dark = at(program, screen_id, 11)
    assert (dark["play"]["role"], dark["why"][0]["schedule_id"]) == ("off", night)
    assert [why["code"] for why in dark["why"]] == ["makes_dark", "dark", "dark"]


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_moment_that_cannot_be_right_is_refused(program: FlaskClient, screen_id: str, time: str) -> None:
    refused = program.get(f"/api/v1/screens/{screen_id}/at", query_string={"time": time})
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "moment_out_of_range")


def test_a_screen_that_is_not_there_has_no_moments(program: FlaskClient) -> None:
    for door in ("at", "manifest", "timeline"):
        assert program.get(f"/api/v1/screens/scr_none/{door}").status_code == 404


def test_a_screen_that_has_proved_nothing_yet_tells_what_it_should_hold_now(
    program: FlaskClient, rooms: Rooms, screen_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real clock goes on between two looks at it."""
    plays(rooms, "Bluezone")
    rooms.publisher.reconcile()

    def ticking(clock: TestClock) -> Any:
        clock.forward(milliseconds=1)
        return clock.now

    monkeypatch.setattr(TestClock, "__call__", ticking)
    answer = program.get(f"/api/v1/screens/{screen_id}/manifest")
    assert (answer.status_code, answer.json["basis"]) == (200, "planned")
    assert answer.json["digest"] == rooms.publisher.wanted(screen_id)
    answer = program.get(f"/api/v1/screens/{screen_id}/at")
    assert (answer.status_code, answer.json["digest"]) == (200, rooms.publisher.wanted(screen_id))


def test_a_board_that_tells_only_beginnings_proves_the_slide_to_its_end() -> None:
    proof = Proof("ast_1", "sch_1", "rotation", 1, NOON_MS, NOON_MS)
    assert [proof.encloses(NOON_MS + later, 10_000) for later in (-1, 0, 9_999, 10_000)] == [
        False,
        True,
        True,
        False,
    ]
