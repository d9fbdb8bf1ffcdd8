from collections.abc import Iterator
from pathlib import Path

import pytest

from signage_server import home, installing, starter
from signage_server.addresses import Addresses
from signage_server.app import create_app
from signage_server.web.rooms import Rooms
from tests.factories import PASSWORD, TestClock, api_client, rooms_of, running, settings_for
from tests.test_cli import DOCUMENT

WHERE = Addresses("http://localhost:8080", "http://192.168.1.10:8080")


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    with running(create_app(settings_for(tmp_path, host="127.0.0.1"), clock=TestClock())) as app:
        installing.prepare(rooms_of(app))
        yield rooms_of(app)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    file = tmp_path / "campaign.yaml"
    file.write_text(DOCUMENT)
    return file


def names(rooms: Rooms) -> list[str]:
    from sqlalchemy import select

    from signage_server.playlists.models import Playlist

    with rooms.db.read() as session:
        return list(session.scalars(select(Playlist.name)))


def test_the_campaign_comes_once_and_stays_deleted(rooms: Rooms, campaign: Path) -> None:
    starter.import_campaign_once(rooms, campaign)
    assert names(rooms) == ["Rửa tay"]
    with rooms.db.write() as session:
        from signage_server.playlists.models import Playlist

        for playlist in session.query(Playlist):
            session.delete(playlist)
    starter.import_campaign_once(rooms, campaign)
    assert names(rooms) == []


def test_an_import_that_fails_is_tried_again(rooms: Rooms, campaign: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        starter.import_campaign_once(rooms, tmp_path / "none.yaml")
    starter.import_campaign_once(rooms, campaign)
    assert names(rooms) == ["Rửa tay"]


def test_the_campaign_that_ships_can_be_imported(rooms: Rooms) -> None:
    starter.import_campaign_once(rooms)
    assert any("Bluezone" in name for name in names(rooms))


def test_the_set_up_link_is_renewed_until_somebody_can_sign_in(rooms: Rooms) -> None:
    first, second = starter.setup_link(rooms, WHERE), starter.setup_link(rooms, WHERE)
    assert first is not None
    assert second is not None
    assert first != second
    assert home.setup_link_file(rooms.settings).read_text() == f"{second}\n"
    rooms.links.use(second.partition("#")[2], "Lan", PASSWORD)
    assert starter.setup_link(rooms, WHERE) is None
    assert not home.setup_link_file(rooms.settings).exists()


def test_a_new_installation_has_a_root_and_counts_edits(tmp_path: Path) -> None:
    for language, name in (("vi", "Cơ quan của tôi"), ("en", "My organisation")):
        with running(
            create_app(settings_for(tmp_path / language, host="127.0.0.1", language=language))
        ) as app:
            rooms = rooms_of(app)
            installing.prepare(rooms)
            before = rooms.db.revision()
            installing.prepare(rooms)
            assert rooms.units.root().name == name
            assert api_client(app).get("/api/v1/units").status_code == 200
            rooms.units.change("test", rooms.units.root().id, None, {"name": "Sở Y tế"})
            assert rooms.db.revision() > before
