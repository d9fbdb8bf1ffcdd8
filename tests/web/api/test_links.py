from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.home import keep_setup_link, setup_link_file
from tests.factories import PASSWORD, TestClock, rooms_of

USE = "/api/v1/links/use"


def test_the_set_up_link_makes_the_first_administrator(app: APIFlask, stranger: FlaskClient) -> None:
    rooms = rooms_of(app)
    secret = rooms.links.make()
    keep_setup_link(rooms.settings, f"http://localhost/setup#{secret}")

    assert stranger.get(f"/api/v1/links/{secret}").get_json() == {"purpose": "setup", "name": None}
    answer = stranger.post(USE, json={"secret": secret, "name": "Lan", "password": PASSWORD})
    assert (answer.status_code, answer.get_json()["name"]) == (200, "Lan")
    assert stranger.get("/api/v1/me").get_json()["name"] == "Lan", "the holder is signed in at once"
    assert not setup_link_file(rooms.settings).exists()


def test_a_link_works_once(app: APIFlask, stranger: FlaskClient) -> None:
    secret = rooms_of(app).links.make()
    body = {"secret": secret, "name": "Lan", "password": PASSWORD}
    assert stranger.post(USE, json=body).status_code == 200
    again = app.test_client().post(USE, json=body | {"name": "Minh"})
    assert (again.status_code, again.get_json()["code"]) == (404, "link_over")
    assert app.test_client().get(f"/api/v1/links/{secret}").status_code == 404


def test_a_link_lasts_an_hour(app: APIFlask, stranger: FlaskClient, clock: TestClock) -> None:
    secret = rooms_of(app).links.make()
    clock.forward(minutes=59, seconds=59)
    assert stranger.get(f"/api/v1/links/{secret}").status_code == 200
    clock.forward(seconds=1)
    assert stranger.post(USE, json={"secret": secret, "name": "Lan", "password": PASSWORD}).status_code == 404


def test_a_refused_password_does_not_use_the_link_up(app: APIFlask, stranger: FlaskClient) -> None:
    secret = rooms_of(app).links.make()
    common = stranger.post(USE, json={"secret": secret, "name": "Lan", "password": "matkhau123456"})
    assert (common.status_code, common.get_json()["code"]) == (422, "common_password")
    short = stranger.post(USE, json={"secret": secret, "name": "Lan", "password": "ngắn"})
    assert short.get_json()["errors"][0]["path"] == "password"
    unnamed = stranger.post(USE, json={"secret": secret, "password": PASSWORD})
    assert unnamed.get_json()["code"] == "name_needed"
    assert stranger.post(USE, json={"secret": secret, "name": "Lan", "password": PASSWORD}).status_code == 200


def test_a_reset_gives_a_new_password_and_signs_out_the_old(app: APIFlask, browser: FlaskClient) -> None:
    rooms = rooms_of(app)
    secret = rooms.links.make(rooms.people.named("Lan").id)
    other = app.test_client()
    assert other.get(f"/api/v1/links/{secret}").get_json() == {"purpose": "reset", "name": "Lan"}
    assert other.post(USE, json={"secret": secret, "password": "một câu khác hẳn"}).status_code == 200

    assert browser.get("/api/v1/me").status_code == 401
    old = app.test_client().post("/api/v1/sign-in", json={"name": "Lan", "password": PASSWORD})
    assert old.status_code == 401
    new = app.test_client().post("/api/v1/sign-in", json={"name": "Lan", "password": "một câu khác hẳn"})
    assert new.status_code == 200


def test_guessing_links_is_slowed_down(stranger: FlaskClient) -> None:
    statuses = [stranger.get(f"/api/v1/links/{n}").status_code for n in range(21)]
    assert statuses == [404] * 20 + [429]


def test_a_link_from_another_site_is_refused(app: APIFlask, stranger: FlaskClient) -> None:
    secret = rooms_of(app).links.make()
    body = {"secret": secret, "name": "Lan", "password": PASSWORD}
    assert stranger.post(USE, json=body, headers={"Origin": "https://evil.example"}).status_code == 403
