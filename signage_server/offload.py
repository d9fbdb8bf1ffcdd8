"""Blocking work kept away from the sockets: hashing a password, waiting for the disk."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from gevent import get_hub, monkey

P = ParamSpec("P")
T = TypeVar("T")


def off_loop(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call `function` and wait for it, without stopping the other greenlets where gevent serves the sockets.

    Under gevent it runs in the hub's pool of native threads; elsewhere it is simply called. The function must touch
    neither the database nor anything that gevent has patched.
    """
    if not monkey.is_module_patched("threading"):
        return function(*args, **kwargs)
    result: T = get_hub().threadpool.apply(function, args, kwargs)
    return result
