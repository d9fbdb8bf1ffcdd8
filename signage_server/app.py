"""Builds the rooms in the order in which a picture goes through them, and joins the doors to them."""

from apiflask import APIFlask

from signage_server.accounts.links import Links
from signage_server.accounts.people import People
from signage_server.accounts.sessions import Sessions
from signage_server.accounts.tokens import Tokens
from signage_server.accounts.units import Units
from signage_server.clock import Clock, utc_now
from signage_server.config import Settings
from signage_server.db import Database
from signage_server.delivery.built_in import BuiltIn
from signage_server.delivery.commands import Commands
from signage_server.delivery.compiler import Compiler
from signage_server.delivery.history import History
from signage_server.delivery.manifests import SentManifests
from signage_server.delivery.player_door import PlayerDoor
from signage_server.delivery.publisher import Publisher
from signage_server.delivery.receipts import Receipts
from signage_server.delivery.watching import Watching
from signage_server.delivery.weeks import Weeks
from signage_server.library.library import Library
from signage_server.library.preparing import Preparing
from signage_server.library.store import Store
from signage_server.library.workshop import Workshop
from signage_server.playlists.playlists import Playlists
from signage_server.scheduling.campaigns import Campaigns
from signage_server.scheduling.day_sets import DaySets
from signage_server.scheduling.schedules import Schedules, forget_screen, where_playlist_is_used
from signage_server.scheduling.splitting import Splitting
from signage_server.screens.pairing import Pairing
from signage_server.screens.plays import Plays
from signage_server.screens.screens import Screens
from signage_server.screens.state import ScreenStates
from signage_server.screens.tokens import ScreenTokens
from signage_server.web import (
    api,
    auth,
    headers,
    health,
    idempotency,
    live,
    media,
    pages,
    player_http,
    problems,
)
from signage_server.web.api import openapi
from signage_server.web.limits import Limits
from signage_server.web.live import Live, give_way
from signage_server.web.media_cache import MediaCache
from signage_server.web.metrics import Metrics
from signage_server.web.rooms import Rooms
from signage_server.web.screens_view import ScreensView

BODY_BYTES_MOST = 1_000_000
"""The largest body that is read into memory; a view that streams its body says so itself."""


def create_app(settings: Settings, *, clock: Clock = utc_now) -> APIFlask:
    """The application with all its rooms. Nothing is started and no file is touched: `start` does that."""
    app = APIFlask(
        "signage_server",
        title="Signage server",
        spec_path=None,
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]
        template_folder="web/templates",
    )
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES_MOST
    app.extensions["signage"] = rooms = _build_rooms(settings, clock)
    app.extensions["signage_live"] = live.join(app, rooms)
    health.register(app)
    headers.register(app)
    problems.register(app)
    auth.register(app)
    idempotency.register(app)
    for blueprint in api.BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=api.PREFIX)
    openapi.register(app)
    app.register_blueprint(player_http.blueprint)
    app.register_blueprint(media.blueprint)
    app.register_blueprint(pages.blueprint)
    return app


def start(app: APIFlask) -> None:
    """Begin the work in the background; only a server that runs does this."""
    rooms: Rooms = app.extensions["signage"]
    rooms.preparing.start()
    rooms.metrics.watch_loop()
    _live(app).start()


def stop(app: APIFlask) -> None:
    """End the work in the background. What is cut off is found again at the next start."""
    _live(app).stop()
    rooms: Rooms = app.extensions["signage"]
    rooms.db.close()


def _live(app: APIFlask) -> Live:
    live_parts: Live = app.extensions["signage_live"]
    return live_parts


def _build_rooms(settings: Settings, clock: Clock) -> Rooms:
    db = Database(settings.database_url)
    people = People(db, clock)

    store = Store(settings.media)
    library = Library(db, clock, store)
    preparing = Preparing(db, clock, store, Workshop(store), library)

    screen_tokens = ScreenTokens(db, clock)
    states = ScreenStates(db, clock)
    plays = Plays(db, clock)

    sent_manifests = SentManifests(db, clock)
    built_in = BuiltIn(db, library, settings.language)
    publisher = Publisher(db, clock, sent_manifests, built_in, preparing.need_profiles, Compiler(), give_way)
    receipts = Receipts(db, clock)
    history = History(db, clock, publisher, give_way)
    commands = Commands(clock, states)
    watching = Watching()
    player_door = PlayerDoor(
        db=db,
        clock=clock,
        language=settings.language,
        tokens=screen_tokens,
        states=states,
        receipts=receipts,
        plays=plays,
        publisher=publisher,
        commands=commands,
        watching=watching,
    )

    return Rooms(
        settings=settings,
        clock=clock,
        db=db,
        limits=Limits(),
        metrics=Metrics(),
        units=Units(db, clock),
        people=people,
        sessions=Sessions(db, clock),
        links=Links(db, clock, people),
        tokens=Tokens(db, clock),
        store=store,
        library=library,
        preparing=preparing,
        playlists=Playlists(db, clock, where_used=where_playlist_is_used),
        screens=Screens(db, clock, screen_tokens, forget=forget_screen),
        screen_tokens=screen_tokens,
        pairing=Pairing(db, clock, settings, screen_tokens),
        states=states,
        plays=plays,
        schedules=Schedules(db, clock),
        splitting=Splitting(db, clock),
        day_sets=DaySets(db, clock),
        campaigns=Campaigns(db, clock, library),
        sent_manifests=sent_manifests,
        publisher=publisher,
        receipts=receipts,
        history=history,
        weeks=Weeks(clock, history, give_way),
        commands=commands,
        watching=watching,
        player_door=player_door,
        screens_view=ScreensView(db, states, publisher),
        media=MediaCache(store),
    )
