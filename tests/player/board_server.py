"""A server that speaks just enough of the players' plain-HTTP language to try a real player in a real browser.

It keeps what it was told (``heard``) and can misbehave on purpose: go away, come back on the same port, refuse
a file, answer like a captive portal, revoke. Standard library only, so that nothing of the product is trusted.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PLAYER = Path(__file__).parents[2] / "signage_server" / "web" / "static" / "player"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Please accept the terms</p>"
CSP = (
    "default-src 'none'; script-src 'self' {boot}; style-src 'self'; font-src 'self'; connect-src 'self' ws:;"
    " img-src 'self' data: blob:; worker-src 'self'; base-uri 'none'; form-action 'none'"
)


@dataclass
class World:
    """What the server has and how it behaves; tests change it while it runs."""

    prefix: str = ""
    #: Renditions by SHA-256.
    files: dict[str, bytes] = field(default_factory=dict)
    #: The manifest's text that the screen should hold.
    text: str = ""
    token: str | None = None
    #: Answers every request with somebody else's page.
    portal: bool = False
    #: Refuses every token with this code.
    refuse: str | None = None
    #: Files that are answered with 404.
    withheld: set[str] = field(default_factory=set)
    #: Files that are answered only once their gate is open.
    gates: dict[str, threading.Event] = field(default_factory=dict)
    commands: list[dict[str, Any]] = field(default_factory=list)
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    #: The server's time runs this much faster than ours.
    rate: float = 1.0
    started_ms: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    poll_s: float = 0.3

    def manifest_digest(self) -> str | None:
        """None while nothing was published."""
        return hashlib.sha256(self.text.encode()).hexdigest() if self.text else None

    def add(self, data: bytes) -> str:
        """Keeps a rendition and gives its SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        self.files[digest] = data
        return digest

    def publish(self, manifest: dict[str, Any]) -> str:
        """Makes a manifest the one the screen should hold; gives its digest."""
        self.text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(self.text.encode()).hexdigest()

    def said(self, name: str) -> list[dict[str, Any]]:
        """The bodies of all messages of one name."""
        return [body for said, body in list(self.heard) if said == name]

    def receipts(self) -> list[tuple[str, str]]:
        return [(body["digest"], body["stage"]) for body in self.said("receipt")]

    def now_ms(self) -> int:
        elapsed_ms = time.time_ns() / 1_000_000 - self.started_ms
        return self.started_ms + round(elapsed_ms * self.rate)


class BoardServer:
    """Serves a world on a port of its own; can be taken down and brought up again on the same port."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self.up()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._port}{self.world.prefix}"

    @property
    def player(self) -> str:
        return f"{self.base}/player/"

    def up(self) -> None:
        handler = type("Handler", (_Handler,), {"world": self.world})
        server = _Server(("127.0.0.1", self._port), handler)
        self._port = server.server_port
        self._server = server
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def down(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is not worth a word."""


class _Handler(BaseHTTPRequestHandler):
    world: World

    def do_GET(self) -> None:
        path = self._path()
        if self.world.portal:
            return self._send(PORTAL, "text/html")
        if path.startswith("/media/"):
            return self._media(path.removeprefix("/media/"))
        if path.startswith("/player/manifest/"):
            return self._manifest(path.removeprefix("/player/manifest/"))
        if path.startswith("/player/"):
            return self._page(path.removeprefix("/player/"))
        return self._refuse(404, "not_found")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        if self.world.portal:
            return self._send(PORTAL, "text/html")
        name = self._path().removeprefix("/player/")
        self.world.heard.append((name, body))
        if name == "pair":
            return self._json(self._pair(body))
        if self.world.refuse:
            return self._refuse(401, self.world.refuse)
        if self.headers["Authorization"] != f"Bearer {self.world.token}":
            return self._refuse(401, "unknown_token")
        answers = {"hello": self._hello, "heartbeat": self._pulse, "plays": self._plays}
        return self._json(answers[name](body) if name in answers else {})

    def log_message(self, *_: Any) -> None:
        """Tests are quiet."""

    def _path(self) -> str:
        return self.path.split("?")[0].removeprefix(self.world.prefix)

    def _pair(self, body: dict[str, Any]) -> dict[str, Any]:
        if self.world.token:
            return {"screen_id": "scr_test", "token": self.world.token}
        qr = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 3"><path d="M0 0h1v1H0zM2 2h1v1H2z"/></svg>'
        return {
            "code": "BCDF-GHJK",
            "expires_in_s": 900,
            "interval_s": 1,
            "claim_url": f"http://127.0.0.1/claim/{body['device'][:4]}",
            "qr_svg": qr,
        }

    def _hello(self, body: dict[str, Any]) -> dict[str, Any]:
        digest = self.world.manifest_digest()
        answer = {
            "server_ms": self.world.now_ms(),
            "digest": digest,
            "alerts": None,
            "screen": {"id": "scr_test", "name": "Thang máy số 1", "place": "Sảnh chính"},
            "media_base": f"{self.world.prefix}/media/",
            "poll_s": self.world.poll_s,
            "heartbeat_s": 60,
            "commands": self.world.commands,
        }
        if body["digest"] != digest and len(self.world.text) <= 65_536:
            answer["manifest"] = self.world.text
        return answer

    def _pulse(self, _: dict[str, Any]) -> dict[str, Any]:
        return {
            "server_ms": self.world.now_ms(),
            "digest": self.world.manifest_digest(),
            "alerts": None,
            "commands": len(self.world.commands),
            "heartbeat_s": 60,
        }

    def _plays(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"accepted": [row["id"] for row in body["tallies"] + body["faults"]], "rejected": []}

    def _manifest(self, digest: str) -> None:
        self.world.fetched.append(f"manifest/{digest}")
        if digest != self.world.manifest_digest():
            return self._refuse(404, "not_found")
        return self._send(self.world.text.encode(), "application/json")

    def _media(self, digest: str) -> None:
        self.world.fetched.append(digest)
        if digest in self.world.gates:
            self.world.gates[digest].wait(60)
        data = self.world.files.get(digest)
        if data is None or digest in self.world.withheld:
            return self._refuse(404, "not_found")
        return self._send(data, "image/webp", "public, max-age=31536000, immutable")

    def _page(self, name: str) -> None:
        file = PLAYER / ({"": "index.html", "preview": "preview.html"}.get(name, name))
        if not file.is_file():
            return self._refuse(404, "not_found")
        return self._send(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))

    def _json(self, answer: dict[str, Any]) -> None:
        self._send(json.dumps(answer).encode(), "application/json")

    def _refuse(self, status: int, code: str) -> None:
        self._send(json.dumps({"code": code}).encode(), "application/json", status=status)

    def _send(self, data: bytes, kind: str, cache: str = "no-store", *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", cache)
        if self._path().endswith("/sw.js"):
            # A service worker is held by its own policy, not by its pages'.
            self.send_header("Content-Security-Policy", "default-src 'none'; connect-src 'self'")
        elif kind == "text/html":
            policy = CSP.format(boot=_boot_hash(data))
            if self._path().endswith("/preview"):
                # A sandboxed frame has no origin of its own, so there 'self' would be nobody.
                policy = policy.replace("'self'", f"http://{self.headers['Host']}")
            self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(data)


def _boot_hash(page: bytes) -> str:
    """The hash by which the strict policy lets the inline boot script run."""
    import base64

    start, end = page.find(b"<script>"), page.find(b"</script>")
    script = page[start + len(b"<script>") : end] if 0 <= start < end else b""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
