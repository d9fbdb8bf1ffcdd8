"""`/media/<sha256>`: renditions only, for ever the same under their address; knowing the hash is the permission."""

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from signage_server.errors import NotFound
from signage_server.web.auth import public
from signage_server.web.media_cache import MediaFile
from signage_server.web.rooms import rooms

blueprint = Blueprint("media", __name__)

FOREVER = "public, max-age=31536000, immutable"


@blueprint.get("/media/<sha256>")
@public
def media(sha256: str) -> AnyResponse:
    """A rendition, whole or a range of it."""
    file = rooms().media.find(sha256)
    if file is None:
        raise NotFound
    answer = _answer(file)
    answer.headers["Cache-Control"] = FOREVER
    answer.set_etag(sha256)
    size = answer.content_length or 0
    try:
        return answer.make_conditional(request, accept_ranges=_asks_for_bytes(), complete_length=size)
    except RequestedRangeNotSatisfiable:
        answer.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})


def _asks_for_bytes() -> bool:
    """Ranges in other units than bytes are to be ignored (RFC 9110 §14.2)."""
    return request.headers.get("Range", "bytes=").startswith("bytes=")


def _answer(file: MediaFile) -> Response:
    if isinstance(file.content, bytes):
        return Response(file.content, mimetype=file.type)
    return send_file(file.content, mimetype=file.type, etag=False, conditional=False)
