import threading

import pytest

from signage_server.accounts.links import LinkOver
from signage_server.web.rooms import Rooms
from tests.factories import PASSWORD, TestClock


def test_a_new_link_replaces_the_one_before(rooms: Rooms) -> None:
    first, second = rooms.links.make(), rooms.links.make()
    with pytest.raises(LinkOver):
        rooms.links.look_at(first)
    assert rooms.links.look_at(second).purpose == "setup"


def test_links_of_other_people_stay(rooms: Rooms) -> None:
    root = rooms.units.root().id
    lan, minh = (rooms.people.add("cli", root, name).id for name in ("Lan", "Minh"))
    secrets = {rooms.links.make(): None, rooms.links.make(lan): "Lan", rooms.links.make(minh): "Minh"}
    assert {secret: rooms.links.look_at(secret).name for secret in secrets} == secrets


def test_the_secret_is_not_in_the_database(rooms: Rooms) -> None:
    secret = rooms.links.make()
    assert secret.encode() not in (rooms.settings.home / "signage.db").read_bytes()
    assert len(secret) >= 43, "32 random bytes"


def test_two_people_cannot_use_the_same_link_at_once(rooms: Rooms) -> None:
    secret = rooms.links.make()
    outcomes: list[object] = []

    def use(name: str) -> None:
        try:
            outcomes.append(rooms.links.use(secret, name, PASSWORD).name)
        except LinkOver as error:
            outcomes.append(type(error))

    threads = [threading.Thread(target=use, args=(name,)) for name in ("Lan", "Minh")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(LinkOver) == 1
    assert len(rooms.people.all()) == 1


def test_old_links_are_forgotten(rooms: Rooms, clock: TestClock) -> None:
    old = rooms.links.make(rooms.people.add("cli", rooms.units.root().id, "Lan").id)
    clock.forward(hours=1)
    rooms.links.make()
    clock.forward(hours=-1)
    with pytest.raises(LinkOver):
        rooms.links.look_at(old)
