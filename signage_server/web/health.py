"""How the server is: `/healthz` (alive), `/readyz` (all it needs is there), `/metrics` (figures for Prometheus)."""

import os
import time
from collections.abc import Callable, Mapping

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from signage_server.web.auth import public
from signage_server.web.rooms import Rooms, rooms

blueprint = Blueprint("health", __name__)


def register(app: Flask) -> None:
    """Count and time every answer of `app`."""
    app.register_blueprint(blueprint)
    app.before_request(_start_timing)
    app.after_request(_count)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """Alive: touches nothing, so that it answers whatever else is broken."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Ready: each part that is needed answers."""
    parts = {name: _answers(check) for name, check in _CHECKS.items()}
    return jsonify(parts), 200 if all(parts.values()) else 503


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Figures for Prometheus."""
    return Response(generate_latest(rooms().metrics.registry), content_type=CONTENT_TYPE_LATEST)


def _database(here: Rooms) -> bool:
    here.db.revision()
    return True


def _store(here: Rooms) -> bool:
    return os.access(here.settings.media / "tmp", os.W_OK)


def _workers(here: Rooms) -> bool:
    return here.preparing.is_running()


_CHECKS: Mapping[str, Callable[[Rooms], bool]] = {"database": _database, "store": _store, "worker": _workers}


def _answers(check: Callable[[Rooms], bool]) -> bool:
    try:
        return check(rooms())
    except Exception:  # noqa: BLE001 - whatever is wrong with a part, the answer is that it is not ready
        return False


def _start_timing() -> None:
    g.began = time.perf_counter()


def _count(answer: Response) -> Response:
    view = request.endpoint or "none"
    seconds = time.perf_counter() - g.began if "began" in g else None
    rooms().metrics.answered(view, answer.status_code, seconds)
    return answer
