"""Headers that every answer carries: what browsers may do with our pages, and what they must not."""

from flask import Flask, Response, request

_NO_FEATURES = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For answers that are no pages: whatever they are taken for, they do nothing."""
_OPEN_TO_THE_STAGE = ("/media/", "/player/")
"""What the preview's frame loads: it is sandboxed, so to the browser it is another site. All of it is public."""


def register(app: Flask) -> None:
    """Put the headers on every answer of `app`; a page sets its own Content-Security-Policy."""
    app.after_request(_harden)


def console_policy(nonce: str) -> str:
    """What the console may load: itself; styles it makes itself, known by the nonce; the player's stage in a frame."""
    return _policy(
        script_src="'self'",
        style_src=f"'self' 'nonce-{nonce}'",
        img_src="'self' blob: data:",
        font_src="'self'",
        connect_src=f"'self' {_socket_origin()}",
        frame_src="'self'",
        frame_ancestors="'none'",
    )


def player_policy(script_hashes: list[str]) -> str:
    """What a board may load: itself, pictures it keeps in memory, and the little boot script known by its hash."""
    return _policy(
        script_src=" ".join(["'self'", *(f"'{script_hash}'" for script_hash in script_hashes)]),
        style_src="'self'",
        img_src="'self' blob: data:",
        media_src="'self' blob:",
        font_src="'self'",
        connect_src=f"'self' {_socket_origin()}",
        worker_src="'self'",
        frame_ancestors="'none'",
    )


def worker_policy() -> str:
    """What the player's service worker may fetch: it runs under the policy of its own script, not of the page."""
    return _policy(connect_src="'self'", frame_ancestors="'none'")


def stage_policy(script_hashes: list[str]) -> str:
    """The stage without identity, in a sandboxed frame of ours: it shows pictures and speaks with nobody."""
    own = request.host_url.rstrip("/")
    return _policy(
        script_src=" ".join([own, *(f"'{script_hash}'" for script_hash in script_hashes)]),
        style_src=own,
        img_src=f"{own} blob: data:",
        media_src=f"{own} blob:",
        font_src=own,
        connect_src=own,
        frame_ancestors="'self'",
    )


def document_policy(nonce: str) -> str:
    """A page to read: nothing but its own style."""
    return _policy(style_src=f"'nonce-{nonce}'", frame_ancestors="'none'")


def _policy(**directives: str) -> str:
    first = "default-src 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
    rest = "; ".join(f"{name.replace('_', '-')} {value}" for name, value in directives.items())
    return f"{first}; {rest}"


def _socket_origin() -> str:
    # Browsers before Chromium 72 do not count ws:// as 'self'.
    return f"{'wss' if request.is_secure else 'ws'}://{request.host}"


def _harden(answer: Response) -> Response:
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", _NOTHING)
    if request.path.startswith(_OPEN_TO_THE_STAGE) and request.method in ("GET", "HEAD"):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    else:
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    if answer.mimetype == "text/html":
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = _NO_FEATURES
    if request.path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")
    return answer
