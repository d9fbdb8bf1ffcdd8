"""All that the doors can ask: the services of every room, built once by `create_app`."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from signage_server.accounts.links import Links
from signage_server.accounts.people import People
from signage_server.accounts.sessions import Sessions
from signage_server.accounts.tokens import Tokens
from signage_server.accounts.units import Units
from signage_server.clock import Clock
from signage_server.config import Settings
from signage_server.db import Database
from signage_server.delivery.commands import Commands
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
from signage_server.playlists.playlists import Playlists
from signage_server.scheduling.campaigns import Campaigns
from signage_server.scheduling.day_sets import DaySets
from signage_server.scheduling.schedules import Schedules
from signage_server.scheduling.splitting import Splitting
from signage_server.screens.pairing import Pairing
from signage_server.screens.plays import Plays
from signage_server.screens.screens import Screens
from signage_server.screens.state import ScreenStates
from signage_server.screens.tokens import ScreenTokens
from signage_server.web.limits import Limits
from signage_server.web.media_cache import MediaCache
from signage_server.web.metrics import Metrics
from signage_server.web.screens_view import ScreensView


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """One field for each service, in the order in which a picture goes through them."""

    settings: Settings
    clock: Clock
    db: Database
    limits: Limits
    metrics: Metrics

    units: Units
    people: People
    sessions: Sessions
    links: Links
    tokens: Tokens

    store: Store
    library: Library
    preparing: Preparing
    playlists: Playlists
    screens: Screens
    screen_tokens: ScreenTokens
    pairing: Pairing
    states: ScreenStates
    plays: Plays
    schedules: Schedules
    splitting: Splitting
    day_sets: DaySets
    campaigns: Campaigns

    sent_manifests: SentManifests
    publisher: Publisher
    receipts: Receipts
    history: History
    weeks: Weeks
    commands: Commands
    watching: Watching
    player_door: PlayerDoor
    screens_view: ScreensView
    media: MediaCache


def rooms() -> Rooms:
    """The services of the application that answers the present request."""
    return cast(Rooms, current_app.extensions["signage"])
