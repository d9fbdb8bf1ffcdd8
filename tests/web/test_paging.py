import base64

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "!!!",
        base64.urlsafe_b64encode(b'["only one"]').decode(),
        base64.urlsafe_b64encode(b"[1, 2]").decode(),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(program: FlaskClient, cursor: str) -> None:
    answer = program.get("/api/v1/units", query_string={"cursor": cursor})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "cursor_unknown")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"limit": "many"}, {"page": 2}])
def test_pages_have_bounds(program: FlaskClient, query: dict[str, object]) -> None:
    answer = program.get("/api/v1/units", query_string=query)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid")
    assert answer.get_json()["errors"][0]["path"] == next(iter(query))
