"""The first minutes: a set-up link while nobody can sign in, the Bluezone campaign, and a board to see it on."""

from pathlib import Path

from sqlalchemy import select

from signage_server import home
from signage_server.accounts import audit
from signage_server.accounts.models import AuditEntry
from signage_server.addresses import Addresses
from signage_server.config import CHECKOUT
from signage_server.playlists import documents
from signage_server.playlists.models import Playlist
from signage_server.scheduling import exporting
from signage_server.scheduling.campaigns import Imported
from signage_server.web.rooms import Rooms

CAMPAIGN = CHECKOUT / "playlists" / "bluezone.yaml"
_IMPORTED = "starter.import"


def setup_link(rooms: Rooms, where: Addresses) -> str | None:
    """A fresh set-up link, kept in the home too; None as soon as somebody can sign in."""
    if rooms.people.anybody_can_sign_in():
        home.forget_setup_link(rooms.settings)
        return None
    link = where.one_time_link(rooms.links.make())
    home.keep_setup_link(rooms.settings, link)
    return link


def import_campaign_once(rooms: Rooms, campaign: Path = CAMPAIGN) -> None:
    """The campaign that ships with the product, on the first start only: what was deleted stays deleted."""
    with rooms.db.read() as session:
        if session.scalar(select(AuditEntry.id).where(AuditEntry.action == _IMPORTED).limit(1)):
            return
    import_document(rooms, campaign)
    with rooms.db.write(edit=False) as session:
        audit.record(session, audit.CLI, _IMPORTED, None, None, {"file": campaign.name}, at=rooms.clock())


def import_document(rooms: Rooms, file: Path) -> Imported:
    """Take a playlist document in, for the whole organisation."""
    document = documents.load(file.read_text("utf-8", errors="replace"))
    today = rooms.clock().astimezone(rooms.settings.zone).date()
    return rooms.campaigns.take_in(audit.CLI, rooms.units.root().id, document, today)


def export_document(rooms: Rooms, playlist: str, file: Path) -> None:
    """Write a playlist, named by its id or name, to a document that `import` takes back.

    Raises:
        UnknownPlaylist: there is none of this id or name.
        Conflict: it holds what a document cannot say.
    """
    with rooms.db.read() as session:
        found = session.scalar(
            select(Playlist.id).where((Playlist.id == playlist) | (Playlist.name == playlist))
        )
        document = exporting.export_document(session, found or playlist)
    home.write_whole(file.absolute(), documents.dump(document).encode(), mode=0o644)
