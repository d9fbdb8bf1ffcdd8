import logging
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from apiflask import APIFlask

from signage_server.clock import to_ms
from signage_server.delivery import zone_watch
from signage_server.delivery.compiler import Worker
from signage_server.delivery.compiling import Compiled, Content
from signage_server.delivery.publisher import Published
from signage_server.delivery.zone_watch import ZoneWatch
from signage_server.scheduling.zone_rules import take_newer, zone_data
from signage_server.web.live import Live
from signage_server.web.rooms import Rooms
from tests.content import WORKING_HOURS, add_playlist, add_schedule, add_screen, root_of
from tests.factories import TestClock
from tests.zones import only_zones_of, put_zone

HANOI = "Asia/Ho_Chi_Minh"
JOB = "look for new rules of time zones"


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "zones"
    put_zone(folder, HANOI, HANOI)
    put_zone(folder, "Europe/Berlin", "Europe/Berlin")
    with only_zones_of(folder):
        yield folder


@pytest.fixture
def live(app: APIFlask) -> Live:
    return cast(Live, app.extensions["signage_live"])


def look(live: Live) -> None:
    """What the server does every hour."""
    (job,) = (job for job in live.jobs._jobs if job.name == JOB)
    job.do()


@pytest.mark.usefixtures("zones")
def test_while_the_rules_stay_nothing_is_compiled_anew(live: Live, rooms: Rooms) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    live.reconciler.reconcile()
    before = rooms.publisher._wanted[screen]
    look(live)
    live.reconciler.reconcile()
    assert rooms.publisher._wanted[screen] is before


def test_new_rules_are_compiled_and_told_to_the_screens_they_move(
    live: Live, rooms: Rooms, zones: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hanoi = add_screen(rooms.db, root_of(rooms))
    berlin = add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    add_schedule(rooms, add_playlist(rooms))
    live.reconciler.reconcile()
    before = rooms.publisher.wanted(berlin)
    told: list[Published] = []
    rooms.publisher.after_publish(told.append)
    put_zone(zones, HANOI, "Asia/Tokyo")
    with caplog.at_level(logging.WARNING):
        look(live)
    assert HANOI in caplog.text
    assert "Berlin" not in caplog.text
    assert live.reconciler._wanted.is_set(), "it is reconciled in a moment"
    live.reconciler.reconcile()
    assert [list(news.screen_ids) for news in told] == [[hanoi]], "equal results keep their digests"
    assert rooms.publisher.wanted(berlin) == before
    manifest = rooms.publisher.wanted_manifest(hanoi)
    assert manifest is not None
    assert manifest.horizon_ms[0] == to_ms(datetime(2026, 3, 1, 15, tzinfo=UTC)), "Tokyo's midnight"
    assert rooms.publisher.next_midnight() == datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_days_beyond_the_horizon_go_by_the_new_rules_too(live: Live, rooms: Rooms, zones: Path) -> None:
    screen = add_screen(rooms.db, root_of(rooms))
    add_schedule(rooms, add_playlist(rooms))
    live.reconciler.reconcile()
    june_ms = to_ms(datetime(2026, 6, 1, tzinfo=UTC))
    starts = []
    for rules_of in (HANOI, "Asia/Tokyo"):
        put_zone(zones, HANOI, rules_of)
        look(live)
        live.reconciler.reconcile()
        manifest = rooms.history.pieces(screen, june_ms, june_ms + 1)[0].manifest
        assert manifest is not None
        starts.append(manifest.horizon_ms[0] % 86_400_000 // 3_600_000)
    assert starts == [17, 15]


def test_the_zone_of_a_schedule_is_looked_at_too(live: Live, rooms: Rooms, zones: Path) -> None:
    screen = add_screen(rooms.db, root_of(rooms), zone="Europe/Berlin")
    add_schedule(rooms, add_playlist(rooms), zone=HANOI, windows=(WORKING_HOURS,))
    live.reconciler.reconcile()
    before = rooms.publisher.wanted(screen)
    put_zone(zones, HANOI, "Asia/Tokyo")
    look(live)
    live.reconciler.reconcile()
    assert rooms.publisher.wanted(screen) != before


def test_a_zone_that_is_gone_leaves_its_screens_what_they_have_and_the_others_go_on(
    live: Live, rooms: Rooms, zones: Path, clock: TestClock
) -> None:
    put_zone(zones, "Asia/Kien_Giang", HANOI)
    hanoi = add_screen(rooms.db, root_of(rooms))
    lost = add_screen(rooms.db, root_of(rooms), zone="Asia/Kien_Giang")
    add_schedule(rooms, add_playlist(rooms))
    live.reconciler.reconcile()
    before = {screen: rooms.publisher.wanted(screen) for screen in (hanoi, lost)}
    (zones / "Asia/Kien_Giang").unlink()
    look(live)
    clock.forward(days=1)
    live.reconciler.reconcile()
    assert rooms.publisher.wanted(lost) == before[lost]
    assert rooms.publisher.wanted(hanoi) != before[hanoi]
    assert rooms.publisher.next_midnight() == datetime(2026, 3, 3, 17, tzinfo=UTC)


def test_rules_are_known_from_when_a_zone_was_first_reckoned_with(zones: Path) -> None:
    watch, changes = ZoneWatch(), []
    watch.after_change(lambda: changes.append(1))
    watch.in_use([HANOI])
    put_zone(zones, HANOI, "Asia/Tokyo")
    watch.in_use([HANOI, "Europe/Berlin"])
    watch.look()
    assert changes == [1]
    watch.look()
    assert changes == [1]


def test_a_system_that_was_brought_up_to_date_is_followed(
    zones: Path, monkeypatch: pytest.MonkeyPatch, content: Content
) -> None:
    monkeypatch.setattr(zone_watch, "take_newer", lambda: take_newer([str(zones)]))
    (zones / "tzdata.zi").write_text("# version 2019c\n")
    put_zone(zones, HANOI, "Asia/Tokyo")
    assert take_newer([str(zones)])
    watch, changes = ZoneWatch(), []
    watch.after_change(lambda: changes.append(zone_data(HANOI).version))
    watch.in_use([HANOI])
    worker = Worker()
    try:
        (of_package,) = worker.compile_all([content])
    finally:
        worker.stop()
    assert isinstance(of_package, Compiled)
    assert of_package.manifest.horizon_ms[0] == to_ms(datetime(2026, 3, 1, 17, tzinfo=UTC)), (
        "Hanoi's midnight"
    )
    watch.look()
    assert changes == []
    (zones / "tzdata.zi").write_text("# version 2999a\n")
    watch.look()
    assert changes == ["2999a"]


def test_the_process_that_compiles_reads_the_same_files(zones: Path, content: Content) -> None:
    put_zone(zones, HANOI, "Asia/Tokyo")
    assert (str(zones),) == zoneinfo.TZPATH
    worker = Worker()
    try:
        (compiled,) = worker.compile_all([content])
    finally:
        worker.stop()
    assert isinstance(compiled, Compiled)
    assert compiled.manifest.horizon_ms[0] == to_ms(datetime(2026, 3, 1, 15, tzinfo=UTC))
