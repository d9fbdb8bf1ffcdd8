"""What `signage-server run` does, from the first file to the last request. The process is patched by gevent already."""

import logging
from collections.abc import Callable

import click

from signage_server import authority, home, installing, starter, words
from signage_server.addresses import Addresses, addresses
from signage_server.app import create_app, start, stop
from signage_server.config import load_settings
from signage_server.demo import DemoBoards
from signage_server.scheduling.zone_rules import take_newer
from signage_server.server import serve
from signage_server.web.rooms import Rooms

Tell = Callable[[str], None]


def run(*, https: bool, with_starter: bool, tell: Tell) -> None:
    """Serve until stopped; `with_starter` prints the three links of the first minutes.

    Raises:
        PortTaken: another program has our port.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    take_newer()
    app = create_app(load_settings())
    rooms: Rooms = app.extensions["signage"]
    settings = rooms.settings
    installing.prepare(rooms)
    port = home.port_of(settings)
    listener = home.listen(settings.host, port)
    home.remember(settings, https=https, last_listened={"host": settings.host, "port": port})
    certificate = authority.server_certificate(settings, rooms.clock()) if https else None
    start(app)
    _say_where(rooms, addresses(settings), with_starter=with_starter, tell=tell)
    serve(app, listener, certificate=certificate, when_stopped=lambda: stop(app))
    tell(words.say(settings.language, words.STOPPED))


def _say_where(rooms: Rooms, where: Addresses, *, with_starter: bool, tell: Tell) -> None:
    language = rooms.settings.language
    link = starter.setup_link(rooms, where)
    if with_starter:
        starter.import_campaign_once(rooms)
        links = words.welcome(language, where, where.demo_board(DemoBoards(rooms).open_link()), link)
    else:
        links = [(words.say(language, words.SERVING), where.console)]
        links += [(words.say(language, words.SETUP), link)] if link else []
    for sentence, address in links:
        tell(f"{sentence}\n  {click.style(address, bold=True)}\n")  # bold on a terminal, plain in a file
    insecure = words.PLAIN_HTTP if where.here.startswith("http:") else words.CERTIFICATE
    tell(words.say(language, insecure, console=where.console))
