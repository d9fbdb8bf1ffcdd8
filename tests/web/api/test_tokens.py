from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories import TestClock

TOKENS = "/api/v1/tokens"


def test_a_token_is_shown_once_and_works_until_it_is_revoked(app: APIFlask, browser: FlaskClient) -> None:
    made = browser.post(TOKENS, json={"name": "kho ảnh"})
    assert made.status_code == 201
    token = made.get_json()
    headers = {"Authorization": f"Bearer {token['token']}"}
    assert app.test_client().get("/api/v1/units", headers=headers).status_code == 200

    assert token["token"] not in browser.get(TOKENS).text
    assert browser.delete(f"{TOKENS}/{token['id']}").status_code == 204
    assert app.test_client().get("/api/v1/units", headers=headers).status_code == 401
    assert browser.delete(f"{TOKENS}/{token['id']}").get_json()["code"] == "unknown_api_token"


def test_its_use_is_noted(browser: FlaskClient, app: APIFlask, clock: TestClock) -> None:
    token = browser.post(TOKENS, json={"name": "kho ảnh"}).get_json()["token"]
    clock.forward(hours=1)
    app.test_client().get("/api/v1/units", headers={"Authorization": f"Bearer {token}"})
    assert browser.get(TOKENS).get_json()["items"][0]["used_at"] == "2026-03-02T06:00:00.000Z"


def test_a_repeated_request_does_not_bring_the_secret_back(browser: FlaskClient) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = browser.post(TOKENS, json={"name": "kho ảnh"}, headers=headers).get_json()
    second = browser.post(TOKENS, json={"name": "kho ảnh"}, headers=headers).get_json()
    assert first["token"] != second["token"]


def test_the_newest_comes_first_page_by_page(browser: FlaskClient, clock: TestClock) -> None:
    for number in range(5):
        browser.post(TOKENS, json={"name": f"số {number}"})
        clock.forward(minutes=1)
    names, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = browser.get(TOKENS, query_string=query).get_json()
        names += [token["name"] for token in answer["items"]]
        cursor = answer["next"]
        if cursor is None:
            break
    assert names == ["số 4", "số 3", "số 2", "số 1", "số 0"]
