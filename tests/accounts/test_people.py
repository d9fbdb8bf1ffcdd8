import unicodedata

import pytest

from signage_server.accounts.people import BadName, NameTaken, UnknownPerson, WrongNameOrPassword
from signage_server.web.rooms import Rooms
from tests.factories import PASSWORD


def add(rooms: Rooms, name: str) -> str:
    return rooms.people.add("cli", rooms.units.root().id, name).id


def test_a_new_person_cannot_sign_in_before_choosing_a_password(rooms: Rooms) -> None:
    add(rooms, "Lan")
    assert not rooms.people.anybody_can_sign_in()
    with pytest.raises(WrongNameOrPassword):
        rooms.people.check("Lan", PASSWORD)


def test_names_differ_by_more_than_case_and_composition(rooms: Rooms) -> None:
    add(rooms, "Nguyễn Văn An")
    for same in ("NGUYỄN VĂN AN", "nguyễn  văn an ", unicodedata.normalize("NFD", "Nguyễn Văn An")):
        with pytest.raises(NameTaken):
            add(rooms, same)
    add(rooms, "Nguyễn Văn Án")
    assert rooms.people.named("nguyễn văn an").name == "Nguyễn Văn An"


@pytest.mark.parametrize("name", ["", " ", "x", "x" * 101])
def test_names_have_bounds(rooms: Rooms, name: str) -> None:
    with pytest.raises(BadName):
        add(rooms, name)


def test_somebody_unknown_is_an_error_with_words(rooms: Rooms) -> None:
    with pytest.raises(UnknownPerson):
        rooms.people.named("Minh")


def test_everybody_is_listed_by_name(rooms: Rooms) -> None:
    for name in ("minh", "Lan", "An"):
        add(rooms, name)
    assert [person.name for person in rooms.people.all()] == ["An", "Lan", "minh"]
