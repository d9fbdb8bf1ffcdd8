from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.accounts.references import NoSuchUnit
from signage_server.db import etag_of
from signage_server.delivery.built_in import NOTICES
from signage_server.delivery.fact_reader import FactReader
from signage_server.errors import Stale
from signage_server.scheduling import day_sets, refusals, schedules
from signage_server.scheduling.day_sets import (
    DaySetBuiltIn,
    DaySetDraft,
    DaySetGone,
    DaySetInUse,
    SetUse,
    UnknownDaySet,
)
from signage_server.scheduling.public_days import HOLIDAYS, TET, NamedDay, public_dates
from signage_server.scheduling.recurrence import DateRule, days
from signage_server.scheduling.specs import ScheduleDraft, draft_of, spec_of
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_playlist, add_schedule, root_of, schedule_draft
from tests.factories import make_app, rooms_of, running

OPENING = NamedDay(date(2026, 9, 5), "Khai giảng")
EXAM = NamedDay(date(2026, 6, 25), "Thi tốt nghiệp")
WEEKDAYS = DateRule(date(2026, 4, 20), date(2026, 5, 10), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield rooms_of(app)


def add_set(rooms: Rooms, *named: NamedDay, name: str = "Ngày của trường") -> str:
    return rooms.day_sets.create(ADMIN, DaySetDraft(name, root_of(rooms), named))


def kept(rooms: Rooms, set_id: str) -> DaySetDraft:
    with rooms.db.read() as session:
        return day_sets.draft_of(day_sets.find(session, set_id))


def schedule_of(rooms: Rooms, schedule_id: str) -> ScheduleDraft:
    with rooms.db.read() as session:
        row = schedules.find(session, schedule_id)
        return draft_of(row, day_sets.days_for(session, [row]))


def on_days(rooms: Rooms, schedule_id: str) -> set[date]:
    rule = schedule_of(rooms, schedule_id).rule
    return set(days(rule, rule.first_day, date(2027, 12, 31)))


def test_each_day_is_kept_once_with_its_first_name_in_order(rooms: Rooms) -> None:
    set_id = add_set(rooms, OPENING, NamedDay(EXAM.day), EXAM, NamedDay(OPENING.day, "Khác"))
    assert kept(rooms, set_id) == DaySetDraft("Ngày của trường", root_of(rooms), (EXAM, OPENING))
    assert set_id.startswith("day_")


def test_what_cannot_be_kept_is_refused(rooms: Rooms) -> None:
    with pytest.raises(refusals.DayOutOfRange):
        add_set(rooms, NamedDay(date(1900, 1, 1)))
    with pytest.raises(NoSuchUnit):
        rooms.day_sets.create(ADMIN, DaySetDraft("X", "unt_gone", ()))


def test_whoever_saw_an_older_version_is_refused(rooms: Rooms) -> None:
    set_id = add_set(rooms)
    rooms.day_sets.replace(ADMIN, set_id, "v1", "Của Lan", [OPENING])
    with pytest.raises(Stale):
        rooms.day_sets.replace(ADMIN, set_id, "v1", "Của Minh", [])
    with pytest.raises(Stale):
        rooms.day_sets.delete(ADMIN, set_id, "v1")
    assert kept(rooms, set_id).name == "Của Lan"


def test_the_built_in_ones_stay_as_they_are(rooms: Rooms) -> None:
    with pytest.raises(DaySetBuiltIn):
        rooms.day_sets.replace(ADMIN, TET, None, "Tết", [OPENING])
    with pytest.raises(DaySetBuiltIn):
        rooms.day_sets.delete(ADMIN, HOLIDAYS, None)


def test_a_set_in_use_is_not_deleted_and_says_by_whom(rooms: Rooms) -> None:
    set_id, playlist_id = add_set(rooms, OPENING), add_playlist(rooms)
    used = [
        add_schedule(rooms, playlist_id, name="Cổng trường", include_sets=(set_id,)),
        add_schedule(rooms, playlist_id, name="Ăn trưa", exclude_sets=(set_id, TET), include_sets=(set_id,)),
    ]
    with rooms.db.read() as session:
        found = day_sets.uses(session)
    assert found[set_id] == [SetUse(used[0], "Cổng trường"), SetUse(used[1], "Ăn trưa")]
    assert found[TET] == [SetUse(used[1], "Ăn trưa")]
    with pytest.raises(DaySetInUse) as refused:
        rooms.day_sets.delete(ADMIN, set_id, None)
    assert "“Cổng trường”, “Ăn trưa”" in refused.value.message("vi")
    for schedule_id in used:
        rooms.schedules.delete(ADMIN, schedule_id, None)
    rooms.day_sets.delete(ADMIN, set_id, None)
    with pytest.raises(UnknownDaySet):
        kept(rooms, set_id)


def test_every_edit_leaves_a_line_in_the_trail(rooms: Rooms) -> None:
    set_id = add_set(rooms)
    rooms.day_sets.replace(ADMIN, set_id, None, "Mới", [OPENING])
    rooms.day_sets.delete(ADMIN, set_id, None)
    with rooms.db.read() as session:
        trail = session.scalars(select(AuditEntry).where(AuditEntry.object_id == set_id)).all()
    assert [entry.action for entry in trail] == ["day_set.create", "day_set.update", "day_set.delete"]
    assert (trail[1].before or {})["days"] == []
    assert (trail[1].after or {})["days"] == [{"day": "2026-09-05", "name": "Khai giảng"}]


def test_a_schedule_leaves_out_holidays(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=WEEKDAYS, exclude_sets=(HOLIDAYS,))
    plain = set(days(WEEKDAYS, WEEKDAYS.first_day, date(2026, 5, 11)))
    off = {date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}
    assert on_days(rooms, schedule_id) == plain - off


def test_a_day_named_by_hand_outranks_a_set_and_an_exception_everything(rooms: Rooms) -> None:
    set_id = add_set(rooms, NamedDay(date(2026, 5, 2)), NamedDay(date(2026, 5, 3)))
    rule = replace(WEEKDAYS, extra_days=(date(2026, 5, 1),), except_days=(date(2026, 5, 3),))
    schedule_id = add_schedule(
        rooms, add_playlist(rooms), rule=rule, exclude_sets=(HOLIDAYS,), include_sets=(set_id,)
    )
    found = on_days(rooms, schedule_id)
    assert {date(2026, 5, 1), date(2026, 5, 2)} <= found
    assert found.isdisjoint({date(2026, 5, 3), date(2026, 4, 30)})


def test_a_schedule_may_be_on_only_on_days_of_sets(rooms: Rooms) -> None:
    set_id = add_set(rooms, OPENING, EXAM)
    rule = DateRule(date(2026, 1, 1), date(2026, 12, 31))
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=rule, only_sets=(set_id, TET))
    tet = {day for day in public_dates(TET) if day.year == 2026}
    assert on_days(rooms, schedule_id) == tet | {OPENING.day, EXAM.day}


def test_a_schedule_follows_later_changes_of_its_set(rooms: Rooms) -> None:
    set_id = add_set(rooms, OPENING)
    rule = DateRule(date(2026, 1, 1), date(2026, 12, 31))
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=rule, only_sets=(set_id,))
    revision = rooms.db.revision()
    rooms.day_sets.replace(ADMIN, set_id, None, "Ngày thi", [EXAM])
    assert rooms.db.revision() == revision + 1
    assert on_days(rooms, schedule_id) == {EXAM.day}
    facts = FactReader(rooms.db, NOTICES["vi"], lambda: None).read()
    assert spec_of(facts.schedules[schedule_id], (), facts.known_days).rule.only_days == {EXAM.day}


def test_a_set_that_is_not_there_is_refused(rooms: Rooms) -> None:
    draft = schedule_draft(rooms, add_playlist(rooms), exclude_sets=("day_gone",))
    with pytest.raises(DaySetGone):
        rooms.schedules.check(draft)


def test_sets_that_leave_no_day_are_refused(rooms: Rooms) -> None:
    one_day = DateRule(date(2026, 4, 30), date(2026, 5, 1))
    with pytest.raises(refusals.NoDaysLeft):
        rooms.schedules.check(
            schedule_draft(rooms, add_playlist(rooms), rule=one_day, exclude_sets=(HOLIDAYS,))
        )


def test_the_same_sets_are_the_same_schedule(rooms: Rooms) -> None:
    set_id, playlist_id = add_set(rooms, OPENING), add_playlist(rooms)
    one = add_schedule(rooms, playlist_id, exclude_sets=(TET, set_id, TET))
    other = add_schedule(rooms, playlist_id, exclude_sets=(set_id, TET))
    assert schedule_of(rooms, one) == schedule_of(rooms, other)


def test_shares_that_a_set_keeps_apart_do_not_add_up(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    add_schedule(rooms, playlist_id, share_permille=500, exclude_sets=(HOLIDAYS,))
    other = schedule_draft(rooms, playlist_id, share_permille=500, only_sets=(HOLIDAYS,))
    rooms.schedules.create(ADMIN, other)
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.check(replace(other, only_sets=()))


def test_etags_count_the_edits(rooms: Rooms) -> None:
    set_id = add_set(rooms)
    rooms.day_sets.replace(ADMIN, set_id, None, "Mới", [])
    with rooms.db.read() as session:
        assert etag_of(day_sets.find(session, set_id)) == "v2"
