"""The same reader, asked again after an edit, must say what one that has never read before would."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, event, update

from signage_server.accounts.models import Unit
from signage_server.delivery.built_in import NOTICES
from signage_server.delivery.fact_reader import FactReader
from signage_server.delivery.facts import Facts
from signage_server.library.models import Asset, Rendition
from signage_server.playlists.models import Slide
from signage_server.scheduling.models import DaySet, Schedule
from signage_server.scheduling.recurrence import DateRule
from signage_server.scheduling.specs import draft_of
from signage_server.scheduling.targets import Target
from signage_server.screens.models import Screen, ScreenTag
from signage_server.web.rooms import Rooms
from tests.content import FIRST_DAY, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import NOON

Edit = Callable[[Rooms], object]


def reader_of(rooms: Rooms) -> FactReader:
    return FactReader(rooms.db, NOTICES["vi"], lambda: None)


@pytest.fixture
def furnished(rooms: Rooms) -> Rooms:
    """Something in every table that manifests are made from."""
    with rooms.db.write() as session:
        days = [{"day": "2026-03-03", "name": ""}]
        session.add(
            DaySet(id="day_1", unit_id=root_of(rooms), name="Nghỉ", days=days, created_at=NOON, version=1)
        )
    add_screen(rooms.db, root_of(rooms), "Sảnh")
    add_screen(rooms.db, root_of(rooms), "Thang máy", tags=[ScreenTag(tag_key="thang máy", tag="Thang máy")])
    playlist = add_playlist(rooms, assets=[add_asset(rooms), add_asset(rooms)])
    add_schedule(rooms, playlist, exclude_sets=("day_1",))
    add_schedule(rooms, playlist, targets=(Target("tag", "thang máy"),))
    return rooms


def written(table: type, **values: object) -> Edit:
    """An edit past all rooms, as another program may make it: no version moves with it."""

    def edit(rooms: Rooms) -> None:
        with rooms.db.write() as session:
            session.execute(update(table).values(**values))

    return edit


def deleted(table: type) -> Edit:
    def edit(rooms: Rooms) -> None:
        with rooms.db.write() as session:
            session.execute(delete(table))

    return edit


EDITS: dict[str, Edit] = {
    "a screen's name": written(Screen, name="Cổng"),
    "a screen's zone": written(Screen, zone="Europe/Berlin"),
    "a screen more": lambda rooms: add_screen(rooms.db, root_of(rooms)),
    "no screens any more": deleted(Screen),
    "a tag": written(ScreenTag, tag_key="sảnh"),
    "tags gone": deleted(ScreenTag),
    "the fallback of a unit": lambda rooms: written(Unit, fallback_playlist_id=add_playlist(rooms))(rooms),
    "the hours of a schedule": written(Schedule, windows=[[60, 120]]),
    "the last day of a schedule": written(Schedule, last_day=date(2026, 4, 1)),
    "schedules gone, and their targets with them": deleted(Schedule),
    "a schedule more": lambda rooms: add_schedule(rooms, add_playlist(rooms)),
    "the days of a day set": written(DaySet, days=[{"day": "2026-03-05", "name": ""}]),
    "how long slides last": written(Slide, duration_ms=7_000),
    "no slides": deleted(Slide),
    "when assets expire": written(Asset, expires_at=NOON + timedelta(days=3)),
    "what assets show": written(Asset, alt="Rửa tay"),
    "another picture": written(Rendition, size_bytes=99),
    "pictures gone": deleted(Rendition),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_whatever_is_edited_is_seen(furnished: Rooms, edit: Edit) -> None:
    reader = reader_of(furnished)
    before = reader.read()
    edit(furnished)
    after = reader.read()
    assert _plain(after) == _plain(reader_of(furnished).read())
    assert _plain(after) != _plain(before)


def test_what_has_not_changed_is_the_very_same_object(furnished: Rooms) -> None:
    reader = reader_of(furnished)
    before = reader.read()
    asset = add_asset(furnished)
    add_schedule(furnished, add_playlist(furnished, assets=[asset]), rule=DateRule(FIRST_DAY))
    after = reader.read()
    assert all(after.schedules[name] is one for name, one in before.schedules.items())
    assert all(after.playlists[name] is one for name, one in before.playlists.items())
    assert all(after.assets[name] is one for name, one in before.assets.items())
    assert after.screens is before.screens or after.screens == before.screens
    assert reader.read().schedules is after.schedules


@pytest.fixture
def statements(furnished: Rooms) -> Iterator[list[str]]:
    """What is asked of the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(furnished.db.engine, "before_cursor_execute", note)
    yield asked
    event.remove(furnished.db.engine, "before_cursor_execute", note)


def test_when_nothing_has_changed_rows_are_read_once_and_nothing_is_made_of_them(
    furnished: Rooms, statements: list[str]
) -> None:
    reader = reader_of(furnished)
    reader.read()
    statements.clear()
    facts = reader.read()
    again = list(statements)
    assert len(again) <= 12
    for number in range(20):
        add_screen(furnished.db, root_of(furnished), f"Màn hình {number}")
    reader.read()
    statements.clear()
    assert reader.read().cohorts != facts.cohorts
    assert statements == again, "more of them cost no more questions"


def _plain(facts: Facts) -> object:
    """Facts as values that can be compared: a row of the schedule table is only equal to itself."""
    schedules = {name: draft_of(row, facts.known_days) for name, row in facts.schedules.items()}
    cohorts = {cohort: sorted(ids) for cohort, ids in facts.cohorts.items()}
    return (facts.screens, cohorts, schedules, facts.playlists, facts.assets, facts.built_in)
