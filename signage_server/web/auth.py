"""The gate: every request is refused unless its view is marked `public` or the caller is known.

A person is known by the cookie of a session, a program by `Authorization: Bearer` with an API token. Changes made with
a cookie must carry the session's CSRF token and come from our own pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request

from signage_server.accounts.sessions import csrf_token_fits
from signage_server.accounts.tokens import PREFIX
from signage_server.errors import Forbidden, Language, SignInNeeded
from signage_server.web.etags import is_versioned, sent_etag
from signage_server.web.rooms import rooms

View = TypeVar("View", bound=Callable[..., object])

CSRF_HEADER = "X-CSRF-Token"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class CsrfRefused(Forbidden):
    """A change with a session's cookie that does not prove that our own page sent it."""

    code = "csrf_refused"
    vi = "Trang đã mở quá lâu hoặc yêu cầu đến từ trang khác. Hãy tải lại trang rồi làm lại."
    en = "The page was open too long, or the request came from another site. Reload the page and try again."


@dataclass(frozen=True)
class Caller:
    """Who asks: a person or a program with an API token."""

    kind: Literal["person", "token"]
    id: str
    unit_id: str
    name: str
    language: Language | None


def public(view: View) -> View:
    """Mark a view that anybody may call: it needs no sign-in, or checks the caller itself (as for boards)."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def is_public(view: Callable[..., object]) -> bool:
    """Whether `view` is marked with `public`."""
    return bool(getattr(view, "is_public", False))


def who() -> Caller:
    """The caller of the present request.

    Raises:
        SignInNeeded: nobody is known (only in a public view).
    """
    caller = cast(Caller | None, g.get("caller"))
    if caller is None:
        raise SignInNeeded()
    return caller


def register(app: Flask) -> None:
    """Put the gate before every view of `app`."""
    app.before_request(_gate)


def cookie_name() -> str:
    """`sid`; over https with the prefix that makes browsers refuse it from anywhere but this host over https."""
    return "__Host-sid" if request.is_secure else "sid"


def session_secret() -> str | None:
    """The secret in the caller's cookie, whether or not it is (still) good."""
    return request.cookies.get(cookie_name())


def check_same_site() -> None:
    """Refuse a change that a browser sends for another site's page.

    Raises:
        CsrfRefused: the browser says that it comes from elsewhere.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise CsrfRefused()
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc not in _own_hosts():
        raise CsrfRefused()


def _gate() -> None:
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if is_public(view) and not request.path.startswith("/api/"):
        return  # pages, media and boards: nothing there depends on who is signed in
    g.caller = _by_token() or _by_session()
    if not is_public(view):
        who()
        _check_csrf()
    if is_versioned(view):
        sent_etag()


def _check_csrf() -> None:
    """A token in a header is only sent on purpose; a cookie goes along with whatever a browser is made to send."""
    secret = session_secret()
    if request.method in _READING or who().kind != "person" or secret is None:
        return
    check_same_site()
    if not csrf_token_fits(secret, request.headers.get(CSRF_HEADER, "")):
        raise CsrfRefused()


def _by_token() -> Caller | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    token = rooms().tokens.owner_of(secret.strip()) if secret.startswith(PREFIX) else None
    return Caller("token", token.id, token.unit_id, token.name, None) if token else None


def _by_session() -> Caller | None:
    secret = session_secret()
    person = rooms().sessions.person_of(secret) if secret else None
    if person is None:
        return None
    return Caller("person", person.id, person.unit_id, person.name, person.language)


def _own_hosts() -> set[str]:
    public_url = rooms().settings.public_url
    return {request.host} | ({urlsplit(public_url).netloc} if public_url else set())
