"""Blocking work kept away from the sockets: hashing a password, waiting for the disk."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from gevent import get_hub, monkey

P = ParamSpec("P")
T = TypeVar("T")


def off_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `function` and wait for it, without stopping the other greenlets where gevent serves the sockets.

    Under gevent it runs in the hub's pool of native threads; elsewhere it is simply called. The function must touch
    neither the database nor anything that gevent has patched. What it raises is raised here.
    """
    if not monkey.is_module_patched("threading"):
        return function(*args, **kwargs)

    def outcome() -> tuple[T] | Exception:
        # As a value: what leaves a thread as an exception is written to the log as a thread that failed.
        try:
            return (function(*args, **kwargs),)
        except Exception as error:  # noqa: BLE001 - it is raised again where it is waited for
            return error

    found: tuple[T] | Exception = get_hub().threadpool.apply(outcome)
    if isinstance(found, Exception):
        try:
            raise found
        finally:
            del found  # its traceback leads to this frame: together they would be a circle
    return found[0]
