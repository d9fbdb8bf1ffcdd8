from collections.abc import Sequence

import pytest

from signage_server.delivery.commands import Command, Commands, Result
from signage_server.screens.state import ScreenStates
from signage_server.web.rooms import Rooms
from tests.factories import TestClock


@pytest.fixture
def states(rooms: Rooms) -> ScreenStates:
    return rooms.states


@pytest.fixture
def commands(clock: TestClock, states: ScreenStates) -> Commands:
    return Commands(clock, states)


def names(commands: Commands, screen: str) -> list[str]:
    return [command.name for command in commands.fetch(screen)]


def test_a_screen_that_nobody_can_reach_is_told_apart(commands: Commands, states: ScreenStates) -> None:
    states.hello("scr_polls", "http", "", secure=False)
    sent = commands.give(["scr_polls", "scr_dark"], "identify", {"seconds": 15})
    assert (sent.sent, sent.offline) == (["scr_polls"], ["scr_dark"])
    assert (commands.waiting("scr_polls"), commands.waiting("scr_dark")) == (1, 0)


def test_a_command_is_fetched_once_and_waits_a_minute(
    commands: Commands, states: ScreenStates, clock: TestClock
) -> None:
    states.hello("scr_1", "http", "", secure=False)
    sent = commands.give(["scr_1"], "reload", {})
    (command,) = commands.fetch("scr_1")
    assert command.message() == {"id": sent.command_id, "name": "reload", "args": {}}
    assert commands.fetch("scr_1") == []
    commands.give(["scr_1"], "identify", {})
    clock.forward(seconds=61)
    assert commands.waiting("scr_1") == 0
    commands.clean_up()
    assert commands._waiting == {}


def test_what_was_pushed_is_told_again_only_if_no_answer_comes(commands: Commands, clock: TestClock) -> None:
    def push(_command: Command, screens: Sequence[str]) -> Sequence[str]:
        return screens

    commands.push_by(push)
    sent = commands.give(["scr_1", "scr_2"], "sync", {})
    assert sent.sent == ["scr_1", "scr_2"]
    assert commands.waiting("scr_1") == 0
    commands.result(Result("scr_1", sent.command_id, ok=True, error=None))
    clock.forward(seconds=10)
    assert (commands.waiting("scr_1"), commands.waiting("scr_2")) == (0, 1)


def test_a_newer_show_takes_the_place_of_an_older(commands: Commands, states: ScreenStates) -> None:
    states.hello("scr_1", "http", "", secure=False)
    commands.give(["scr_1"], "show_now", {"order": ["a"]})
    commands.give(["scr_1"], "identify", {})
    commands.give(["scr_1"], "show_now", {"order": ["b"]})
    assert [command.args.get("order") for command in commands.fetch("scr_1")] == [None, ["b"]]


def test_answers_are_passed_on(commands: Commands) -> None:
    heard: list[Result] = []
    commands.after_result(heard.append)
    commands.result(Result("scr_1", "cmd_1", ok=False, error="no such slide"))
    assert [result.error for result in heard] == ["no such slide"]
