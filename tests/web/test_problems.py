import json
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from signage_server.accounts.units import Units
from signage_server.web.problems import FIELD_WORDS
from signage_server.web.schemas.values import Incoming, Query


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


WRONG_SCHEDULES: dict[str, Any] = {
    "missing": {},
    "extra_forbidden": {"more": 1},
    "string_type": {"name": 5},
    "string_too_short": {"name": ""},
    "string_too_long": {"name": "x" * 201},
    "string_unicode": {"zone": "\ud800"},
    "string_pattern_mismatch": {"windows": [{"start": "7:00"}]},
    "too_short": {"targets": []},
    "too_long": {"windows": [{}] * 25},
    "greater_than_equal": {"priority": -1},
    "less_than_equal": {"priority": 1001},
    "literal_error": {"take": "some"},
    "int_type": {"priority": "5"},
    "bool_type": {"silences_reminders": 1},
    "list_type": {"targets": "all"},
    "model_type": {"targets": [5]},
    "day_form": {"first_day": 5},
}


@pytest.mark.parametrize("kind", WRONG_SCHEDULES)
def test_every_kind_of_wrong_field_is_told_in_words_of_our_own(program: FlaskClient, kind: str) -> None:
    said = {}
    for language in ("vi", "en"):
        answer = program.post(
            "/api/v1/schedules",
            data=json.dumps(WRONG_SCHEDULES[kind]),
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        said[language] = next(one["detail"] for one in answer.json["errors"] if one["code"] == kind)
    assert said["vi"] != said["en"]
    assert not re.search(r"\b(or|Input|should|valid)\b", said["vi"])
    assert "Input should" not in said["en"]
    assert "Giá trị chưa hợp lệ" not in said["vi"]


def core_kinds(node: object) -> Iterator[str]:
    """The kinds of values that a schema of pydantic is made of."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node["type"]
        for inner in node.values():
            yield from core_kinds(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from core_kinds(inner)


def family(kind: type[Any]) -> Iterator[type[Any]]:
    for child in kind.__subclasses__():
        yield child
        yield from family(child)


def test_what_we_take_is_made_of_kinds_whose_errors_have_words(app: APIFlask) -> None:
    """A new kind of value (a float, a URL) needs its words in FIELD_WORDS, and its name here."""
    models = {*family(Incoming), *family(Query)}
    found = {kind for model in models for kind in core_kinds(model.__pydantic_core_schema__)}
    told = {"str", "int", "bool", "list", "tuple", "literal", "model", "date", "datetime"}
    structure = {
        "default",
        "nullable",
        "function-after",
        "function-before",
        "no-info",
        "model-field",
        "model-fields",
    }
    assert found - structure - told - {"definitions", "definition-ref", "with-info", "dict"} == set()
    errors = {
        "string_type",
        "int_type",
        "int_parsing",
        "bool_type",
        "list_type",
        "tuple_type",
        "literal_error",
    }
    assert errors | {"model_type"} <= FIELD_WORDS.keys()


def test_every_wrong_field_is_named(program: FlaskClient) -> None:
    answer = program.post("/api/v1/tokens", json={"name": "", "more": 1}, headers={"Accept-Language": "en"})
    assert answer.get_json()["errors"] == [
        {"path": "name", "code": "string_too_short", "detail": "At least 1 character is needed."},
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


def test_a_text_that_is_tidied_up_is_counted_in_characters(program: FlaskClient) -> None:
    notice = {"template": "message", "headline": "Chào " * 100}
    answer = program.post(
        "/api/v1/assets/notices", json={"name": "A", "notice": notice}, headers={"Accept-Language": "vi"}
    )
    errors = answer.get_json().get("errors", [])
    assert [one["detail"] for one in errors if "headline" in one["path"]] == ["Nhiều nhất 120 ký tự."]
