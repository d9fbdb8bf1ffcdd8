import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import FrameType

import pytest
from sqlalchemy import delete, select

from signage_server.delivery.compiling import Content
from signage_server.delivery.facts import Facts
from signage_server.delivery.manifest import Manifest
from signage_server.delivery.manifests import KEPT
from signage_server.delivery.models import SentManifest
from signage_server.delivery.publisher import Published
from signage_server.library.models import Asset
from signage_server.scheduling.recurrence import DateRule
from signage_server.scheduling.targets import Target
from signage_server.scheduling.zone_rules import forget
from signage_server.screens.models import Screen
from signage_server.web.rooms import Rooms
from tests.content import FIRST_DAY, add_asset, add_playlist, add_schedule, add_screen, root_of
from tests.factories import TestClock


@pytest.fixture
def told(rooms: Rooms) -> list[Published]:
    told: list[Published] = []
    rooms.publisher.after_publish(told.append)
    return told


def test_every_screen_gets_the_manifest_of_its_cohort_once(rooms: Rooms, told: list[Published]) -> None:
    lying = [add_screen(rooms.db, root_of(rooms)) for _ in range(3)]
    standing = add_screen(rooms.db, root_of(rooms), profile="1080x1920")
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    assert sorted(len(one.screen_ids) for one in told) == [1, 3]
    assert {rooms.publisher.wanted(screen) for screen in lying} == {told[0].digest}
    assert rooms.publisher.wanted(standing) == told[1].digest
    assert told[1].digest != told[0].digest


def test_an_unchanged_recompilation_gives_the_same_digest_and_nothing_is_told(
    rooms: Rooms, told: list[Published], clock: TestClock
) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    before = rooms.publisher.wanted(screen)
    told.clear()
    rooms.publisher._made.clear()  # so that it is compiled anew
    clock.forward(hours=3)
    rooms.publisher.reconcile()
    assert told == []
    assert rooms.publisher.wanted(screen) == before


def test_equal_content_is_compiled_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[Content] = []
    compile_really = Content.manifest

    def counted(content: Content) -> Manifest:
        compiled.append(content)
        return compile_really(content)

    monkeypatch.setattr(Content, "manifest", counted)
    add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    add_playlist(rooms, "Chưa dùng")
    rooms.publisher.reconcile()
    assert len(compiled) == 1


def test_a_cohort_is_compiled_once_however_many_screens_it_has(
    rooms: Rooms, told: list[Published], clock: TestClock
) -> None:
    add_schedule(rooms, add_playlist(rooms))
    work: list[int] = []
    for number in range(4):
        for _ in range(10**number):
            add_screen(rooms.db, root_of(rooms))
        rooms.publisher.forget_compiled()
        forget()
        work.append(calls(rooms.publisher.reconcile, "compile_timeline"))
        told.clear()
        clock.forward(days=1)
    assert work == [1, 1, 1, 1]


def test_cohorts_share_what_their_schedules_have_in_common(rooms: Rooms) -> None:
    for number in range(5):
        add_schedule(
            rooms, add_playlist(rooms), rule=DateRule(FIRST_DAY, rrule=f"FREQ=DAILY;INTERVAL={number + 1}")
        )
    add_screen(rooms.db, root_of(rooms))
    forget()
    alone = calls(rooms.publisher.reconcile, "_walk_on")
    assert alone == 5, "each rule was expanded"
    add_screen(rooms.db, root_of(rooms), profile="1080x1920")
    assert calls(rooms.publisher.reconcile, "_walk_on") == 0, "another profile needs no day worked out again"
    add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    assert calls(rooms.publisher.reconcile, "_walk_on") == 5, "another zone has other instants"
    add_schedule(rooms, add_playlist(rooms))
    assert calls(rooms.publisher.reconcile, "_walk_on") == 2, "the new one, in both zones"


def test_an_edit_does_not_move_the_horizon_and_the_zones_own_midnight_does(
    rooms: Rooms, clock: TestClock
) -> None:
    hanoi = add_screen(rooms.db, root_of(rooms))
    berlin = add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    playlist = add_playlist(rooms)
    starts: list[tuple[int, int]] = []
    # 12:00 in Hà Nội; 23:59 there; 00:01 there; 23:59 in Berlin; 00:01 there.
    for minutes in (0, 719, 2, 358, 2):
        clock.forward(minutes=minutes)
        add_schedule(rooms, playlist)
        rooms.publisher.reconcile()
        starts.append((_horizon_start(rooms, hanoi), _horizon_start(rooms, berlin)))
    day = 86_400_000
    moved = [((a1 - a0) // day, (b1 - b0) // day) for (a0, b0), (a1, b1) in pairwise(starts)]
    assert moved == [(0, 0), (1, 0), (0, 0), (0, 1)]


def _horizon_start(rooms: Rooms, screen_id: str) -> int:
    manifest = rooms.publisher.wanted_manifest(screen_id)
    assert manifest is not None
    return manifest.horizon_ms[0]


def calls(work: Callable[[], object], name: str) -> int:
    """How often a function of ours was really called meanwhile."""
    found = 0

    def look(frame: FrameType, event: str, _: object) -> None:
        nonlocal found
        found += event == "call" and frame.f_code.co_name == name and not _resumed(frame)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def _resumed(frame: FrameType) -> bool:
    """Whether a generator only goes on."""
    return frame.f_lasti > 10


def test_only_the_screens_that_an_edit_concerns_are_told(rooms: Rooms, told: list[Published]) -> None:
    one, other = (add_screen(rooms.db, root_of(rooms)) for _ in range(2))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    told.clear()
    add_schedule(rooms, add_playlist(rooms), targets=(Target("screen", other),))
    rooms.publisher.reconcile()
    assert [list(news.screen_ids) for news in told] == [[other]]
    assert rooms.publisher.wanted(one) != rooms.publisher.wanted(other)


def test_the_horizon_moves_with_the_local_day_of_each_zone(
    rooms: Rooms, told: list[Published], clock: TestClock
) -> None:
    hanoi = add_screen(rooms.db, root_of(rooms))
    berlin = add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    assert rooms.publisher.next_midnight() == datetime(2026, 3, 2, 17, tzinfo=UTC)
    told.clear()
    clock.now = rooms.publisher.next_midnight()
    rooms.publisher.reconcile()
    assert [list(news.screen_ids) for news in told] == [[hanoi]]
    assert rooms.publisher.next_midnight() == datetime(2026, 3, 2, 23, tzinfo=UTC)
    told.clear()
    clock.now = rooms.publisher.next_midnight()
    rooms.publisher.reconcile()
    assert [list(news.screen_ids) for news in told] == [[berlin]]


def test_a_manifest_is_written_down_before_any_board_hears_of_it(rooms: Rooms) -> None:
    known: list[str | None] = []

    def look(published: Published) -> None:
        with rooms.db.read() as session:
            query = select(SentManifest.text).where(SentManifest.digest == published.digest)
            known.append(session.scalar(query))

    rooms.publisher.reconcile()
    rooms.publisher.after_publish(look)
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    revision = rooms.db.revision()
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    assert known == [manifest.text]
    assert rooms.db.revision() == revision, "what was sent is no edit"


def test_manifests_of_the_past_can_be_read_for_400_days(rooms: Rooms, clock: TestClock) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    old = rooms.publisher.wanted(screen)
    assert old is not None
    clock.forward(days=1)
    rooms.publisher.reconcile()
    assert rooms.publisher.wanted(screen) != old
    manifest = rooms.publisher.manifest(old)
    assert manifest is not None
    assert manifest.digest == old
    clock.forward(days=KEPT.days - 1)
    rooms.sent_manifests.clean_up()
    assert rooms.publisher.text(old) is not None
    clock.forward(days=1)
    rooms.sent_manifests.clean_up()
    assert rooms.publisher.text(old) is None
    assert rooms.publisher.text(rooms.publisher.wanted(screen) or "") is not None, "today's is in use"


def test_a_cohort_that_fails_keeps_what_it_has_and_the_others_go_on(
    rooms: Rooms, told: list[Published], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hanoi = add_screen(rooms.db, root_of(rooms))
    berlin = add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    before = rooms.publisher.wanted(hanoi)
    told.clear()
    compile_really = Content.manifest

    def broken_in_hanoi(content: Content) -> Manifest:
        if content.zone == "Asia/Ho_Chi_Minh":
            raise RuntimeError("a bug of tomorrow")
        return compile_really(content)

    monkeypatch.setattr(Content, "manifest", broken_in_hanoi)
    add_schedule(rooms, add_playlist(rooms))
    with caplog.at_level(logging.ERROR):
        rooms.publisher.reconcile()
    assert [list(news.screen_ids) for news in told] == [[berlin]]
    assert rooms.publisher.wanted(hanoi) == before
    assert "a bug of tomorrow" in caplog.text


def test_a_screen_that_was_taken_down_is_told_of_and_forgotten(rooms: Rooms) -> None:
    gone: list[str] = []
    rooms.publisher.after_gone(gone.append)
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    rooms.publisher.reconcile()
    with rooms.db.write() as session:
        session.execute(delete(Screen))
    rooms.publisher.reconcile()
    assert gone == [screen]
    assert rooms.publisher.wanted(screen) is None
    assert rooms.publisher.screen(screen) is None


def test_new_profiles_are_asked_of_the_library(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []
    monkeypatch.setattr(rooms.publisher, "_need_profiles", lambda names: asked.append(set(names)))
    add_screen(rooms.db, root_of(rooms))
    add_screen(rooms.db, root_of(rooms), profile="720x1280-jpeg")
    rooms.publisher.reconcile()
    assert asked == [{"1920x1080", "720x1280-jpeg"}]


def test_the_built_in_notice_is_put_into_the_library_once_and_put_back_if_deleted(rooms: Rooms) -> None:
    for _ in range(3):
        rooms.publisher.reconcile()
    with rooms.db.read() as session:
        (asset,) = session.scalars(select(Asset))
    assert asset.kind == "notice"
    with rooms.db.write() as session:
        session.execute(delete(Asset))
    rooms.publisher.reconcile()
    with rooms.db.read() as session:
        assert len(session.scalars(select(Asset)).all()) == 1


def test_there_are_never_two_reconciliations_at_once(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = [0], [0]
    read_really = rooms.publisher._reader.read
    first_is_in, may_go_on = threading.Event(), threading.Event()

    def slow() -> Facts:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        first_is_in.set()
        may_go_on.wait(5)
        inside[0] -= 1
        return read_really()

    monkeypatch.setattr(rooms.publisher._reader, "read", slow)
    threads = [threading.Thread(target=rooms.publisher.reconcile) for _ in range(3)]
    for thread in threads:
        thread.start()
    first_is_in.wait(5)
    may_go_on.set()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_an_asset_that_becomes_ready_joins_the_plan(rooms: Rooms, told: list[Published]) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    first = add_asset(rooms)
    add_schedule(rooms, add_playlist(rooms, assets=[first]))
    rooms.publisher.reconcile()
    add_schedule(rooms, add_playlist(rooms, assets=[add_asset(rooms)]))
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    assert len(manifest.slides) == 2
    assert len(told) == 2


def test_expired_for_good_is_not_in_the_manifest(rooms: Rooms, clock: TestClock) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    old = add_asset(rooms, expires_at=clock() - timedelta(days=2))
    add_schedule(rooms, add_playlist(rooms, assets=[old, add_asset(rooms)]))
    rooms.publisher.reconcile()
    manifest = rooms.publisher.wanted_manifest(screen)
    assert manifest is not None
    assert old not in {slide.asset for slide in manifest.slides.values()}
