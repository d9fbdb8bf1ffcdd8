import re

from flask.testing import FlaskClient


def test_the_page_tells_every_operation_and_loads_nothing(stranger: FlaskClient) -> None:
    answer = stranger.get("/api/v1/docs")
    assert answer.status_code == 200
    document = stranger.get("/api/v1/openapi.json").get_json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f'id="{operation["operationId"]}"' in answer.text, (method, path)
    assert re.findall(r"(?:src|href)=\"(?!#|openapi.json)", answer.text) == []
    assert "<script" not in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_every_link_leads_to_a_shape(stranger: FlaskClient) -> None:
    page = stranger.get("/api/v1/docs").text
    wanted = set(re.findall(r'href="#([^"]+)"', page))
    assert len(wanted) > 10
    assert wanted <= set(re.findall(r'id="([^"]+)"', page))
