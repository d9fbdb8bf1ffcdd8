"""What lives between requests: sockets to boards and consoles, reconciling, and the jobs of the clock."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from gevent import monkey
from sqlalchemy import delete

from signage_server.delivery.frames import MESSAGE_MOST
from signage_server.delivery.hub import CONSOLE, PLAYER, Hub
from signage_server.delivery.jobs import Job, Jobs
from signage_server.delivery.news import News
from signage_server.delivery.publisher import Published
from signage_server.delivery.reconciler import Reconciler
from signage_server.delivery.rooms_index import IndexedManager
from signage_server.delivery.zone_watch import ZoneWatch
from signage_server.offload import off_loop
from signage_server.screens.screens import UnknownScreen
from signage_server.turns import GiveWay, Turns
from signage_server.web import auth
from signage_server.web.models import IdempotentAnswer
from signage_server.web.rooms import Rooms

LOOK_S = 2
"""How often the edits of other processes are looked for (DESIGN §5)."""
FLUSH_S = 5
"""How often what boards proved is written down."""
SIGNED_OUT_S = 60
CLEAN_UP_S = 3600
ZONES_S = 3600
"""How often the files of the time zones are looked at: updates come a few times a year, days ahead."""
ANSWERS_KEPT = timedelta(days=1)

give_way = GiveWay()
"""Lets the sockets have their turn; called now and then by whatever takes long in the background."""


@dataclass(frozen=True)
class Live:
    """The moving parts. Building them starts nothing."""

    rooms: Rooms
    hub: Hub
    news: News
    reconciler: Reconciler
    jobs: Jobs

    def start(self) -> None:
        """Set everything in motion; only a server that runs does this."""
        self.rooms.states.load()
        self.jobs.start()
        self.reconciler.after_reconcile(
            _once(gc.freeze)
        )  # the facts stay, and going through them takes 0.1 s
        self.reconciler.start()
        self.news.start()

    def stop(self) -> None:
        """Bring everything to rest, and write down what boards proved."""
        self.jobs.stop()
        self.news.stop()
        self.reconciler.stop()
        flush(self.rooms)


def join(app: Flask, rooms: Rooms) -> Live:
    """Put the sockets in front of the application and join all that they carry."""
    hub = Hub(
        _socketio(app),
        rooms.player_door,
        rooms.watching,
        authenticate=lambda environ: _is_signed_in(app, environ),
        when_gone=rooms.states.gone,
        pause=give_way,
        take_turn=Turns().take if _on_gevent() else give_way,
    )
    news = News(hub, rooms.watching, lambda screen_id: _screen_out(rooms, screen_id))
    reconciler = Reconciler(rooms.db, rooms.publisher)
    zone_watch = ZoneWatch()
    jobs = Jobs(
        [
            Job("look for edits", LOOK_S, reconciler.look),
            Job("write down what boards proved", FLUSH_S, lambda: flush(rooms)),
            Job("close consoles of those who signed out", SIGNED_OUT_S, hub.close_signed_out),
            Job("look for new rules of time zones", ZONES_S, zone_watch.look),
            Job("clean up", CLEAN_UP_S, lambda: clean_up(rooms)),
        ]
    )
    _join(rooms, hub, news, reconciler, jobs)
    _follow_zones(rooms, reconciler, zone_watch)
    return Live(rooms, hub, news, reconciler, jobs)


def _once(do: Callable[[], object]) -> Callable[[], None]:
    waiting = [do]

    def first_time() -> None:
        if waiting:
            waiting.pop()()

    return first_time


def flush(rooms: Rooms) -> None:
    """Write down what boards proved since the last time."""
    rooms.states.flush(give_way)
    rooms.receipts.flush(give_way)


def clean_up(rooms: Rooms) -> None:
    """Forget what nobody will ask for any more."""
    rooms.pairing.clean_up()
    rooms.commands.clean_up()
    rooms.plays.clean_up()
    rooms.receipts.clean_up()
    rooms.sent_manifests.clean_up()
    off_loop(rooms.store.sweep, rooms.library.named_files(), rooms.clock())
    with rooms.db.write(edit=False) as session:
        session.execute(
            delete(IdempotentAnswer).where(IdempotentAnswer.made_at < rooms.clock() - ANSWERS_KEPT)
        )


def _on_gevent() -> bool:
    return bool(monkey.is_module_patched("threading"))


def _socketio(app: Flask) -> SocketIO:
    return SocketIO(
        app,
        async_mode="gevent" if _on_gevent() else "threading",
        client_manager=IndexedManager(),
        namespaces=[PLAYER, CONSOLE],
        transports=["websocket"],
        allow_upgrades=False,
        http_compression=False,
        manage_session=False,
        async_handlers=False,  # one message of a client after the other: nobody makes us do a thousand at once
        max_http_buffer_size=MESSAGE_MOST,
        ping_interval=25,
        ping_timeout=20,
    )


def _join(rooms: Rooms, hub: Hub, news: News, reconciler: Reconciler, jobs: Jobs) -> None:
    """Who hears of what."""

    def published(news_for: Published) -> None:
        hub.push_manifest(news_for)
        for screen_id in news_for.screen_ids:
            news.changed(screen_id)

    def taken_down(screen_id: str) -> None:
        hub.disconnect_board(screen_id)
        rooms.states.forget(screen_id)

    rooms.publisher.after_publish(published)
    rooms.publisher.after_gone(taken_down)
    rooms.states.after_report(news.changed)
    rooms.commands.push_by(hub.push_command)
    rooms.pairing.after_change(lambda: hub.tell_consoles("waiting", {"count": len(rooms.pairing.waiting())}))
    reconciler.after_edit(lambda revision: hub.tell_consoles("changed", {"revision": revision}))
    reconciler.after_edit(lambda _: rooms.preparing.look())
    reconciler.after_reconcile(
        lambda: jobs.at("move the horizon", rooms.publisher.next_midnight(), reconciler.wake)
    )
    rooms.metrics.gauge("signage_boards_connected", "Screens with an open socket.", lambda: hub.boards)


def _follow_zones(rooms: Rooms, reconciler: Reconciler, zone_watch: ZoneWatch) -> None:
    """When the rules of a zone change, all that was worked out by the old ones is worked out anew, and pushed."""
    reconciler.after_reconcile(lambda: zone_watch.in_use(rooms.publisher.zones()))
    zone_watch.after_change(rooms.publisher.forget_compiled)
    zone_watch.after_change(rooms.history.forget_compiled)
    zone_watch.after_change(reconciler.wake)


def _is_signed_in(app: Flask, environ: dict[str, Any]) -> bool:
    with app.request_context(environ):
        secret = auth.session_secret()
        return secret is not None and app.extensions["signage"].sessions.person_of(secret) is not None


def _screen_out(rooms: Rooms, screen_id: str) -> dict[str, Any] | None:
    try:
        return rooms.screens_view.screen_out(screen_id).model_dump(mode="json")
    except UnknownScreen:
        return None
