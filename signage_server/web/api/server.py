"""What the console needs to know of the installation before anybody has signed in."""

from apiflask import APIBlueprint
from flask import request

from signage_server import __version__
from signage_server.accounts.passwords import SHORTEST
from signage_server.library.library import UPLOAD_BYTES_MOST
from signage_server.web.auth import public
from signage_server.web.rooms import rooms
from signage_server.web.schemas import ServerOut

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
        player_url=f"{settings.public_url or request.url_root.rstrip('/')}/player/",
        secure=request.is_secure,
        limits={"upload_bytes": UPLOAD_BYTES_MOST, "password_characters": SHORTEST},
    )
