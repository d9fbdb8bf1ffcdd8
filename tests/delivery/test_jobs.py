import gc
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from apiflask import APIFlask
from apscheduler.events import EVENT_JOB_REMOVED
from apscheduler.schedulers.background import BackgroundScheduler

from signage_server.delivery.jobs import Job, Jobs
from signage_server.screens.models import ScreenState
from signage_server.web import live as live_module
from signage_server.web.live import Live
from signage_server.web.models import IdempotentAnswer
from signage_server.web.rooms import Rooms
from tests.content import add_screen, root_of
from tests.factories import TestClock

PATIENCE_S = 10


@pytest.fixture
def live(app: APIFlask) -> Live:
    return cast(Live, app.extensions["signage_live"])


@pytest.fixture
def started() -> Iterator[list[Jobs]]:
    started: list[Jobs] = []
    yield started
    for jobs in started:
        jobs.stop()


def test_a_job_runs_again_and_again_even_if_it_fails(
    started: list[Jobs], caplog: pytest.LogCaptureFixture
) -> None:
    runs = threading.Semaphore(0)

    def fail() -> None:
        runs.release()
        raise OSError("disk full")

    jobs = Jobs([Job("fail", 1, fail)])
    started.append(jobs)
    with caplog.at_level(logging.ERROR, logger="signage_server"):
        jobs.start()
        assert runs.acquire(timeout=PATIENCE_S)
        assert runs.acquire(timeout=PATIENCE_S)
    assert "disk full" in caplog.text


def test_something_planned_is_done_even_if_its_instant_has_passed(started: list[Jobs]) -> None:
    jobs = Jobs([])
    started.append(jobs)
    jobs.start()
    done, over = threading.Event(), threading.Event()
    cast(BackgroundScheduler, jobs._scheduler).add_listener(lambda _: over.set(), EVENT_JOB_REMOVED)
    jobs.at("horizon", datetime.now(UTC) - timedelta(hours=3), done.set)
    assert done.wait(PATIENCE_S)
    assert over.wait(PATIENCE_S)


def test_a_newer_plan_takes_the_place_of_an_older(started: list[Jobs]) -> None:
    jobs = Jobs([])
    started.append(jobs)
    jobs.start()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for hours in (0, 1, 2):
        jobs.at("horizon", tomorrow + timedelta(hours=hours), lambda: None)
    (planned,) = cast(BackgroundScheduler, jobs._scheduler).get_jobs()
    assert planned.next_run_time == tomorrow + timedelta(hours=2)
    assert planned.misfire_grace_time is None


def test_before_the_start_and_after_the_end_nothing_is_planned() -> None:
    jobs = Jobs([])
    jobs.at("horizon", datetime.now(UTC), lambda: None)
    jobs.stop()
    assert jobs._scheduler is None


def test_the_whole_life_of_a_server(live: Live, rooms: Rooms, clock: TestClock) -> None:
    clock.now = datetime.now(UTC)  # the jobs go by the machine's clock
    screen_id = add_screen(rooms.db, root_of(rooms))
    reconciled, frozen = threading.Semaphore(0), gc.get_freeze_count()
    live.reconciler.after_reconcile(reconciled.release)
    live.start()
    try:
        assert reconciled.acquire(timeout=PATIENCE_S)
        scheduler = cast(BackgroundScheduler, live.jobs._scheduler)
        names = {job.id for job in scheduler.get_jobs()}
        planned = scheduler.get_job("move the horizon").next_run_time
        rooms.states.hello(screen_id, "socket", "1.0", secure=True)
    finally:
        live.stop()
    assert names >= {"look for edits", "write down what boards proved", "clean up", "move the horizon"}
    assert planned == rooms.publisher.next_midnight()
    assert gc.get_freeze_count() > frozen, "the collector need not go through the facts again and again"
    gc.unfreeze()
    with rooms.db.read() as session:
        kept = session.get(ScreenState, screen_id)
    assert kept is not None
    assert kept.player_version == "1.0", "what boards proved is written down at the end"


def test_old_answers_to_repeated_requests_are_cleaned_up(rooms: Rooms, clock: TestClock) -> None:
    with rooms.db.write(edit=False) as session:
        for key, made_at in (("old", clock() - timedelta(days=1, seconds=1)), ("new", clock())):
            session.add(
                IdempotentAnswer(
                    who="tok_1", key=key, request_hash="", status=201, headers="", body="", made_at=made_at
                )
            )
    rooms.store.prepare()
    live_module.clean_up(rooms)
    with rooms.db.read() as session:
        assert [answer.key for answer in session.query(IdempotentAnswer)] == ["new"]
