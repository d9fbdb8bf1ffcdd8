from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask.testing import FlaskClient

from signage_server.accounts.models import Unit
from signage_server.clock import to_ms
from signage_server.delivery.manifest import parse_manifest, part_of_manifest
from signage_server.scheduling.airtime import airtime
from signage_server.scheduling.playout import Playout
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.targets import Target
from signage_server.scheduling.weeks import draw
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, FIRST_DAY, add_schedule, add_screen, root_of
from tests.factories import NOON, TestClock
from tests.web.api.test_moments import board_follows, plays
from tests.web.queries import counted

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
IN_ENGLISH = {"Accept-Language": "en"}


def week(program: FlaskClient, **query: str) -> dict[str, Any]:
    answer = program.get("/api/v1/week", query_string=query, headers=IN_ENGLISH)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def drawn(group: dict[str, Any], day: str) -> list[tuple[str, str, str, list[str | None]]]:
    """The stretches of a day: from, to, kind, who."""
    return [
        (one["from_wall"], one["to_wall"], one["kind"], [part["schedule_name"] for part in one["tracks"]])
        for one in group["stretches"]
        if one["day"] == day
    ]


def test_a_week_is_drawn_from_the_plan_of_the_boards(
    program: FlaskClient, rooms: Rooms, clock: TestClock
) -> None:
    screen = add_screen(rooms.db, root_of(rooms), "Thang máy A")
    plays(rooms, "Bluezone", windows=(Window(7 * 60, 19 * 60),))
    plays(rooms, "Giờ cao điểm", windows=(Window(7 * 60, 9 * 60),), share_permille=250)
    plays(rooms, "Rửa tay", role="reminder", every_ms=900_000, take="next", windows=(Window(7 * 60, 8 * 60),))
    add_schedule(rooms, None, name="Đêm", role="off", windows=(Window(22 * 60, 5 * 60),))
    board_follows(rooms, screen)
    answer = week(program)
    assert (answer["from"], answer["days"][-1], answer["now"]) == (
        "2026-03-02",
        "2026-03-08",
        "2026-03-02T05:00:00.000Z",
    )
    (group,) = answer["groups"]
    assert (group["screens"], group["zone"]) == ([{"id": screen, "name": "Thang máy A"}], "Asia/Ho_Chi_Minh")
    assert (group["screens_total"], answer["screens"], answer["groups_total"], answer["next"]) == (
        1,
        1,
        1,
        None,
    )
    assert drawn(group, "2026-03-04") == [
        ("00:00", "05:00", "off", ["Đêm"]),
        ("05:00", "07:00", "fallback", [None]),
        ("07:00", "08:00", "play", ["Bluezone", "Giờ cao điểm"]),
        ("08:00", "09:00", "play", ["Bluezone", "Giờ cao điểm"]),
        ("09:00", "19:00", "play", ["Bluezone"]),
        ("19:00", "22:00", "fallback", [None]),
        ("22:00", "24:00", "off", ["Đêm"]),
    ]
    peak = next(one for one in group["stretches"] if one["day"] == "2026-03-04" and one["reminders"])
    assert sorted((part["schedule_name"], part["permille"]) for part in peak["tracks"]) == [
        ("Bluezone", 750),
        ("Giờ cao điểm", 250),
    ]
    assert [(one["schedule_name"], one["every_ms"]) for one in peak["reminders"]] == [("Rửa tay", 900_000)]
    had = {one["schedule_name"]: one["ms"] for one in group["airtime"]}
    # From Monday noon on: the morning before the first word of the board is not known.
    assert had["Rửa tay"] == 6 * 4 * 10_000
    assert had["Giờ cao điểm"] == (6 * 2 * HOUR_MS - had["Rửa tay"]) // 4
    assert had["Đêm"] == 7 * 2 * HOUR_MS + 6 * 5 * HOUR_MS
    assert all(one["why_none"] is None for one in group["airtime"])
    monday = [(one["basis"], one["kind"]) for one in group["stretches"] if one["day"] == "2026-03-02"]
    assert monday[:2] == [("unknown", "unknown"), ("planned", "play")]


def test_past_days_are_those_that_the_board_proved(
    program: FlaskClient, rooms: Rooms, clock: TestClock
) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    old = plays(rooms, "Cũ")
    board_follows(rooms, screen)
    clock.forward(days=1)
    board_follows(rooms, screen)
    clock.forward(hours=6)
    rooms.schedules.delete(ADMIN, old, None)
    plays(rooms, "Mới")
    board_follows(rooms, screen)
    clock.forward(hours=2)
    (group,) = week(program, screen_id=screen)["groups"]
    assert [
        (
            one["day"],
            one["from_wall"],
            one["to_wall"],
            one["basis"],
            [part["schedule_name"] for part in one["tracks"]],
        )
        for one in group["stretches"][:5]
    ] == [
        ("2026-03-02", "00:00", "12:00", "unknown", []),
        ("2026-03-02", "12:00", "24:00", "proved", ["Cũ"]),
        ("2026-03-03", "00:00", "18:00", "proved", ["Cũ"]),
        ("2026-03-03", "18:00", "20:00", "proved", ["Mới"]),
        ("2026-03-03", "20:00", "24:00", "planned", ["Mới"]),
    ]
    assert {one["schedule_name"]: one["ms"] for one in group["airtime"]} == {
        "Cũ": 30 * HOUR_MS,
        "Mới": 7 * DAY_MS - 42 * HOUR_MS,
    }
    gone = week(program, screen_id=screen, **{"from": "2026-02-20"})["groups"][0]
    assert {one["kind"] for one in gone["stretches"]} == {"unknown"}
    assert len(gone["stretches"]) == 7


def test_a_schedule_that_gets_nothing_says_by_whom(program: FlaskClient, rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms))
    plays(rooms, "Bluezone", windows=(Window(8 * 60, 10 * 60),))
    plays(rooms, "Họp khẩn", role="takeover", windows=(Window(7 * 60, 12 * 60),))
    plays(rooms, "Tháng sau", rule=DateRule(FIRST_DAY, rrule="FREQ=MONTHLY;BYMONTHDAY=1"))
    plays(rooms, "Hè", rule=DateRule(FIRST_DAY + timedelta(days=100)))
    plays(rooms, "Năm ngoái", rule=DateRule(FIRST_DAY - timedelta(days=400), FIRST_DAY - timedelta(days=300)))
    rooms.publisher.reconcile()
    (group,) = week(program, **{"from": "2026-03-12"})["groups"]
    assert {one["schedule_name"]: (one["ms"], one["none"], one["why_none"]) for one in group["airtime"]} == {
        "Họp khẩn": (7 * 5 * HOUR_MS, None, None),
        None: (7 * 19 * HOUR_MS, None, None),
        "Tháng sau": (
            0,
            "not_this_week",
            "It has no hours in this week; next at 00:00 on Wednesday, 1 April 2026.",
        ),
        "Bluezone": (0, "beaten", "Replaced by “Họp khẩn” all week."),
        "Hè": (0, "later", "Not begun: first at 00:00 on Tuesday, 9 June 2026."),
    }


def test_screens_whose_weeks_are_equal_stand_together(
    program: FlaskClient, rooms: Rooms, clock: TestClock
) -> None:
    with rooms.db.write() as session:
        session.add(Unit(id="unt_b", parent_id=root_of(rooms), name="Xã B", created_at=NOON))
    lying = add_screen(rooms.db, root_of(rooms), "A0")
    standing = add_screen(rooms.db, root_of(rooms), "A1", profile="1080x1920")
    below = add_screen(rooms.db, "unt_b", "B")
    rooms.screens.change(ADMIN, below, None, {"tags": ("Thang máy",)})
    plays(rooms, "Bluezone")
    plays(rooms, "Riêng", targets=(Target("unit", "unt_b"),))
    for screen in (lying, standing, below):
        board_follows(rooms, screen)
        clock.forward(seconds=3)
    clock.forward(hours=1)
    groups = week(program)["groups"]
    assert [[screen["name"] for screen in group["screens"]] for group in groups] == [["A0", "A1"], ["B"]]
    for query in ({"tag": "thang MÁY"}, {"unit_id": "unt_b"}, {"screen_id": below}):
        assert [[one["id"] for one in group["screens"]] for group in week(program, **query)["groups"]] == [
            [below]
        ]
    assert len(week(program, unit_id=root_of(rooms))["groups"]) == 2
    assert week(program, tag="không có")["groups"] == []


def test_many_groups_come_a_page_at_a_time_the_largest_first(program: FlaskClient, rooms: Rooms) -> None:
    screens = {name: add_screen(rooms.db, root_of(rooms), name) for name in "ABCDE"}
    rooms.screens.change(ADMIN, screens["C"], None, {"tags": ("hai",)})
    rooms.screens.change(ADMIN, screens["D"], None, {"tags": ("hai",)})
    plays(rooms, "Chung")
    plays(rooms, "Hai", targets=(Target("tag", "hai"),))
    plays(rooms, "Riêng A", targets=(Target("screen", screens["A"]),))
    plays(rooms, "Riêng B", targets=(Target("screen", screens["B"]),))
    plays(rooms, "Riêng E", targets=(Target("screen", screens["E"]),))
    rooms.publisher.reconcile()
    pages, query = [], {"limit": "2"}
    while True:
        page = week(program, **query)
        assert (page["screens"], page["groups_total"]) == (5, 4)
        pages.append(page["groups"])
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert [[[one["name"] for one in group["screens"]] for group in page] for page in pages] == [
        [["C", "D"], ["A"]],
        [["B"], ["E"]],
    ]
    assert [group for page in pages for group in page] == week(program)["groups"]
    on_air = [{one["schedule_name"] for one in group["airtime"]} for page in pages for group in page]
    assert on_air == [{"Chung", name} for name in ("Hai", "Riêng A", "Riêng B", "Riêng E")]


def test_of_a_large_group_so_many_screens_are_named_and_all_are_counted(
    program: FlaskClient, rooms: Rooms
) -> None:
    for number in range(203):
        add_screen(rooms.db, root_of(rooms), f"Màn hình {number:03}")
    plays(rooms, "Bluezone")
    rooms.publisher.reconcile()
    answer = week(program)
    (group,) = answer["groups"]
    assert (len(group["screens"]), group["screens_total"], answer["screens"]) == (200, 203, 203)
    assert group["screens"][-1]["name"] == "Màn hình 199"


def test_who_gets_nothing_parts_screens_whose_hours_are_equal(program: FlaskClient, rooms: Rooms) -> None:
    one = add_screen(rooms.db, root_of(rooms), "A")
    add_screen(rooms.db, root_of(rooms), "B")
    plays(rooms, "Bluezone")
    plays(rooms, "Họp khẩn", role="takeover")
    rooms.publisher.reconcile()
    assert week(program)["groups_total"] == 1
    past = DateRule(FIRST_DAY - timedelta(days=400), FIRST_DAY - timedelta(days=300))
    plays(rooms, "Năm ngoái", rule=past, targets=(Target("screen", one),))
    rooms.publisher.reconcile()
    assert week(program)["groups_total"] == 1, "what is over concerns nobody"
    plays(rooms, "Riêng", targets=(Target("screen", one),))
    rooms.publisher.reconcile()
    groups = week(program)["groups"]
    assert [len(group["airtime"]) for group in groups] == [3, 2]


def test_who_took_a_manifest_over_when_makes_no_other_week(
    program: FlaskClient, rooms: Rooms, clock: TestClock
) -> None:
    screens = [add_screen(rooms.db, root_of(rooms), name) for name in "AB"]
    plays(rooms, "Bluezone", windows=(Window(7 * 60, 19 * 60),))
    for screen in screens:
        board_follows(rooms, screen)
    clock.forward(days=1)
    board_follows(rooms, screens[0])
    clock.forward(hours=3)  # the other was dark in the night
    board_follows(rooms, screens[1])
    clock.forward(days=1)
    (group,) = week(program)["groups"]
    assert group["screens_total"] == 2


def test_weeks_beyond_the_horizon_are_compiled_for_those_on_the_page_only(
    program: FlaskClient, rooms: Rooms
) -> None:
    add_screen(rooms.db, root_of(rooms), "A0")
    add_screen(rooms.db, root_of(rooms), "A1", profile="1080x1920")
    other = add_screen(rooms.db, root_of(rooms), "B")
    plays(rooms, "Bluezone")
    plays(rooms, "Riêng", targets=(Target("screen", other),))
    rooms.publisher.reconcile()
    rooms.history._compiled.cache_clear()
    answer = week(program, limit="1", **{"from": "2026-06-01"})
    assert rooms.history._compiled.cache_info().misses == 1
    assert answer["groups_total"] == 2
    (group,) = answer["groups"]
    assert [one["name"] for one in group["screens"]] == ["A0", "A1"]
    assert {one["kind"] for one in group["stretches"]} == {"play"}


def test_screens_of_other_zones_have_their_own_monday(program: FlaskClient, rooms: Rooms) -> None:
    add_screen(rooms.db, root_of(rooms), "Paris", zone="Europe/Paris")
    plays(rooms, "Bluezone")
    rooms.publisher.reconcile()
    (group,) = week(program, **{"from": "2026-03-25"})["groups"]
    assert (group["stretches"][0]["start"], group["stretches"][-1]["end"]) == (
        "2026-03-22T23:00:00.000Z",
        "2026-03-29T22:00:00.000Z",
    )
    assert group["airtime"][0]["ms"] == 7 * DAY_MS - HOUR_MS  # summer time begins


def test_the_calendar_shows_what_the_boards_play_and_nothing_else(program: FlaskClient, rooms: Rooms) -> None:
    """xibo#3928: shown on the calendar, never delivered. Here the calendar is drawn from what is delivered."""
    screen = add_screen(rooms.db, root_of(rooms))
    plays(rooms, "Bluezone", windows=(Window(7 * 60, 19 * 60),))
    plays(rooms, "Họp", role="takeover", windows=(Window(8 * 60, 9 * 60 + 30),))
    plays(rooms, "Rửa tay", role="reminder", every_ms=900_000, take="all", windows=(Window(6 * 60, 22 * 60),))
    add_schedule(rooms, None, name="Đêm", role="off", windows=(Window(22 * 60, 5 * 60),))
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    playout, random = Playout(manifest), Random(7)
    (group,) = week(program)["groups"]
    for one in group["stretches"]:
        if one["kind"] == "unknown":
            continue
        start_ms, end_ms = (to_ms(datetime.fromisoformat(one[edge])) for edge in ("start", "end"))
        parts = {part["schedule_id"] or "fallback" for part in (*one["tracks"], *one["reminders"])}
        for at_ms in sorted(random.randrange(start_ms, end_ms) for _ in range(10)):
            play = playout.at(at_ms)
            assert (play.role == "off") == (one["kind"] == "off")
            assert play.role == "off" or play.schedule in parts


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"screen_id": "scr_none"}, 404, "unknown_screen"),
        ({"unit_id": "unt_none"}, 404, "unknown_unit"),
        ({"from": "9999-12-31"}, 422, "invalid"),
        ({"from": "hôm nay"}, 422, "invalid"),
        ({"limit": "51"}, 422, "invalid"),
        ({"screen_id": "scr_none", "tag": "Lift"}, 422, "invalid"),
        ({"tag": "Lift", "unit_id": "unt_none"}, 422, "invalid"),
        ({"cursor": "WzEsMl0"}, 422, "cursor_unknown"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    program: FlaskClient, query: dict[str, str], status: int, code: str
) -> None:
    refused = program.get("/api/v1/week", query_string=query)
    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_many_screens_take_as_many_queries_as_few(program: FlaskClient, rooms: Rooms) -> None:
    plays(rooms, "Bluezone")
    add_screen(rooms.db, root_of(rooms))
    rooms.publisher.reconcile()
    rooms.publisher.reconcile()  # the first one asked for the built-in notice, which is an edit
    with counted(rooms.db.engine) as few:
        week(program)
    for number in range(60):
        add_screen(rooms.db, root_of(rooms), f"Màn hình {number}")
    rooms.publisher.reconcile()
    with counted(rooms.db.engine) as many:
        assert len(week(program)["groups"]) == 1
    assert len(many) <= len(few)


def test_a_part_of_a_manifest_is_drawn_like_the_whole(program: FlaskClient, rooms: Rooms) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    plays(rooms, "Bluezone", windows=(Window(7 * 60, 19 * 60),))
    plays(rooms, "Họp", role="takeover", windows=(Window(8 * 60, 9 * 60),))
    plays(rooms, "Rửa tay", role="reminder", every_ms=900_000, take="all")
    add_schedule(rooms, None, name="Đêm", role="off", windows=(Window(22 * 60, 5 * 60),))
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    start_ms = manifest.horizon_ms[0] + 30 * HOUR_MS
    part = part_of_manifest(manifest.text, start_ms, start_ms + DAY_MS)
    whole = parse_manifest(manifest.text)
    assert part is not None
    assert part.loops.items() <= whole.loops.items()
    assert part.slides.items() <= whole.slides.items()
    assert draw(part, start_ms, start_ms + DAY_MS) == draw(whole, start_ms, start_ms + DAY_MS)
    assert airtime(part, start_ms, start_ms + DAY_MS) == airtime(whole, start_ms, start_ms + DAY_MS)
    assert part_of_manifest(manifest.text, 0, manifest.horizon_ms[0]) is None
