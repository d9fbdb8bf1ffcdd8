from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.factories import api_client, make_app, running


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    with running(make_app(tmp_path)) as app:
        yield api_client(app)


def test_a_new_installation_has_one_unit(client: FlaskClient) -> None:
    answer = client.get("/api/v1/units")
    assert [unit["name"] for unit in answer.json["items"]] == ["Tỉnh Kiên Giang"]
    assert answer.json["next"] is None


def test_a_unit_is_renamed_by_whoever_saw_its_present_version(client: FlaskClient) -> None:
    unit = client.get("/api/v1/units").json["items"][0]
    address = f"/api/v1/units/{unit['id']}"
    seen = client.get(address).headers["ETag"]

    answer = client.patch(address, json={"name": "Sở Y tế"}, headers={"If-Match": seen})
    assert (answer.status_code, answer.json["name"]) == (200, "Sở Y tế")
    assert answer.headers["ETag"] != seen

    stale = client.patch(address, json={"name": "Sở Khác"}, headers={"If-Match": seen})
    assert (stale.status_code, stale.json["code"]) == (412, "stale")
    unseen = client.patch(address, json={"name": "Sở Khác"})
    assert (unseen.status_code, unseen.json["code"]) == (428, "if_match_missing")
    assert client.get(address).json["name"] == "Sở Y tế"


def test_fields_that_do_not_exist_are_refused_by_name(client: FlaskClient) -> None:
    unit = client.get("/api/v1/units").json["items"][0]
    answer = client.patch(
        f"/api/v1/units/{unit['id']}",
        json={"colour": "red"},
        headers={"If-Match": unit["etag"], "Accept-Language": "vi"},
    )
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["errors"] == [
        {"path": "colour", "code": "extra_forbidden", "detail": "Không có ô này."}
    ]


def test_without_a_token_nothing_is_told(client: FlaskClient) -> None:
    del client.environ_base["HTTP_AUTHORIZATION"]
    answer = client.get("/api/v1/units")
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in_needed")
