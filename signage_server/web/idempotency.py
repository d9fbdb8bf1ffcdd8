"""POST with an `Idempotency-Key`: sent twice, done once. The first answer is kept for a day and given again."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy import delete

from signage_server.errors import Conflict
from signage_server.web.models import IdempotentAnswer
from signage_server.web.rooms import rooms

View = TypeVar("View", bound=Callable[..., object])

KEPT = timedelta(days=1)
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class KeyReused(Conflict):
    """The key came before, with another request."""

    code = "idempotency_key_reused"
    vi = "Mã Idempotency-Key này đã được dùng cho một yêu cầu khác."
    en = "This Idempotency-Key was used for another request."


class KeyInUse(Conflict):
    """The first request with this key is still being worked on."""

    code = "idempotency_key_in_use"
    vi = "Yêu cầu trước với mã Idempotency-Key này đang được xử lý. Hãy đợi một chút rồi hỏi lại."
    en = "The first request with this Idempotency-Key is still being worked on. Ask again in a moment."


def never_kept(view: View) -> View:
    """Mark a view whose answers must not be stored, because they hold a secret."""
    view.is_never_kept = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Look for a kept answer before every view, and keep it after; the gate must be registered earlier."""
    at_work: set[tuple[str, str]] = set()

    def look() -> Response | None:
        slot = _slot()
        if slot is None:
            return None
        if slot in at_work:
            raise KeyInUse()
        kept = _kept(slot)
        if kept is None:
            at_work.add(slot)
            g.idempotency_slot = slot
        return kept

    def keep(answer: Response) -> Response:
        slot = g.get("idempotency_slot")
        if slot is not None and answer.status_code < 400 and (answer.is_json or answer.status_code == 204):
            _keep(slot, answer)
        return answer

    def leave(_error: BaseException | None) -> None:
        at_work.discard(g.pop("idempotency_slot", None))

    app.before_request(look)
    app.after_request(keep)
    app.teardown_request(leave)


def _slot() -> tuple[str, str] | None:
    """Whose key this is; None when the request cannot be repeated by key.

    Uploads are not: their body is too large to keep, and the same content is the same asset anyway.
    """
    key, caller = request.headers.get("Idempotency-Key", ""), g.get("caller")
    if request.method != "POST" or not key or caller is None or request.endpoint is None:
        return None
    view = current_app.view_functions[request.endpoint]
    if request.mimetype == "multipart/form-data" or getattr(view, "is_never_kept", False):
        return None
    return caller.id, hashlib.sha256(key.encode()).hexdigest()


def _kept(slot: tuple[str, str]) -> Response | None:
    with rooms().db.read() as session:
        kept = session.get(IdempotentAnswer, slot)
    if kept is None or kept.made_at + KEPT <= rooms().clock():
        return None
    if kept.request_hash != _request_hash():
        raise KeyReused()
    return Response(kept.body, kept.status, json.loads(kept.headers))


def _keep(slot: tuple[str, str], answer: Response) -> None:
    now = rooms().clock()
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    with rooms().db.write(edit=False) as session:
        session.execute(delete(IdempotentAnswer).where(IdempotentAnswer.made_at <= now - KEPT))
        session.merge(
            IdempotentAnswer(
                who=slot[0],
                key=slot[1],
                request_hash=_request_hash(),
                status=answer.status_code,
                headers=json.dumps(headers),
                body=answer.get_data(as_text=True),
                made_at=now,
            )
        )


def _request_hash() -> str:
    told = request.full_path.encode() + b"\n" + request.get_data(cache=True)
    return hashlib.sha256(told).hexdigest()
