"""Versions of resources over HTTP: what is read carries an `ETag`, what changes it must name it in `If-Match`."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from flask import request

from signage_server.errors import SignageError, Stale

View = TypeVar("View", bound=Callable[..., object])


class IfMatchMissing(SignageError):
    """A change did not say which version it was made from."""

    code = "if_match_missing"
    status = 428
    vi = "Yêu cầu thay đổi phải cho biết phiên bản đang sửa (tiêu đề If-Match)."
    en = "A change must say which version it was made from (header If-Match)."


class HasEtag(Protocol):
    """Any body that names its version."""

    @property
    def etag(self) -> str:
        """The version as it stands in the body."""


Body = TypeVar("Body", bound=HasEtag)


def versioned(view: View) -> View:
    """Mark a view that changes an existing resource: without `If-Match` it is refused before it runs."""
    view.needs_if_match = True  # type: ignore[attr-defined]
    return view


def is_versioned(view: Callable[..., object]) -> bool:
    """Whether `view` is marked with `versioned`."""
    return bool(getattr(view, "needs_if_match", False))


def sent_etag() -> str | None:
    """The version the caller started from; None for `If-Match: *`, which accepts any.

    Raises:
        IfMatchMissing: the header is not there.
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise IfMatchMissing()
    return None if sent == "*" else sent.removeprefix("W/").strip('"')


def check_if_match(etag: str) -> None:
    """Compare the version the caller started from with the present one.

    Raises:
        IfMatchMissing: the caller did not say.
        Stale: somebody else changed it meanwhile.
    """
    if sent_etag() not in (None, etag):
        raise Stale()


def etagged(body: Body, status: int = 200) -> tuple[Body, int, dict[str, str]]:
    """The answer of a view: the body with its version in the `ETag` header."""
    return body, status, {"ETag": f'"{body.etag}"'}
