"""Serves an application to boards and browsers: gevent, websockets, TLS, and a quiet end."""

import gc
import logging
import signal
import socket
import ssl
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import gevent
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler
from werkzeug.middleware.proxy_fix import ProxyFix

from signage_server.delivery.frames import bound
from signage_server.turns import Turns

logger = logging.getLogger(__name__)

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LAST_WORDS_S = 2
"""How long requests that have begun may go on after we were asked to stop; boards simply come back."""


class PromptHandler(WebSocketHandler):
    """Sends every frame at once: Nagle's algorithm would hold small ones back for up to 40 ms."""

    def handle(self) -> None:
        """Serve one connection."""
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().handle()

    def upgrade_connection(self) -> Any:
        """Become a websocket, of the bounded kind."""
        refusal = super().upgrade_connection()
        if not refusal:
            bound(self.websocket)
        return refusal


def serve(
    app: WsgiApp,
    listener: socket.socket,
    *,
    certificate: tuple[Path, Path] | None = None,
    when_stopped: Callable[[], None],
) -> None:
    """Serve until SIGTERM or SIGINT, then let running requests end and call `when_stopped`."""
    server = WSGIServer(
        listener,
        behind_local_proxy(in_turns(app)),
        handler_class=PromptHandler,
        spawn=Pool(),
        log=None,
        error_log=logger,
        **_tls(certificate),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, server.close)
    # What was made until now stays: the collector need not look at it again, which takes a tenth of a second each time.
    gc.collect()
    gc.freeze()
    try:
        server.serve_forever(stop_timeout=LAST_WORDS_S)
    finally:
        when_stopped()


def in_turns(app: WsgiApp) -> WsgiApp:
    """Let requests begin one at a time, so that the loop is never late by more than one of them."""
    turns = Turns()

    def wait_and_answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        turns.take()
        return app(environ, start_response)

    return wait_and_answer


def behind_local_proxy(app: WsgiApp) -> WsgiApp:
    """Believe `X-Forwarded-For/-Proto/-Host` of a proxy on this machine, and of nobody else."""
    through_proxy = ProxyFix(app, x_for=1, x_proto=1, x_host=1)

    def choose(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        nearby = environ.get("REMOTE_ADDR") in ("127.0.0.1", "::1")
        return (through_proxy if nearby else app)(environ, start_response)

    return choose


def _tls(certificate: tuple[Path, Path] | None) -> dict[str, Any]:
    if certificate is None:
        return {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(*certificate)
    return {"ssl_context": context}
