from unittest.mock import patch

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.accounts.units import Units


@pytest.mark.parametrize(
    ("wanted", "given", "detail"),
    [
        ("vi", "vi", "Không có đơn vị này. Có thể nó đã bị xoá; hãy tải lại trang."),
        ("en-GB,en;q=0.9", "en", "There is no such unit. It may have been deleted; reload the page."),
        ("de, *;q=0.1", "vi", "Không có đơn vị này. Có thể nó đã bị xoá; hãy tải lại trang."),
        ("", "vi", "Không có đơn vị này. Có thể nó đã bị xoá; hãy tải lại trang."),
    ],
)
def test_a_problem_is_told_in_the_callers_language(
    program: FlaskClient, wanted: str, given: str, detail: str
) -> None:
    answer = program.get("/api/v1/units/unt_none", headers={"Accept-Language": wanted})
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Content-Language"] == given
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "unknown_unit",
        "detail": detail,
    }


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("POST", "/api/v1/units", 405, "method_not_allowed"),
        ("POST", "/api/v1/tokens", 400, "bad_request"),
    ],
)
def test_what_flask_refuses_is_a_problem_too(
    program: FlaskClient, method: str, address: str, status: int, code: str
) -> None:
    answer = program.open(address, method=method, data="{broken")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json()["code"] == code


def test_json_that_is_nested_to_make_us_stumble_is_refused(program: FlaskClient) -> None:
    answer = program.post("/api/v1/tokens", data="[" * 100_000, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "bad_request")


def test_a_fault_of_ours_tells_nothing_of_the_inside(app: APIFlask, program: FlaskClient) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with patch.object(Units, "get", side_effect=RuntimeError("secret path")):
        answer = program.get("/api/v1/units/unt_x")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "error")
    assert "secret" not in answer.text


def test_every_wrong_field_is_named(program: FlaskClient) -> None:
    answer = program.post("/api/v1/tokens", json={"name": "", "more": 1}, headers={"Accept-Language": "en"})
    assert answer.get_json()["errors"] == [
        {"path": "name", "code": "string_too_short", "detail": "At least 1 characters are needed."},
        {"path": "more", "code": "extra_forbidden", "detail": "There is no such field."},
    ]


@pytest.mark.parametrize(
    ("wrong", "code", "vi", "en"),
    [
        ({"body": "chữ " * 60}, "notice_words", "chia làm hai", "make two of it"),
        ({"headline": "Chào ☺"}, "notice_sign", "ký tự “☺”", "no “☺”"),
        ({"template": "scan"}, "notice_needs_qr", "cần địa chỉ", "needs an address"),
    ],
)
def test_a_rule_of_notices_is_told_in_its_own_words(
    program: FlaskClient, wrong: dict[str, str], code: str, vi: str, en: str
) -> None:
    notice = {"template": "hero", "headline": "Chào", **wrong}
    for language, words in (("vi", vi), ("en", en)):
        answer = program.post(
            "/api/v1/assets/notices",
            json={"name": "x", "notice": notice},
            headers={"Accept-Language": language},
        )
        (error,) = answer.get_json()["errors"]
        assert error["code"] == code
        assert words in error["detail"]
