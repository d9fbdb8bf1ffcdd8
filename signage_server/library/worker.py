"""The worker process: one job, under limits, then it ends. Started anew for each job by `workshop`.

It reads one line of JSON from standard input, writes files into the job's folder and one line of JSON to standard
output. A hostile file can hurt nobody here: processor time, memory and file size are limited, the network is cut off,
the environment is empty, and the server's database and sockets are not even open in this process.
"""

import ctypes
import hashlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 12
MEMORY_BYTES = 1 << 30
FILE_BYTES = 64 << 20


def limit_this_process() -> None:
    """Give up, for the rest of this process's life, what a job does not need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, new_network, new_user = 38, 0x40000000, 0x10000000
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    # Where the kernel forbids namespaces to ordinary users, the job runs with the host's network; it still gets no
    # address to call from us.
    libc.unshare(new_network if os.geteuid() == 0 else new_network | new_user)


def main() -> None:
    """Do the job that is described on standard input."""
    limit_this_process()
    job = json.loads(sys.stdin.readline())
    sys.stdout.write(json.dumps(_answer(job)) + "\n")


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    # Imported under the limits: the decoders are what the limits are for.
    from signage_server.errors import SignageError
    from signage_server.library.refusals import TooHard

    try:
        return _KINDS[job["kind"]](job)
    except SignageError as refusal:
        return {"refused": {"code": refusal.code, "facts": refusal.facts}}
    except MemoryError:
        return {"refused": {"code": TooHard.code, "facts": {}}}


def _picture(job: dict[str, Any]) -> dict[str, Any]:
    from signage_server.library import pictures
    from signage_server.library.profiles import parse_profile

    profiles = [parse_profile(name) for name in job["profiles"]]
    largest = max((profile.size for profile in profiles), default=(pictures.THUMBNAIL, pictures.THUMBNAIL))
    square = (max(largest), max(largest))  # one decoding serves landscape and portrait
    with os.fdopen(job["fd"], "rb") as file:
        image, (width, height) = pictures.open_picture(file, square)
    files = [
        _write(job, profile.name, picture, f"image/{profile.format}", drawn=False)
        for profile, picture in pictures.renditions(image, profiles)
    ]
    return {"files": files + _thumbnail(job, image), "width": width, "height": height}


def _notice(job: dict[str, Any]) -> dict[str, Any]:
    from signage_server.library import typeset
    from signage_server.library.notices import Notice
    from signage_server.library.profiles import parse_profile

    notice = Notice.model_validate(job["notice"])
    pictures = [(profile, typeset.render(notice, profile)) for profile in map(parse_profile, job["profiles"])]
    files = [
        _write(job, profile.name, picture, f"image/{profile.format}", drawn=True)
        for profile, picture in pictures
    ]
    _, widest = max(pictures, key=lambda made: made[0].width / made[0].height)
    return {"files": files + _thumbnail(job, widest), "width": None, "height": None}


def _thumbnail(job: dict[str, Any], image: Any) -> list[dict[str, Any]]:
    from signage_server.library import pictures

    if not job["thumbnail"]:
        return []
    return [_write(job, "thumbnail", pictures.thumbnail(image), "image/webp", drawn=False)]


def _write(job: dict[str, Any], profile: str, image: Any, media_type: str, *, drawn: bool) -> dict[str, Any]:
    from signage_server.library import pictures

    data = pictures.encode(image, media_type, drawn=drawn)
    path = Path(job["folder"]) / profile
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return {
        "profile": profile,
        "path": str(path),
        "sha256": hashlib.sha256(data).hexdigest(),
        "type": media_type,
        "size_bytes": len(data),
        "width": image.width,
        "height": image.height,
    }


_KINDS = {"picture": _picture, "notice": _notice}

if __name__ == "__main__":
    main()
