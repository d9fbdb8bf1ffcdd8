"""What the console needs to know of the installation before anybody has signed in."""

from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import request

from signage_server import __version__, home
from signage_server.accounts.passwords import SHORTEST
from signage_server.library.library import UPLOAD_BYTES_MOST
from signage_server.web.auth import public
from signage_server.web.rooms import rooms
from signage_server.web.schemas.people import ServerOut

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

blueprint = APIBlueprint("server", __name__, tag="Server")


@blueprint.get("/server")
@public
@blueprint.output(ServerOut)
def get_server() -> ServerOut:
    """The installation: its version, languages, zone, limits and the address of the player."""
    settings = rooms().settings
    return ServerOut(
        version=__version__,
        timezone=settings.timezone,
        language=settings.language,
        player_url=f"{settings.public_url or _reached_by_boards()}/player/",
        secure=request.is_secure,
        limits={"upload_bytes": UPLOAD_BYTES_MOST, "password_characters": SHORTEST},
    )


def _reached_by_boards() -> str:
    """Our address as the caller typed it; to somebody on this very machine, the one on the local network."""
    typed = urlsplit(request.host_url)
    lan = home.network_address(rooms().settings.host) if typed.hostname in _THIS_MACHINE else None
    port = f":{typed.port}" if typed.port else ""
    return f"{typed.scheme}://{lan}{port}" if lan else request.host_url.rstrip("/")
