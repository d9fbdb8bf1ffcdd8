from flask.testing import FlaskClient

UNITS = "/api/v1/units"


def test_a_new_installation_has_one_unit(program: FlaskClient) -> None:
    answer = program.get(UNITS).get_json()
    assert [unit["name"] for unit in answer["items"]] == ["Tỉnh Kiên Giang"]
    assert answer["next"] is None


def test_a_unit_is_renamed_by_whoever_saw_its_present_version(program: FlaskClient) -> None:
    address = f"{UNITS}/{program.get(UNITS).get_json()['items'][0]['id']}"
    seen = program.get(address).headers["ETag"]

    answer = program.patch(address, json={"name": "Sở Y tế"}, headers={"If-Match": seen})
    assert (answer.status_code, answer.get_json()["name"]) == (200, "Sở Y tế")
    assert answer.headers["ETag"] != seen

    stale = program.patch(address, json={"name": "Sở Khác"}, headers={"If-Match": seen})
    assert (stale.status_code, stale.get_json()["code"]) == (412, "stale")
    unseen = program.patch(address, json={"name": "Sở Khác"})
    assert (unseen.status_code, unseen.get_json()["code"]) == (428, "if_match_missing")
    assert program.get(address).get_json()["name"] == "Sở Y tế"


def test_any_version_is_said_by_a_star(program: FlaskClient) -> None:
    address = f"{UNITS}/{program.get(UNITS).get_json()['items'][0]['id']}"
    assert program.patch(address, json={"name": "Sở Y tế"}, headers={"If-Match": "*"}).status_code == 200


def test_a_version_is_asked_for_before_anything_else(program: FlaskClient) -> None:
    assert program.patch(f"{UNITS}/unt_none", json={"colour": 1}).status_code == 428
