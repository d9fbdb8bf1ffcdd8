"""The API's description as a page: plain HTML made here, so that it needs nothing from other sites."""

import secrets
from typing import Any, cast

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, render_template

from signage_server.web.api.openapi import SCHEMAS, describe
from signage_server.web.auth import public
from signage_server.web.headers import document_policy

blueprint = APIBlueprint("docs", __name__, enable_openapi=False)


@blueprint.get("/docs")
@public
def docs() -> Response:
    """What `openapi.json` says, for people."""
    document = describe(cast(APIFlask, current_app))
    nonce = secrets.token_urlsafe(16)
    html = render_template(
        "api.html", document=document, by_tag=_by_tag(document), schemas=SCHEMAS, nonce=nonce
    )
    return Response(html, headers={"Content-Security-Policy": document_policy(nonce)})


def _by_tag(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append({**operation, "method": method.upper(), "path": path})
    return {tag: operations for tag, operations in found.items() if operations}
