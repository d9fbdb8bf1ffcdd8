"""The pages: the console at `/` and below, the player at `/player/`; both are built files from `web/static/`."""

import base64
import hashlib
import re
import secrets
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from signage_server.authority import ca_certificate_file
from signage_server.errors import NotFound, Unavailable
from signage_server.web import headers, static_files
from signage_server.web.auth import public
from signage_server.web.rooms import rooms

STATIC = Path(__file__).parent / "static"

blueprint = Blueprint("pages", __name__)

_NONCE = "@NONCE@"
"""Stands in the built console for the nonce of each answer."""
_SERVICE_WORKER = "sw.js"
_FOREVER = "public, max-age=31536000, immutable"
_NAMED_BY_CONTENT = re.compile(r"-[\w-]{8,}\.\w+$")
_NOT_PAGES = ("api/", "console/", "media/", "player/", "socket.io/")


class NotBuilt(Unavailable):
    """The console or the player has not been built."""

    code = "not_built"
    vi = "Giao diện chưa được dựng. Hãy chạy lệnh `make run` trong thư mục của máy chủ."
    en = "The pages have not been built. Run `make run` in the server's folder."


@blueprint.get("/")
@blueprint.get("/<path:client_route>")
@public
def console(client_route: str = "") -> Response:
    """The console, at whatever address of its own the browser stands."""
    if client_route.startswith(_NOT_PAGES) or "." in client_route.rsplit("/", 1)[-1]:
        raise NotFound()
    nonce = secrets.token_urlsafe(16)
    page = _page(_built("console", "index.html").replace(_NONCE, nonce))
    page.headers["Content-Security-Policy"] = headers.console_policy(nonce)
    return page


@blueprint.get("/console/<path:name>")
@public
def console_file(name: str) -> AnyResponse:
    """A file of the console; those named by their content are kept for good."""
    return static_files.send(
        STATIC / "console", name, _FOREVER if _NAMED_BY_CONTENT.search(name) else "no-cache"
    )


@blueprint.get("/player")
@public
def player_without_slash() -> AnyResponse:
    """The slash is the service worker's scope; relative, so that it holds behind any proxy."""
    query = request.query_string.decode()
    return redirect("player/" + (f"?{query}" if query else ""), 308)


@blueprint.get("/player/")
@public
def player() -> Response:
    """The player."""
    html = _built("player", "index.html")
    page = _page(html)
    page.headers["Content-Security-Policy"] = headers.player_policy(script_hashes(html))
    return page


@blueprint.get("/player/preview")
@public
def stage() -> Response:
    """The player's stage without identity, for previews in a sandboxed frame."""
    html = _built("player", "preview.html")
    page = _page(html)
    page.headers["Content-Security-Policy"] = headers.stage_policy(script_hashes(html))
    return page


@blueprint.get("/player/<path:name>")
@public
def player_file(name: str) -> AnyResponse:
    """A file of the player, the service worker among them; their names stay, so browsers must ask each time."""
    if name.endswith(".html"):
        raise NotFound()
    answer = static_files.send(STATIC / "player", name, "no-cache")
    if name == _SERVICE_WORKER:
        answer.headers["Content-Security-Policy"] = headers.worker_policy()
    return answer


@blueprint.get("/ca.crt")
@public
def ca_certificate() -> Response:
    """The authority that boards and computers install to trust `run --https`."""
    file = ca_certificate_file(rooms().settings)
    if not file.exists():
        raise NotFound()
    return Response(file.read_bytes(), mimetype="application/x-x509-ca-cert")


def script_hashes(html: str) -> list[str]:
    """How the policy names each script that stands in the page itself."""
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return [f"sha256-{base64.b64encode(digest).decode()}" for digest in digests]


def _built(workspace: str, name: str) -> str:
    try:
        return (STATIC / workspace / name).read_text("utf-8")
    except FileNotFoundError as error:
        raise NotBuilt() from error


def _page(html: str) -> Response:
    return Response(html, mimetype="text/html", headers={"Cache-Control": "no-store"})
