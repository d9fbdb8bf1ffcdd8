"""Days and moments that queries ask for, whatever they ask."""

import pytest
from flask.testing import FlaskClient

from signage_server.web.paging import write_cursor
from signage_server.web.rooms import Rooms
from tests.content import add_screen, root_of

REPORTS = ("/reports/plays", "/reports/rhythm")
FAR_DAYS = ("0001-01-01", "1999-12-31", "2190-01-01", "9999-12-31")
FAR_MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00Z", "9999-12-31T23:59:59-14:00")


def refusal(program: FlaskClient, address: str, query: dict[str, str]) -> dict[str, str]:
    answer = program.get(f"/api/v1{address}", query_string=query, headers={"Accept-Language": "en"})
    assert answer.status_code == 422, (address, query, answer.text)
    error: dict[str, str] = answer.json["errors"][0]
    return error


@pytest.mark.parametrize("address", ["/week", *REPORTS])
@pytest.mark.parametrize("day", FAR_DAYS)
@pytest.mark.parametrize("more", [{}, {"format": "csv"}])
def test_a_day_that_nobody_can_mean_is_refused_in_words(
    program: FlaskClient, address: str, day: str, more: dict[str, str]
) -> None:
    if address == "/week":
        more = {}
    for query in ({"from": day}, {"to": day}, {"from": day, "to": day}):
        if address != "/week" or "to" not in query:
            error = refusal(program, address, query | more)
            assert error["path"] in query
            assert error["code"] == "moment_out_of_range"
            assert "between 2000 and 2189" in error["detail"]


@pytest.mark.parametrize("moment", FAR_MOMENTS)
def test_a_moment_that_nobody_can_mean_is_refused_in_words(
    program: FlaskClient, rooms: Rooms, moment: str
) -> None:
    screen = f"/screens/{add_screen(rooms.db, root_of(rooms))}"
    for address, name in (("at", "time"), ("manifest", "time"), ("timeline", "from"), ("timeline", "to")):
        assert refusal(program, f"{screen}/{address}", {name: moment})["code"] == "moment_out_of_range"


@pytest.mark.parametrize(
    "moment", ["1795500000", "2026-11-26", "2026-11-26T07:00:00", "now", "2026-02-30T00:00:00Z"]
)
def test_a_moment_is_written_out(program: FlaskClient, rooms: Rooms, moment: str) -> None:
    address = f"/screens/{add_screen(rooms.db, root_of(rooms))}/at"
    assert refusal(program, address, {"time": moment})["code"] == "instant_form"


@pytest.mark.parametrize("day", ["1795500000", "20261126", "2026-11-26T00:00:00Z", "2026-02-30", "today"])
def test_a_day_is_written_out(program: FlaskClient, day: str) -> None:
    assert refusal(program, "/week", {"from": day})["code"] == "day_form"


@pytest.mark.parametrize("address", REPORTS)
def test_a_cursor_leads_to_no_day_before_the_report(program: FlaskClient, address: str) -> None:
    cursor = write_cursor(["0001-01-01", *"abcde"[: 3 if "rhythm" in address else 5]])
    answer = program.get(f"/api/v1{address}", query_string={"from": "2026-03-01", "cursor": cursor})
    assert (answer.status_code, answer.json["code"]) == (422, "cursor_unknown")


def test_the_first_and_the_last_year_can_be_asked_for(program: FlaskClient) -> None:
    for address in REPORTS:
        for day in ("2000-01-01", "2189-12-31"):
            for form in ("json", "csv"):
                query = {"from": day, "to": day, "format": form}
                assert program.get(f"/api/v1{address}", query_string=query).status_code == 200
