from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.errors import Invalid, Stale
from signage_server.scheduling import day_sets, refusals, schedules
from signage_server.scheduling.day_sets import DaySetDraft, DaySetGone
from signage_server.scheduling.models import Schedule
from signage_server.scheduling.public_days import HOLIDAYS, NamedDay
from signage_server.scheduling.recurrence import DateRule, Window, days
from signage_server.scheduling.specs import ScheduleDraft, draft_of
from signage_server.scheduling.splitting import NotOnThatDay, Scope, Split
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, add_playlist, add_schedule, add_screen, root_of
from tests.factories import make_app, rooms_of, running

MONDAYS = DateRule(date(2026, 3, 2), date(2026, 12, 31), "FREQ=WEEKLY;BYDAY=MO")
DAY = date(2026, 4, 6)
LATE = Window(1320, 1380)


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield rooms_of(app)


def kept(rooms: Rooms, schedule_id: str | None) -> ScheduleDraft:
    with rooms.db.read() as session:
        row = schedules.find(session, schedule_id or "")
        return draft_of(row, day_sets.days_for(session, [row]))


def on_days(rooms: Rooms, schedule_id: str | None) -> set[date]:
    rule = kept(rooms, schedule_id).rule
    return set(days(rule, date(2020, 1, 1), date(2031, 1, 1)))


def split(
    rooms: Rooms, schedule_id: str, scope: Scope, day: date = DAY, etag: str | None = None, **change: Any
) -> Split:
    """With what the schedule says, but for the changes; `change=None` takes the days out."""
    wanted = None if change == {"change": None} else replace(kept(rooms, schedule_id), **change)
    return rooms.splitting.split(ADMIN, schedule_id, etag, day, scope, wanted)


def test_this_day_alone_is_changed(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS, exclude_sets=(HOLIDAYS,))
    before = kept(rooms, schedule_id)
    done = split(rooms, schedule_id, "day", windows=(LATE,), name="Muộn hơn")
    assert done.schedule_id == schedule_id
    assert on_days(rooms, schedule_id) == set(days(before.rule, DAY, DAY)) | (
        set(days(before.rule, MONDAYS.first_day, date(2027, 1, 1))) - {DAY}
    )
    made = kept(rooms, done.made_id)
    assert (made.name, made.windows, made.rule) == ("Muộn hơn", (LATE,), DateRule(DAY, DAY))
    assert made.exclude_sets == ()
    assert kept(rooms, schedule_id).exclude_sets == (HOLIDAYS,)


def test_this_day_and_all_that_follow_are_changed(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS, role="takeover", priority=7)
    whole = on_days(rooms, schedule_id)
    done = split(rooms, schedule_id, "following", windows=(LATE,))
    assert on_days(rooms, schedule_id) == {day for day in whole if day < DAY}
    assert on_days(rooms, done.made_id) == {day for day in whole if day >= DAY}
    made = kept(rooms, done.made_id)
    assert (made.windows, made.priority, made.rule) == ((LATE,), 7, replace(MONDAYS, first_day=DAY))
    assert kept(rooms, schedule_id).windows != (LATE,)


@pytest.mark.parametrize("scope", ["day", "following"])
def test_an_unchanged_change_changes_no_day(rooms: Rooms, scope: Scope) -> None:
    own = rooms.day_sets.create(
        ADMIN, DaySetDraft("Riêng", root_of(rooms), (NamedDay(date(2026, 4, 9)), NamedDay(date(2026, 3, 9))))
    )
    rule = DateRule(
        date(2026, 1, 31),
        None,
        "FREQ=MONTHLY;INTERVAL=1;COUNT=20",
        except_days=(date(2026, 5, 31),),
        extra_days=(date(2026, 4, 10), date(2026, 6, 1)),
    )
    playlist_id = add_playlist(rooms)
    for day in (date(2026, 3, 31), date(2026, 4, 9), date(2026, 4, 10), date(2026, 1, 31)):
        schedule_id = add_schedule(
            rooms, playlist_id, rule=rule, include_sets=(own,), exclude_sets=(HOLIDAYS,)
        )
        whole = on_days(rooms, schedule_id)
        done = split(rooms, schedule_id, scope, day)
        parts = [on_days(rooms, one) for one in (done.schedule_id, done.made_id) if one]
        assert set().union(*parts) == whole
        assert sum(map(len, parts)) == len(whole)


def test_days_are_taken_out(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    one, following = (add_schedule(rooms, playlist_id, rule=MONDAYS) for _ in range(2))
    whole = on_days(rooms, one)
    assert split(rooms, one, "day", change=None) == Split(one, None)
    assert on_days(rooms, one) == whole - {DAY}
    assert split(rooms, following, "following", change=None) == Split(following, None)
    assert on_days(rooms, following) == {day for day in whole if day < DAY}
    assert kept(rooms, following).rule.last_day == DAY - timedelta(days=1)


def test_nothing_is_left_of_what_began_on_that_day(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    once = add_schedule(rooms, playlist_id, rule=DateRule(DAY, DAY))
    done = split(rooms, once, "day", name="Mới")
    assert done.schedule_id is None
    assert kept(rooms, done.made_id).name == "Mới"
    assert split(rooms, done.made_id or "", "following", change=None) == Split(None, None)
    with rooms.db.read() as session:
        assert session.scalars(select(Schedule)).all() == []
        gone = session.scalars(select(AuditEntry).where(AuditEntry.action == "schedule.delete")).all()
    assert [entry.object_id for entry in gone] == [once, done.made_id]


def test_a_change_that_names_other_days_counts_from_that_day_on(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS)
    tuesdays = replace(MONDAYS, rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    done = split(rooms, schedule_id, "following", rule=tuesdays)
    wanted = set(days(tuesdays, DAY, date(2027, 1, 1)))
    assert on_days(rooms, done.made_id) == wanted
    assert on_days(rooms, schedule_id) == set(days(MONDAYS, MONDAYS.first_day, DAY))


def test_a_day_that_is_none_of_its_days_is_refused(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS)
    with pytest.raises(NotOnThatDay) as refused:
        split(rooms, schedule_id, "day", DAY + timedelta(days=1), change=None)
    assert "07/04/2026" in refused.value.message("vi")
    split(rooms, schedule_id, "day", change=None)
    with pytest.raises(NotOnThatDay):
        split(rooms, schedule_id, "following", change=None)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"playlist_id": None}, schedules.PlaylistMissing),
        ({"rule": DateRule(DAY, DAY - timedelta(days=1))}, refusals.LastBeforeFirst),
        ({"rule": DateRule(DAY, rrule="FREQ=HOURLY")}, refusals.SubDailyRule),
        ({"rule": DateRule(date(2026, 1, 1), date(2026, 2, 1))}, refusals.NoDays),
        ({"only_sets": ("day_gone",)}, DaySetGone),
    ],
)
def test_a_change_that_cannot_be_kept_changes_nothing(
    rooms: Rooms, change: dict[str, Any], error: type[Invalid]
) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS)
    before, revision = kept(rooms, schedule_id), rooms.db.revision()
    with pytest.raises(error):
        split(rooms, schedule_id, "following", **change)
    assert kept(rooms, schedule_id) == before
    assert rooms.db.revision() == revision


def test_whoever_saw_an_older_version_is_refused(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS)
    split(rooms, schedule_id, "day", etag="v1", change=None)
    with pytest.raises(Stale):
        split(rooms, schedule_id, "day", MONDAYS.first_day, etag="v1", change=None)


def test_both_parts_tell_their_story_together(rooms: Rooms) -> None:
    schedule_id = add_schedule(rooms, add_playlist(rooms), rule=MONDAYS)
    revision = rooms.db.revision()
    done = split(rooms, schedule_id, "following", windows=(LATE,))
    assert rooms.db.revision() == revision + 1
    with rooms.db.read() as session:
        made, left = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()[::-1]
    assert (made.action, made.object_id) == ("schedule.create", done.made_id)
    assert (left.action, left.object_id, left.at) == ("schedule.update", schedule_id, made.at)
    assert left.before is not None
    assert left.after is not None
    assert (left.before["last_day"], left.after["last_day"]) == ("2026-12-31", "2026-04-05")
    assert left.after["split"] == {"day": "2026-04-06", "scope": "following", "made": done.made_id}


def test_shares_of_both_parts_are_not_added_up(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms)
    add_screen(rooms.db, root_of(rooms))
    schedule_id = add_schedule(rooms, playlist_id, rule=DateRule(date(2026, 3, 2)), share_permille=800)
    done = split(rooms, schedule_id, "following", date(2026, 5, 1), share_permille=700)
    assert kept(rooms, done.made_id).share_permille == 700
    add_schedule(rooms, playlist_id, rule=DateRule(date(2026, 5, 1)), share_permille=100)
    with pytest.raises(schedules.SharesTooLarge):
        split(rooms, done.made_id or "", "day", date(2026, 6, 1), share_permille=701)
