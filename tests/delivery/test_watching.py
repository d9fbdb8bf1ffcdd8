from signage_server.delivery.watching import CALM_S, WATCHED_S, Watching


def test_nobody_watches_and_boards_are_calm() -> None:
    watching = Watching()
    assert watching.heartbeat_s("scr_1", 10) == CALM_S
    assert watching.watched(["scr_1"]) == set()
    assert watching.consoles("scr_1") == []


def test_a_board_in_view_tells_more_often() -> None:
    watching = Watching()
    watching.watch("console", ["scr_1"])
    assert watching.heartbeat_s("scr_1", 10_000) == WATCHED_S
    assert watching.heartbeat_s("scr_2", 10_000) == CALM_S
    assert watching.watched(["scr_1", "scr_2"]) == {"scr_1"}


def test_a_whole_province_in_view_does_not_drown_the_server() -> None:
    watching = Watching()
    watching.watch("console", None)
    assert [watching.heartbeat_s("scr_1", screens) for screens in (1, 100, 400, 10_000)] == [5, 5, 20, 60]
    assert watching.consoles("scr_1") == ["console"]


def test_a_console_watches_one_thing_at_a_time_and_stops() -> None:
    watching = Watching()
    watching.watch("console", None)
    watching.watch("console", ["scr_1"])
    assert watching.watched(["scr_1", "scr_2"]) == {"scr_1"}
    watching.unwatch("console")
    assert watching.heartbeat_s("scr_1", 10) == CALM_S
