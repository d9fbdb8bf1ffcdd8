"""The addresses of an installation, as people type them."""

from dataclasses import dataclass

from signage_server import home
from signage_server.config import Settings


@dataclass(frozen=True)
class Addresses:
    """Where the server is found, without a slash at the end."""

    here: str
    """On the server's own machine."""
    boards: str
    """From everywhere else: the public address if one is set, else the one on the local network."""

    @property
    def console(self) -> str:
        """Where operators sign in."""
        return f"{self.here}/"

    @property
    def player(self) -> str:
        """What a real board opens."""
        return f"{self.boards}/player/"

    def one_time_link(self, secret: str, *, elsewhere: bool = False) -> str:
        """A link that lets its holder choose a password; the secret stands in the fragment, so no log sees it."""
        return f"{self.boards if elsewhere else self.here}/setup#{secret}"

    def demo_board(self, device: str) -> str:
        """A board in a browser tab that is paired already."""
        return f"{self.here}/player/#device={device}"


def addresses(settings: Settings) -> Addresses:
    """The addresses as the server was last started, unless the settings say otherwise now."""
    scheme = "https" if home.is_https(settings) else "http"
    host, port = home.last_listened(settings)
    here = f"{scheme}://localhost:{port}"
    if settings.public_url:
        return Addresses(here, settings.public_url)
    outside = home.network_address(host)
    return Addresses(here, f"{scheme}://{outside}:{port}" if outside else here)
