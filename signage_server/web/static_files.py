"""Built files over HTTP: compressed for whoever takes it, since a board may hang on a bad line; never sent twice."""

import gzip
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from flask import Response, request
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as AnyResponse

from signage_server.errors import NotFound
from signage_server.offload import off_loop

_WORTH_IT = {".css", ".html", ".js", ".json", ".svg"}


def send(folder: Path, name: str, caching: str) -> AnyResponse:
    """A file of the folder, or 304 to a browser that has it already.

    Raises:
        NotFound: there is no such file in the folder.
    """
    found = safe_join(str(folder), name)
    path = Path(found) if found else folder
    if not path.is_file():
        raise NotFound()
    squeezed = path.suffix in _WORTH_IT and request.accept_encodings["gzip"] > 0
    changed_ns = path.stat().st_mtime_ns
    content = off_loop(_gzipped, path, changed_ns) if squeezed else path.read_bytes()
    answer = Response(content, mimetype=guess_type(name)[0] or "application/octet-stream")
    answer.headers["Cache-Control"] = caching
    answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{changed_ns:x}-{len(content):x}")
    if squeezed:
        answer.headers["Content-Encoding"] = "gzip"
    return answer.make_conditional(request)


@lru_cache(maxsize=200)
def _gzipped(path: Path, _changed_ns: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)
