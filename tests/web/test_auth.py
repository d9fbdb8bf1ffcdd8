from collections.abc import Iterator

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from signage_server.web.auth import is_public
from tests.factories import PASSWORD, TestClock, add_administrator, sign_in

ME = "/api/v1/me"
PUBLIC_API = {"get_server", "sign_in", "look_at_link", "use_link", "openapi_document", "docs"}


def doors(app: APIFlask) -> Iterator[tuple[Rule, str, str]]:
    """Every rule of the application, with each of its methods and an address that fits it."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        address = urls.build(rule.endpoint, dict.fromkeys(rule.arguments, "1"), force_external=False)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, address


def test_every_door_is_marked_public_or_refuses_strangers(app: APIFlask, stranger: FlaskClient) -> None:
    seen = 0
    for rule, method, address in doors(app):
        if not is_public(app.view_functions[rule.endpoint]):
            answer = stranger.open(address, method=method)
            assert (answer.status_code, answer.get_json()["code"]) == (401, "sign_in_needed"), (
                method,
                address,
            )
            seen += 1
    assert seen > 10


def test_the_public_part_of_the_api_is_no_more_than_this(app: APIFlask) -> None:
    api = [rule.endpoint for rule, _, address in doors(app) if address.startswith("/api/")]
    public = {endpoint.rsplit(".", 1)[-1] for endpoint in api if is_public(app.view_functions[endpoint])}
    assert public == PUBLIC_API


def test_a_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: APIFlask) -> None:
    add_administrator(app)
    credentials = {"name": "Lan", "password": PASSWORD}
    plain = app.test_client().post("/api/v1/sign-in", json=credentials).headers["Set-Cookie"]
    assert plain.startswith("sid=")
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    secure = app.test_client().post("/api/v1/sign-in", json=credentials, base_url="https://localhost")
    assert secure.headers["Set-Cookie"].startswith("__Host-sid=")
    assert "Secure" in secure.headers["Set-Cookie"]
    assert "Domain" not in secure.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_change_with_a_cookie_must_come_from_our_own_page(
    browser: FlaskClient, headers: dict[str, str]
) -> None:
    answer = browser.patch(ME, json={"language": "en"}, headers=headers)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "csrf_refused")
    assert browser.get(ME).get_json()["language"] is None


def test_our_own_page_may_change_things(browser: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    answer = browser.patch(ME, json={"language": "en"}, headers=headers)
    assert (answer.status_code, answer.get_json()["language"]) == (200, "en")


def test_signing_in_from_another_site_is_refused(app: APIFlask) -> None:
    add_administrator(app)
    answer = app.test_client().post(
        "/api/v1/sign-in",
        json={"name": "Lan", "password": PASSWORD},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403


def test_whoever_is_signed_in_may_sign_in_as_somebody_else(browser: FlaskClient) -> None:
    """A page that was opened by a link knows no CSRF token yet, though the browser still sends the old cookie."""
    credentials = {"name": "Lan", "password": PASSWORD}
    assert browser.post("/api/v1/sign-in", json=credentials, headers={"X-CSRF-Token": ""}).status_code == 200


def test_the_public_address_counts_as_our_own(app: APIFlask, browser: FlaskClient) -> None:
    settings = app.extensions["signage"].settings
    object.__setattr__(settings, "public_url", "https://bang.example.vn")
    answer = browser.patch(ME, json={"language": "en"}, headers={"Origin": "https://bang.example.vn"})
    assert answer.status_code == 200


def test_a_program_needs_no_csrf_token(program: FlaskClient) -> None:
    assert program.post("/api/v1/tokens", json={"name": "other"}).status_code == 201


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic TGFuOng=", "sgn_x"])
def test_a_wrong_token_is_nobody(stranger: FlaskClient, header: str) -> None:
    assert stranger.get("/api/v1/units", headers={"Authorization": header}).status_code == 401


def test_a_session_ends_when_it_is_not_used(app: APIFlask, browser: FlaskClient, clock: TestClock) -> None:
    clock.forward(hours=7)
    assert browser.get(ME).status_code == 200
    clock.forward(hours=7, minutes=59)
    assert browser.get(ME).status_code == 401, "twelve hours after signing in it ends even when it is used"
    again = sign_in(app)
    clock.forward(hours=8)
    assert again.get(ME).status_code == 401, "eight hours unused"


def test_signing_out_ends_this_session_only(app: APIFlask, browser: FlaskClient) -> None:
    other = sign_in(app)
    assert browser.post("/api/v1/sign-out").status_code == 204
    assert browser.get(ME).status_code == 401
    assert other.get(ME).status_code == 200


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(
    app: APIFlask, browser: FlaskClient
) -> None:
    cookie = browser.get_cookie("sid")
    assert cookie is not None
    browser.post("/api/v1/sign-out")
    thief = app.test_client()
    thief.set_cookie("sid", cookie.value)
    assert thief.get(ME).status_code == 401


def test_signing_out_everywhere_ends_all(app: APIFlask, browser: FlaskClient) -> None:
    other = sign_in(app)
    assert other.post("/api/v1/sign-out-everywhere").status_code == 204
    assert browser.get(ME).status_code == 401


def test_signing_in_gives_a_new_session(browser: FlaskClient) -> None:
    before = browser.get_cookie("sid")
    browser.post("/api/v1/sign-in", json={"name": "Lan", "password": PASSWORD})
    after = browser.get_cookie("sid")
    assert before is not None
    assert after is not None
    assert before.value != after.value
