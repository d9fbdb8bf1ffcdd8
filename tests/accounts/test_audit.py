import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.errors import Stale
from signage_server.web.rooms import Rooms
from tests.factories import NOON, PASSWORD


def trail(rooms: Rooms) -> list[AuditEntry]:
    with rooms.db.read() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def test_who_did_what_and_what_it_was_before(rooms: Rooms) -> None:
    unit = rooms.units.root()
    rooms.units.change("usr_lan", unit.id, None, {"name": "Sở Y tế"})
    entry = trail(rooms)[-1]
    assert (entry.at, entry.who, entry.action, entry.object_id) == (NOON, "usr_lan", "unit.update", unit.id)
    assert (entry.before, entry.after) == ({"name": "Tỉnh Kiên Giang"}, {"name": "Sở Y tế"})


def test_no_secret_is_ever_written_down(rooms: Rooms) -> None:
    link = rooms.links.make()
    person = rooms.links.use(link, "Lan", PASSWORD)
    rooms.links.use(rooms.links.make(person.id), None, "một câu khác hẳn")
    opened = rooms.sessions.open(person, "Firefox", "127.0.0.1")
    made = rooms.tokens.make(person.id, person.unit_id, "kho ảnh")
    written = " ".join(f"{entry.action} {entry.before} {entry.after}" for entry in trail(rooms))
    assert {entry.action for entry in trail(rooms)} >= {
        "person.add",
        "person.set_password",
        "token.make",
        "session.open",
    }
    for secret in (PASSWORD, "một câu khác hẳn", link, opened.secret, made.secret):
        assert secret not in written


def test_a_change_that_fails_leaves_no_line(rooms: Rooms) -> None:
    before = len(trail(rooms))
    with pytest.raises(Stale):
        rooms.units.change("usr_lan", rooms.units.root().id, "v9", {"name": "x"})
    assert len(trail(rooms)) == before
