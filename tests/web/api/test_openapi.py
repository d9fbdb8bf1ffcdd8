from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from signage_server.app import create_app
from signage_server.web.api.openapi import describe
from tests.factories import settings_for

NOT_VERSIONED = {"changeMe", "revokeToken"}
"""A person's own language, and tokens, which never change: nobody can overwrite anybody's work there."""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("nothing") / "home"
    described = describe(create_app(settings_for(home)))
    assert not home.exists(), "describing the API must not make an installation"
    return described


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_bodies_that_are_files_are_described(document: dict[str, Any]) -> None:
    taken = {
        operation["operationId"]: operation["requestBody"]["content"]
        for _, _, operation in operations(document)
        if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
    }
    assert {name: list(content) for name, content in taken.items()} == {
        "uploadAsset": ["multipart/form-data"],
        "readCalendarFile": ["text/calendar", "multipart/form-data"],
    }
    form = taken["uploadAsset"]["multipart/form-data"]["schema"]
    assert (list(form["properties"]), form["required"]) == (["file", "unit_id"], ["file"])


def test_it_speaks_of_the_api_alone(document: dict[str, Any]) -> None:
    assert all(path.startswith("/api/v1/") for path in document["paths"])


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(document: dict[str, Any]) -> None:
    names = Counter(operation["operationId"] for _, _, operation in operations(document))
    assert [name for name, times in names.items() if times > 1] == []
    assert [
        path for path, _, operation in operations(document) if not operation.get("summary", "").endswith(".")
    ] == []


def test_every_operation_tells_its_problems(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            if status == "default" or status[0] in "45":
                assert list(response["content"]) == ["application/problem+json"], (method, path, status)
        assert "default" in operation["responses"]


def test_changes_to_what_exists_need_the_version(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        if method in ("put", "patch", "delete") and operation["operationId"] not in NOT_VERSIONED:
            headers = [parameter["name"] for parameter in operation["parameters"]]
            assert "If-Match" in headers, (method, path)
            assert {"412", "428"} <= operation["responses"].keys()


def test_what_is_private_says_how_to_get_in(document: dict[str, Any]) -> None:
    private = [operation for _, _, operation in operations(document) if "401" in operation["responses"]]
    signing_in = [operation for operation in private if operation["operationId"] == "signIn"]
    for operation in private:
        assert (operation.get("security") == [{"token": []}, {"session": []}]) or operation in signing_in


def test_schemas_stand_under_plain_names_and_answers_are_complete(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert all(name.isalnum() for name in schemas)
    assert set(schemas["UnitOut"]["required"]) == set(schemas["UnitOut"]["properties"])
    assert "required" not in schemas["UnitPatch"]


def test_it_can_be_fetched_by_anybody(stranger: FlaskClient, tmp_path: Path) -> None:
    answer = stranger.get("/api/v1/openapi.json")
    assert (answer.status_code, answer.get_json()["info"]["title"]) == (200, "Signage server")


def test_refusals_are_described_as_they_come(program: FlaskClient) -> None:
    document = program.get("/api/v1/openapi.json").json
    problem = document["components"]["schemas"]["Problem"]
    assert "errors" in problem["properties"]
    assert "errors" not in problem["required"]
    assert document["components"]["schemas"]["FieldError"]["required"] == ["path", "code", "detail"]
    for path, method, status in (
        ("/week", "get", "404"),
        ("/schedules/preview", "post", "404"),
        ("/schedules/read-ics", "post", "422"),
    ):
        assert status in document["paths"][f"/api/v1{path}"][method]["responses"]
