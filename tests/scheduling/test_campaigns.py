from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from signage_server.accounts.references import NoSuchUnit
from signage_server.config import CHECKOUT
from signage_server.library.models import Asset
from signage_server.playlists import documents
from signage_server.playlists.models import Playlist
from signage_server.playlists.playlists import find
from signage_server.scheduling import day_sets, schedules
from signage_server.scheduling.campaigns import Campaigns, Imported
from signage_server.scheduling.exporting import (
    PictureNotInDocuments,
    ScheduleNotInDocuments,
    export_document,
)
from signage_server.scheduling.models import DaySet, Schedule
from signage_server.scheduling.public_days import HOLIDAYS, TET
from signage_server.scheduling.recurrence import DateRule, Window
from signage_server.scheduling.specs import ScheduleDraft, draft_of
from signage_server.scheduling.targets import EVERYWHERE, Target
from signage_server.web.rooms import Rooms
from tests.content import ADMIN, FIRST_DAY, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import make_app, rooms_of, running

TODAY = date(2026, 3, 2)

TEXT = """
format: 1
campaign: {name: tay, title: Rửa tay, language: vi}
notices:
  mot: {template: message, headline: Rửa tay trước khi ăn}
  hai: {template: message, headline: Rửa tay sau khi ho}
  nhac: {template: reminder, headline: "Bạn đã rửa tay chưa?"}
playlists:
  chinh:
    title: Rửa tay
    slides:
      - {notice: mot, duration: 12s}
      - {notice: hai, duration: 8s, transition: cut}
      - {notice: mot, duration: 5s}
  nhac:
    title: Nhắc rửa tay
    slides:
      - {notice: nhac, duration: 15s}
schedules:
  - playlist: chinh
  - playlist: nhac
    role: reminder
    days: mon-fri
    windows: [{from: "07:00", to: "19:00"}]
    every: 15min
    take: next
    first_day: 2026-03-09
"""


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(make_app(tmp_path)) as app:
        yield rooms_of(app)


def take_in(rooms: Rooms, text: str = TEXT, today: date = TODAY, unit_id: str | None = None) -> Imported:
    campaigns = Campaigns(rooms.db, rooms.clock, rooms.library)
    return campaigns.take_in("cli", unit_id or root_of(rooms), documents.load(text), today)


def schedule_drafts(rooms: Rooms, imported: Imported) -> list[ScheduleDraft]:
    with rooms.db.read() as session:
        return [draft_of(schedules.find(session, schedule_id), {}) for schedule_id in imported.schedule_ids]


def counts(rooms: Rooms) -> tuple[int, ...]:
    with rooms.db.read() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(kind)) or 0
            for kind in (Asset, Playlist, Schedule)
        )


def test_a_document_becomes_notices_playlists_and_schedules(rooms: Rooms) -> None:
    imported = take_in(rooms)
    assert counts(rooms) == (3, 2, 2)
    with rooms.db.read() as session:
        main = find(session, imported.playlist_ids[0])
        names = {asset.id: asset.name for asset in session.scalars(select(Asset))}
    slides = [(names[slide.asset_id], slide.duration_ms, slide.transition) for slide in main.slides]
    assert slides == [
        ("Rửa tay trước khi ăn", 12_000, "fade"),
        ("Rửa tay sau khi ho", 8_000, "cut"),
        ("Rửa tay trước khi ăn", 5_000, "fade"),
    ]
    rotation, reminder = schedule_drafts(rooms, imported)
    assert rotation == ScheduleDraft(
        "Rửa tay", root_of(rooms), "rotation", DateRule(TODAY), imported.playlist_ids[0], (EVERYWHERE,)
    )
    assert reminder == ScheduleDraft(
        name="Nhắc rửa tay",
        unit_id=root_of(rooms),
        role="reminder",
        rule=DateRule(date(2026, 3, 9), rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        playlist_id=imported.playlist_ids[1],
        windows=(Window(420, 1140),),
        every_ms=900_000,
        take="next",
    )


def test_the_same_document_again_changes_nothing(rooms: Rooms) -> None:
    first = take_in(rooms)
    again = take_in(rooms, today=TODAY + timedelta(days=30))
    assert (again.playlist_ids, again.schedule_ids) == (first.playlist_ids, first.schedule_ids)
    assert (first.edits, again.edits) == (4, 0)
    assert counts(rooms) == (3, 2, 2)


def test_a_newer_document_brings_what_is_there_up_to_date(rooms: Rooms) -> None:
    first = take_in(rooms)
    with rooms.db.read() as session:
        before = {slide.asset_id: slide.id for slide in find(session, first.playlist_ids[0]).slides[:2]}
    newer = TEXT.replace("- {notice: mot, duration: 12s}\n", "- {notice: hai, duration: 9s}\n", 1)
    newer = newer.replace("- {notice: hai, duration: 8s, transition: cut}", "- {notice: mot, duration: 7s}")
    again = take_in(rooms, newer.replace("every: 15min", "every: 30min"))

    assert (again.playlist_ids, again.edits) == (first.playlist_ids, 2)
    with rooms.db.read() as session:
        slides = find(session, first.playlist_ids[0]).slides
    assert [slide.duration_ms for slide in slides] == [9_000, 7_000, 5_000]
    assert {slide.asset_id: slide.id for slide in slides[:2]} == before
    assert schedule_drafts(rooms, again)[1].every_ms == 1_800_000


def test_what_the_document_does_not_speak_of_stays_as_operators_set_it(rooms: Rooms) -> None:
    first = take_in(rooms)
    screen = Target("screen", add_screen(rooms.db, root_of(rooms)))
    rotation = schedule_drafts(rooms, first)[0]
    wanted = ScheduleDraft(**vars(rotation) | {"targets": (screen,), "share_permille": 300})
    rooms.schedules.replace(ADMIN, first.schedule_ids[0], None, wanted)
    assert take_in(rooms).edits == 0
    assert schedule_drafts(rooms, first)[0] == wanted


def test_off_needs_no_playlist_and_equal_titles_stay_apart(rooms: Rooms) -> None:
    more = (
        TEXT + "  - {role: off, windows: [{from: '22:00', to: '05:00'}]}\n  - {playlist: chinh, days: sun}\n"
    )
    imported = take_in(rooms, more)
    names = [draft.name for draft in schedule_drafts(rooms, imported)]
    assert names == ["Rửa tay", "Nhắc rửa tay", "Rửa tay: tắt màn hình", "Rửa tay (2)"]
    assert take_in(rooms, more).edits == 0


def test_a_unit_that_is_not_there_gets_nothing(rooms: Rooms) -> None:
    with pytest.raises(NoSuchUnit):
        take_in(rooms, unit_id="unt_gone")
    assert counts(rooms) == (0, 0, 0)


def test_what_is_written_out_and_taken_in_again_is_the_same(rooms: Rooms) -> None:
    imported = take_in(rooms)
    for playlist_id in imported.playlist_ids:
        with rooms.db.read() as session:
            document = export_document(session, playlist_id)
        assert take_in(rooms, documents.dump(document), TODAY).edits == 0
    assert counts(rooms) == (3, 2, 2)


def test_a_picture_cannot_be_written_into_a_document(rooms: Rooms) -> None:
    playlist_id = add_playlist(rooms, assets=[add_asset(rooms, "Cổng chào")])
    with rooms.db.read() as session, pytest.raises(PictureNotInDocuments) as refused:
        export_document(session, playlist_id)
    assert "“Cổng chào”" in refused.value.message("vi")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Asia/Tokyo"),
        ("share_permille", 200),
        ("rrule", DateRule(FIRST_DAY, rrule="FREQ=MONTHLY;BYMONTHDAY=1")),
        ("rrule", DateRule(FIRST_DAY, rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")),
    ],
)
def test_a_schedule_that_says_more_than_documents_can_is_named(
    rooms: Rooms, field: str, value: object
) -> None:
    playlist_id = take_in(rooms).playlist_ids[0]
    add_schedule(
        rooms, playlist_id, name="Đặc biệt", **{"rule" if isinstance(value, DateRule) else field: value}
    )
    with rooms.db.read() as session, pytest.raises(ScheduleNotInDocuments) as refused:
        export_document(session, playlist_id)
    assert refused.value.facts == {"name": "Đặc biệt", "what": field}


DAYS = """  - playlist: chinh
    only_on: [hoc]
    also_on: [2026-12-20, hoc]
    not_on: [vn-tet, vn-holidays, 2026-09-07]
    first_day: 2026-03-09
day_sets:
  hoc:
    title: Năm học
    days: [{day: 2026-09-05, name: Khai giảng}, 2026-09-07, 2026-10-20]
"""


def test_day_sets_come_with_the_document_and_go_with_it(
    rooms: Rooms, tmp_path_factory: pytest.TempPathFactory
) -> None:
    imported = take_in(rooms, TEXT + DAYS)
    with rooms.db.read() as session:
        (own,) = session.scalars(select(DaySet)).all()
        row = schedules.find(session, imported.schedule_ids[2])
        draft = draft_of(row, day_sets.days_for(session, [row]))
        document = export_document(session, imported.playlist_ids[0])
    assert own.name == "Năm học"
    assert own.days[0] == {"day": "2026-09-05", "name": "Khai giảng"}
    assert (draft.only_sets, draft.include_sets, draft.exclude_sets) == (
        (own.id,),
        (own.id,),
        (HOLIDAYS, TET),
    )
    assert (draft.rule.extra_days, draft.rule.except_days) == ((date(2026, 12, 20),), (date(2026, 9, 7),))
    assert take_in(rooms, TEXT + DAYS).edits == 0

    written = documents.dump(document)
    assert documents.load(written) == document
    assert take_in(rooms, written).edits == 0
    with running(make_app(tmp_path_factory.mktemp("other"))) as app:
        other = rooms_of(app)
        imported = take_in(other, written)
        with other.db.read() as session:
            assert session.scalars(select(DaySet.days)).all() == [own.days]
            assert export_document(session, imported.playlist_ids[0]) == document


def test_a_newer_document_changes_its_day_set_and_leaves_others_alone(rooms: Rooms) -> None:
    first = take_in(rooms, TEXT + DAYS)
    plain = schedule_drafts(rooms, first)[0]
    rooms.schedules.replace(ADMIN, first.schedule_ids[0], None, replace(plain, exclude_sets=(TET,)))
    newer = take_in(rooms, TEXT + DAYS.replace(", 2026-10-20]", ", 2026-10-21]"))
    assert newer.edits == 1
    assert schedule_drafts(rooms, newer)[0].exclude_sets == (TET,)
    with rooms.db.read() as session:
        (days,) = session.scalars(select(DaySet.days))
    assert days[-1] == {"day": "2026-10-21", "name": ""}


@pytest.mark.parametrize("name", ["bluezone.yaml", "bluezone-en.yaml"])
def test_the_campaigns_that_ship_with_the_product_come_in_once(rooms: Rooms, name: str) -> None:
    text = (CHECKOUT / "playlists" / name).read_text(encoding="utf-8")
    assert take_in(rooms, text).edits >= 2
    assert take_in(rooms, text).edits == 0
