"""Makes an installation out of an empty folder, and brings an older one up to date; harmless to repeat."""

import signage_server.authority as authority
from signage_server import home, migrations
from signage_server.db import Database, Revision
from signage_server.web.rooms import Rooms

_ROOT_NAMES = {"vi": "Cơ quan của tôi", "en": "My organisation"}


def prepare(rooms: Rooms) -> None:
    """Folders, tables, the root unit, the certificate authority and the port."""
    settings = rooms.settings
    home.make_folders(settings)
    rooms.store.prepare()
    migrations.upgrade(rooms.db.engine)
    _start_counting(rooms.db)
    rooms.units.make_root(_ROOT_NAMES[settings.language])
    authority.make_ca(settings, rooms.clock())
    home.port_of(settings)


def _start_counting(db: Database) -> None:
    with db.write(edit=False) as session:
        if session.get(Revision, 1) is None:
            session.add(Revision(id=1, value=0))
