"""The boards' door over plain HTTP: pairing, and the twin of every message for networks that eat websockets."""

import logging
from typing import Any

from flask import Blueprint, Response, jsonify, request
from pydantic import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from signage_server.delivery.frames import MESSAGE_MOST
from signage_server.delivery.messages import Pair
from signage_server.delivery.player_door import Answer, Malformed, refusal
from signage_server.errors import NotFound, SignageError
from signage_server.screens.said import clean
from signage_server.web.auth import public
from signage_server.web.rooms import rooms

logger = logging.getLogger(__name__)

blueprint = Blueprint("player_http", __name__)

FOREVER = "private, max-age=31536000, immutable"


@blueprint.errorhandler(SignageError)
def refuse(error: SignageError) -> tuple[Response, int]:
    """Boards are refused by a code alone, as over the socket."""
    return _send(refusal(error))


@blueprint.post("/player/pair")
@public
def pair() -> tuple[Response, int]:
    """A board without a token asks for its code, or for the token once it was claimed."""
    address = request.remote_addr or ""
    # A building with a hundred boards may share one address; each asks every two seconds.
    rooms().limits.hit("3000 per minute", "pair", address)
    try:
        said = Pair.model_validate(_body())
    except ValidationError as error:
        raise Malformed from error
    browser = request.headers.get("User-Agent", "")
    answer = rooms().pairing.ask(said.device, said.capabilities, address, browser, request.url_root)
    return _send(Answer(answer))


@blueprint.post("/player/<name>")
@public
def message(name: str) -> tuple[Response, int]:
    """The twin of a message over the socket: same body, same answer."""
    door = rooms().player_door
    return _send(door.answer(door.enter(_token(), "http"), name, _body()))


@blueprint.get("/player/manifest/<digest>")
@public
def manifest(digest: str) -> AnyResponse:
    """A manifest that was too large to be pushed."""
    rooms().player_door.enter(_token(), "http")
    text = rooms().publisher.text(digest)
    if text is None:
        raise NotFound
    answer = Response(text, mimetype="application/json", headers={"Cache-Control": FOREVER})
    answer.set_etag(digest)
    return answer.make_conditional(request)


@blueprint.get("/player/err")
@public
def err() -> tuple[str, int]:
    """The cry of a player that cannot even start: kept in the log."""
    address = request.remote_addr or ""
    rooms().limits.hit("30 per minute", "err", address)
    logger.warning("a player at %s cannot start: %s", address, clean(request.args.get("m", ""), 400))
    return "", 204


def _body() -> Any:
    """What was sent; nothing readable is None, which no message allows."""
    request.max_content_length = MESSAGE_MOST
    try:
        return request.get_json(force=True, silent=True)
    except RecursionError:  # thousands of brackets within each other
        return None


def _token() -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _send(answer: Answer) -> tuple[Response, int]:
    response = jsonify(answer.body)
    response.headers["Cache-Control"] = "no-store"
    return response, answer.status
