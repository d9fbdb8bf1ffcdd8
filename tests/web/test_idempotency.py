from apiflask import APIFlask
from flask.testing import FlaskClient

from tests.factories import TestClock, api_client, rooms_of

PLAYLISTS = "/api/v1/playlists"
KEY = {"Idempotency-Key": "7f3c"}


def count(client: FlaskClient) -> int:
    return len(client.get(PLAYLISTS).get_json()["items"])


def test_the_same_request_sent_twice_is_done_once(program: FlaskClient) -> None:
    first = program.post(PLAYLISTS, json={"name": "Thang máy"}, headers=KEY)
    second = program.post(PLAYLISTS, json={"name": "Thang máy"}, headers=KEY)
    assert first.status_code == second.status_code == 201
    assert first.get_json() == second.get_json()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert count(program) == 1


def test_another_request_with_the_same_key_is_refused(program: FlaskClient) -> None:
    program.post(PLAYLISTS, json={"name": "Thang máy"}, headers=KEY)
    answer = program.post(PLAYLISTS, json={"name": "Sảnh"}, headers=KEY)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "idempotency_key_reused")


def test_what_was_refused_may_be_tried_again(program: FlaskClient) -> None:
    assert program.post(PLAYLISTS, json={"name": ""}, headers=KEY).status_code == 422
    assert program.post(PLAYLISTS, json={"name": "Sảnh"}, headers=KEY).status_code == 201


def test_keys_belong_to_their_caller(app: APIFlask, program: FlaskClient) -> None:
    program.post(PLAYLISTS, json={"name": "Thang máy"}, headers=KEY)
    other = api_client(app)
    assert other.post(PLAYLISTS, json={"name": "Sảnh"}, headers=KEY).status_code == 201
    assert count(program) == 2


def test_a_picture_is_made_anew_each_time(app: APIFlask, program: FlaskClient) -> None:
    rooms_of(app).store.prepare()
    notice = {"template": "message", "headline": "Rửa tay", "body": "Rửa tay bằng xà phòng."}
    for _ in range(2):
        answer = program.post(
            "/api/v1/assets/notices/preview", json={"name": "x", "notice": notice}, headers=KEY
        )
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")


def test_answers_are_kept_a_day(program: FlaskClient, clock: TestClock) -> None:
    program.post(PLAYLISTS, json={"name": "Thang máy"}, headers=KEY)
    clock.forward(hours=24)
    assert program.post(PLAYLISTS, json={"name": "Sảnh"}, headers=KEY).status_code == 201
