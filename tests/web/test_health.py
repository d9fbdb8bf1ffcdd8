from unittest.mock import patch

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories import rooms_of


@pytest.fixture
def ready(app: APIFlask) -> APIFlask:
    rooms_of(app).store.prepare()
    return app


def test_alive_touches_nothing(app: APIFlask, stranger: FlaskClient) -> None:
    with patch.object(rooms_of(app).db, "read", side_effect=AssertionError("the database was asked")):
        assert stranger.get("/healthz").status_code == 200


def test_ready_when_every_part_answers(ready: APIFlask) -> None:
    with patch.object(rooms_of(ready).preparing, "is_running", return_value=True):
        answer = ready.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (200, {"database": True, "store": True, "worker": True})


def test_not_ready_names_the_part_that_is_missing(ready: APIFlask) -> None:
    rooms_of(ready).store.tmp.rmdir()
    answer = ready.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()) == (
        503,
        {"database": True, "store": False, "worker": False},
    )


def test_a_broken_database_is_not_ready(ready: APIFlask) -> None:
    with patch.object(rooms_of(ready).db, "revision", side_effect=OSError("disk")):
        assert ready.test_client().get("/readyz").get_json()["database"] is False


def test_metrics_count_answers_and_name_nobody(app: APIFlask, program: FlaskClient) -> None:
    unit = program.get("/api/v1/units").get_json()["items"][0]["id"]
    program.get(f"/api/v1/units/{unit}")
    text = app.test_client().get("/metrics").text
    assert 'signage_http_requests_total{status="200",view="units.get_unit"} 1.0' in text
    assert "signage_event_loop_lag_seconds 0.0" in text
    assert 'signage_info{version="' in text
    assert unit not in text


def test_each_application_counts_for_itself(app: APIFlask) -> None:
    assert "units.list_units" not in app.test_client().get("/metrics").text
