from typing import Any
from unittest.mock import patch

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from signage_server.accounts.models import AuditEntry
from signage_server.accounts.people import People
from tests.factories import PASSWORD, add_administrator, rooms_of, sign_in

SIGN_IN = "/api/v1/sign-in"
ME_PASSWORD = "/api/v1/me/password"
NEW_PASSWORD = "cây khế sau nhà ra hoa"


def test_a_person_is_told_who_they_are(browser: FlaskClient) -> None:
    me = browser.get("/api/v1/me").get_json()
    assert (me["name"], me["language"]) == ("Lan", None)
    assert len(me["csrf_token"]) == 64


@pytest.mark.parametrize("name", ["lan", " LAN "])
def test_names_are_typed_as_people_type_them(app: APIFlask, name: str) -> None:
    add_administrator(app)
    answer = app.test_client().post(SIGN_IN, json={"name": name, "password": PASSWORD})
    assert answer.get_json()["name"] == "Lan"


def test_wrong_name_and_wrong_password_are_told_alike(app: APIFlask) -> None:
    add_administrator(app)
    client = app.test_client()
    wrong = client.post(SIGN_IN, json={"name": "Lan", "password": "không phải câu này"})
    unknown = client.post(SIGN_IN, json={"name": "Minh", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.get_json() == unknown.get_json()
    assert "Set-Cookie" not in wrong.headers


def test_guessing_is_slowed_down_before_anything_is_hashed(app: APIFlask) -> None:
    add_administrator(app)
    client = app.test_client()
    answers = [client.post(SIGN_IN, json={"name": "Lan", "password": "x" * 12}) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {401}
    with patch.object(People, "check", side_effect=AssertionError("a password was checked")):
        over = client.post(SIGN_IN, json={"name": "LAN", "password": PASSWORD})
    assert (over.status_code, over.get_json()["code"]) == (429, "too_many")


def test_guessing_many_names_from_one_address_is_slowed_down(app: APIFlask) -> None:
    client = app.test_client()
    with patch.object(People, "check", side_effect=ZeroDivisionError):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        statuses = [
            client.post(SIGN_IN, json={"name": f"ai đó {n}", "password": "x" * 12}).status_code
            for n in range(21)
        ]
    assert statuses == [500] * 20 + [429]


def test_the_language_is_remembered(browser: FlaskClient) -> None:
    assert browser.patch("/api/v1/me", json={"language": "en"}).get_json()["language"] == "en"
    refused = browser.get("/api/v1/units/unt_none", headers={"Accept-Language": "vi"})
    assert refused.headers["Content-Language"] == "en"


def test_a_program_is_no_person(program: FlaskClient) -> None:
    assert program.get("/api/v1/me").get_json()["code"] == "people_only"
    assert change_password(program, PASSWORD, NEW_PASSWORD).get_json()["code"] == "people_only"
    assert program.post("/api/v1/sign-out").get_json()["code"] == "people_only"


def change_password(client: FlaskClient, old: str, new: str) -> Any:
    return client.post(ME_PASSWORD, json={"old": old, "new": new})


def test_a_new_password_signs_all_other_browsers_out_and_leaves_this_one_in(
    app: APIFlask, browser: FlaskClient
) -> None:
    other = sign_in(app)
    answer = change_password(browser, PASSWORD, NEW_PASSWORD)
    assert answer.get_json()["name"] == "Lan"
    assert browser.get("/api/v1/me").get_json()["csrf_token"] == answer.get_json()["csrf_token"]
    assert other.get("/api/v1/me").status_code == 401
    assert sign_in(app, password=NEW_PASSWORD).get("/api/v1/me").status_code == 200


def test_a_new_password_is_written_into_the_audit_trail_without_its_letters(
    app: APIFlask, browser: FlaskClient
) -> None:
    change_password(browser, PASSWORD, NEW_PASSWORD)
    with rooms_of(app).db.read() as session:
        lines = session.scalars(select(AuditEntry).where(AuditEntry.action == "person.set_password")).all()
    assert [(line.after, line.before) for line in lines] == [(None, None)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("không phải câu này", NEW_PASSWORD, "wrong_password"),
        (PASSWORD, "ngắn", "invalid"),
        (PASSWORD, "mật khẩu 12345", "common_password"),
    ],
)
def test_a_password_that_is_refused_changes_nothing(
    app: APIFlask, browser: FlaskClient, old: str, new: str, code: str
) -> None:
    answer = change_password(browser, old, new)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert browser.get("/api/v1/me").status_code == 200
    assert sign_in(app).get("/api/v1/me").status_code == 200


def test_guessing_the_old_password_is_slowed_down_like_signing_in(browser: FlaskClient) -> None:
    statuses = [change_password(browser, "x" * 12, NEW_PASSWORD).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [429]  # the sign-in itself was the first attempt
