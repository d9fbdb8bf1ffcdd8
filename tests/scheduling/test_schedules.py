from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry, Unit
from signage_server.accounts.references import NoSuchUnit
from signage_server.db import etag_of, new_id
from signage_server.errors import Invalid, Stale
from signage_server.scheduling import refusals, schedules
from signage_server.scheduling.models import ScheduleTarget
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.specs import ScheduleDraft, draft_of
from signage_server.scheduling.targets import EVERYWHERE, Target
from signage_server.screens.tags import TagWrong
from signage_server.web.rooms import Rooms
from tests.content import (
    ADMIN,
    FIRST_DAY,
    WORKING_HOURS,
    add_playlist,
    add_schedule,
    add_screen,
    root_of,
    schedule_draft,
)
from tests.factories import NOON, make_app, rooms_of, running

MORNING, AFTERNOON, NIGHT = Window(7 * 60, 12 * 60), Window(12 * 60, 18 * 60), Window(22 * 60, 5 * 60)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield rooms_of(app)


def kept(rooms: Rooms, schedule_id: str) -> ScheduleDraft:
    with rooms.db.read() as session:
        return draft_of(schedules.find(session, schedule_id), {})


def add_unit(rooms: Rooms, name: str, parent_id: str) -> str:
    unit_id = new_id("unt")
    with rooms.db.write() as session:
        session.add(Unit(id=unit_id, name=name, parent_id=parent_id, created_at=NOON))
    return unit_id


def test_a_schedule_is_kept_as_it_was_meant(rooms: Rooms) -> None:
    screen = Target("screen", add_screen(rooms.db, root_of(rooms)))
    draft = schedule_draft(
        rooms,
        add_playlist(rooms),
        role="reminder",
        rule=DateRule(
            FIRST_DAY,
            date(2026, 12, 31),
            "FREQ=WEEKLY;BYDAY=MO,FR",
            (date(2026, 4, 30),),
            (date(2026, 5, 2), date(2026, 5, 3)),
        ),
        targets=(Target("unit", root_of(rooms)), screen),
        windows=(MORNING, NIGHT),
        zone="Asia/Bangkok",
        every_ms=900_000,
        take="all",
    )
    assert kept(rooms, rooms.schedules.create(ADMIN, draft)) == draft


def test_equal_schedules_are_spelled_equally(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    plain = add_schedule(
        rooms,
        playlist_id,
        windows=(MORNING, AFTERNOON),
        rule=DateRule(
            FIRST_DAY, rrule="FREQ=WEEKLY;BYDAY=MO,TU", except_days=(date(2026, 4, 6), date(2026, 4, 7))
        ),
    )
    odd = add_schedule(
        rooms,
        playlist_id,
        windows=(AFTERNOON, MORNING, AFTERNOON),
        targets=(EVERYWHERE, EVERYWHERE),
        rule=DateRule(
            FIRST_DAY, rrule="RRULE:byday=tu,mo;freq=weekly", except_days=(date(2026, 4, 7), date(2026, 4, 6))
        ),
    )
    assert kept(rooms, odd) == kept(rooms, plain)


@pytest.mark.parametrize(
    ("role", "given", "left"),
    [
        ("rotation", {"every_ms": 60_000, "take": "next", "priority": 7}, {}),
        ("takeover", {"share_permille": 100, "priority": 7}, {"priority": 7}),
        ("off", {"share_permille": 100, "silences_reminders": True}, {"playlist_id": None}),
    ],
)
def test_what_a_role_has_no_use_for_is_left_out(
    rooms: Rooms, role: str, given: dict[str, Any], left: dict[str, Any]
) -> None:
    plain = schedule_draft(rooms, add_playlist(rooms), role=role)
    assert kept(rooms, rooms.schedules.create(ADMIN, replace(plain, **given))) == replace(plain, **left)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"playlist_id": None}, schedules.PlaylistMissing),
        ({"playlist_id": "pls_gone"}, schedules.SchedulePlaylistUnknown),
        ({"role": "reminder", "take": "next"}, schedules.RhythmMissing),
        ({"role": "reminder", "every_ms": 900_000}, schedules.TakeMissing),
        ({"zone": "Asia/Rach_Gia"}, schedules.ScheduleZoneUnknown),
        ({"unit_id": "unt_gone"}, NoSuchUnit),
        ({"rule": DateRule(FIRST_DAY, date(2026, 2, 28))}, refusals.LastBeforeFirst),
        ({"rule": DateRule(FIRST_DAY, rrule="FREQ=HOURLY")}, refusals.SubDailyRule),
        ({"rule": DateRule(FIRST_DAY, FIRST_DAY, except_days=(FIRST_DAY,))}, refusals.NoDays),
    ],
)
def test_what_could_not_be_played_is_refused(
    rooms: Rooms, fields: dict[str, Any], error: type[Invalid]
) -> None:
    draft = replace(schedule_draft(rooms, add_playlist(rooms)), **fields)
    with pytest.raises(error):
        rooms.schedules.create(ADMIN, draft)
    with pytest.raises(error):
        rooms.schedules.check(draft)


@pytest.mark.parametrize(
    "target", [Target("screen", "scr_gone"), Target("unit", "unt_gone"), Target("all", "x"), Target("screen")]
)
def test_a_place_that_is_not_there_is_refused_by_its_number(rooms: Rooms, target: Target) -> None:
    draft = schedule_draft(rooms, add_playlist(rooms), targets=(EVERYWHERE, target))
    with pytest.raises(schedules.TargetUnknown) as refused:
        rooms.schedules.create(ADMIN, draft)
    assert refused.value.facts == {"position": 2}


def test_checking_keeps_nothing(rooms: Rooms) -> None:
    revision = rooms.db.revision()
    playlist_id = add_playlist(rooms)
    assert rooms.schedules.check(schedule_draft(rooms, playlist_id)).playlist_id == playlist_id
    with rooms.db.read() as session:
        assert schedules.schedules_by_playlist(session, [playlist_id]) == {}
    assert rooms.db.revision() == revision + 2  # the asset and the playlist


def test_whoever_saw_an_older_version_is_refused(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms))
    with rooms.db.read() as session:
        seen = schedules.find(session, schedule_id)
    rooms.schedules.replace(ADMIN, schedule_id, etag_of(seen), replace(draft_of(seen, {}), name="Của Lan"))
    with pytest.raises(Stale):
        rooms.schedules.replace(
            ADMIN, schedule_id, etag_of(seen), replace(draft_of(seen, {}), name="Của Minh")
        )
    with pytest.raises(Stale):
        rooms.schedules.delete(ADMIN, schedule_id, etag_of(seen))
    assert kept(rooms, schedule_id).name == "Của Lan"


def test_every_edit_leaves_a_line_in_the_trail(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), windows=(MORNING,))
    wanted = replace(
        kept(rooms, schedule_id), windows=(AFTERNOON,), rule=DateRule(FIRST_DAY, date(2026, 6, 1))
    )
    rooms.schedules.replace(ADMIN, schedule_id, None, wanted)
    rooms.schedules.delete(ADMIN, schedule_id, None)
    with rooms.db.read() as session:
        trail = session.scalars(select(AuditEntry).where(AuditEntry.object_id == schedule_id)).all()
    assert [entry.action for entry in trail] == ["schedule.create", "schedule.update", "schedule.delete"]
    changed = trail[1]
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["windows"], changed.after["windows"]) == ([[420, 720]], [[720, 1080]])
    assert (changed.before["last_day"], changed.after["last_day"]) == (None, "2026-06-01")
    with pytest.raises(schedules.UnknownSchedule):
        kept(rooms, schedule_id)


def test_a_screen_that_goes_is_taken_out_of_all_targets(rooms: Rooms) -> None:
    playlist_id, root = add_playlist(rooms), root_of(rooms)
    gone, stays = (add_screen(rooms.db, root, name) for name in ("A", "B"))
    both = add_schedule(rooms, playlist_id, targets=(Target("screen", gone), Target("screen", stays)))
    only = add_schedule(rooms, playlist_id, targets=(Target("screen", gone),))
    rooms.screens.delete(ADMIN, gone, None)
    assert kept(rooms, both).targets == (Target("screen", stays),)
    assert kept(rooms, only).targets == ()
    with rooms.db.read() as session:
        assert etag_of(schedules.find(session, both)) == "v2"
        assert len(session.scalars(select(ScheduleTarget)).all()) == 1


def test_shares_of_rotations_that_meet_fit_into_the_loop(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    half = add_schedule(rooms, playlist_id, name="Một nửa", share_permille=500)
    rest = schedule_draft(rooms, playlist_id, name="Phần còn lại", share_permille=301)
    with pytest.raises(schedules.SharesTooLarge) as refused:
        rooms.schedules.create(ADMIN, rest)
    said = "(“Một nửa”, “Phần còn lại”) đòi tổng cộng 80,1 % thời lượng; nhiều nhất là 80 %."
    assert said in refused.value.message("vi")
    assert "want 80.1 % of the time; 80 % is the most." in refused.value.message("en")

    rest_id = rooms.schedules.create(ADMIN, replace(rest, share_permille=300))
    rooms.schedules.replace(ADMIN, rest_id, None, replace(rest, share_permille=299))
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.replace(ADMIN, half, None, replace(kept(rooms, half), share_permille=502))


@pytest.mark.parametrize(
    "fields",
    [
        {"windows": (AFTERNOON,)},
        {"rule": DateRule(FIRST_DAY, rrule="FREQ=WEEKLY;BYDAY=SA,SU")},
        {"rule": DateRule(date(2027, 1, 1))},
        {"role": "takeover", "windows": (MORNING,)},
    ],
)
def test_shares_that_never_meet_in_time_do_not_add_up(rooms: Rooms, fields: dict[str, Any]) -> None:
    playlist_id = add_playlist(rooms)
    weekdays = DateRule(FIRST_DAY, date(2026, 12, 31), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    add_schedule(rooms, playlist_id, windows=(MORNING,), rule=weekdays, share_permille=800)
    other = {"windows": (MORNING,), "rule": weekdays} | fields
    assert add_schedule(rooms, playlist_id, share_permille=800, **other)


def test_a_night_that_reaches_into_the_morning_meets_it(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    add_schedule(
        rooms, playlist_id, windows=(NIGHT,), rule=DateRule(FIRST_DAY, FIRST_DAY), share_permille=500
    )
    next_day = DateRule(date(2026, 3, 2), date(2026, 3, 2))
    early = schedule_draft(rooms, playlist_id, rule=next_day, share_permille=500)
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.create(ADMIN, replace(early, windows=(Window(4 * 60, 6 * 60),)))
    assert rooms.schedules.create(ADMIN, replace(early, windows=(Window(5 * 60, 6 * 60),)))


def test_shares_meet_only_where_a_screen_gets_both(rooms: Rooms) -> None:
    playlist_id, root = add_playlist(rooms), root_of(rooms)
    health, school = add_unit(rooms, "Sở Y tế", root), add_unit(rooms, "Sở Giáo dục", root)
    lift = add_screen(rooms.db, school, "Thang máy")
    add_schedule(rooms, playlist_id, share_permille=500, targets=(Target("unit", health),))

    elsewhere = schedule_draft(rooms, playlist_id, share_permille=500, targets=(Target("unit", school),))
    rooms.schedules.check(replace(elsewhere, targets=(Target("screen", lift),)))
    rooms.schedules.create(ADMIN, elsewhere)
    for target in (EVERYWHERE, Target("unit", root), Target("unit", health), Target("screen", lift)):
        with pytest.raises(schedules.SharesTooLarge):
            rooms.schedules.check(replace(elsewhere, targets=(target,)))


def test_shares_in_different_zones_are_compared_as_instants(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, playlist_id, share_permille=500, windows=(WORKING_HOURS,))
    tokyo = schedule_draft(rooms, playlist_id, share_permille=500, zone="Asia/Tokyo")
    rooms.schedules.check(replace(tokyo, windows=(Window(21 * 60, 22 * 60),)))
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.check(replace(tokyo, windows=(Window(20 * 60, 22 * 60),)))


def test_a_schedule_is_not_blamed_for_others_that_met_when_a_screen_moved(rooms: Rooms) -> None:
    playlist_id, root = add_playlist(rooms), root_of(rooms)
    health, school = add_unit(rooms, "Sở Y tế", root), add_unit(rooms, "Sở Giáo dục", root)
    lift = add_screen(rooms.db, root, "Thang máy")
    add_schedule(rooms, playlist_id, share_permille=500, targets=(Target("screen", lift),))
    add_schedule(rooms, playlist_id, share_permille=500, targets=(Target("unit", health),))
    rooms.screens.change(ADMIN, lift, None, {"unit_id": health})

    elsewhere = schedule_draft(rooms, playlist_id, share_permille=100, targets=(Target("unit", school),))
    assert rooms.schedules.create(ADMIN, elsewhere)
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.check(replace(elsewhere, targets=(Target("screen", lift),)))


def test_a_tag_need_not_be_there_yet_and_is_spelled_once(rooms: Rooms) -> None:
    targets = (Target("tag", " Thang  máy "), Target("tag", "thang máy"), EVERYWHERE)
    schedule_id = add_schedule(rooms, add_playlist(rooms), targets=targets)
    assert kept(rooms, schedule_id).targets == (Target("tag", "Thang máy"), EVERYWHERE)


@pytest.mark.parametrize("tag", [None, "", "  ", "x" * 41])
def test_a_tag_that_no_screen_can_have_is_refused(rooms: Rooms, tag: str | None) -> None:
    with pytest.raises(TagWrong):
        rooms.schedules.check(schedule_draft(rooms, add_playlist(rooms), targets=(Target("tag", tag),)))


def test_a_target_is_of_its_own_kind(rooms: Rooms) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    wrong = (Target("screen", screen), Target("unit", screen))
    with pytest.raises(schedules.TargetUnknown) as refused:
        rooms.schedules.check(schedule_draft(rooms, add_playlist(rooms), targets=wrong))
    assert refused.value.facts == {"position": 2}


def test_shares_meet_where_a_screen_has_the_tag_or_both_name_it(rooms: Rooms) -> None:
    playlist_id, root = add_playlist(rooms), root_of(rooms)
    lift = add_screen(rooms.db, root)
    rooms.screens.change(ADMIN, lift, None, {"tags": ["Thang máy"]})
    add_schedule(rooms, playlist_id, share_permille=500, targets=(Target("tag", "thang máy"),))
    half = schedule_draft(rooms, playlist_id, share_permille=500)
    for target in (Target("screen", lift), Target("unit", root), Target("tag", "THANG MÁY"), EVERYWHERE):
        with pytest.raises(schedules.SharesTooLarge):
            rooms.schedules.check(replace(half, targets=(target,)))
    hall = replace(half, targets=(Target("tag", "sảnh"),))
    rooms.schedules.create(ADMIN, hall)
    with pytest.raises(schedules.SharesTooLarge):  # no screen has it yet, but whichever gets it has both
        rooms.schedules.check(hall)
    rooms.screens.change(ADMIN, lift, None, {"tags": ["Thang máy", "Bệnh viện"]})
    with pytest.raises(schedules.SharesTooLarge):
        rooms.schedules.check(replace(half, targets=(Target("tag", "bệnh viện"),)))
