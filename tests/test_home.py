import json
import os
import socket
from pathlib import Path

import pytest

from signage_server import home
from signage_server.addresses import addresses
from signage_server.config import Settings
from tests.factories import settings_for
from tests.servers import free_port


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path, host="127.0.0.1")


def test_the_first_free_port_is_kept_for_good(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = free_port()
    monkeypatch.setattr(home, "FIRST_PORT", first)
    with socket.create_server(("127.0.0.1", first)):
        chosen = home.port_of(settings)
    assert chosen > first
    assert home.port_of(settings) == chosen, "though the first is free now"
    assert json.loads(home.facts_file(settings).read_text()) == {"port": chosen}


def test_a_port_that_is_set_is_not_kept(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, port=9999)
    assert home.port_of(settings) == 9999
    assert not home.facts_file(settings).exists()


def test_a_taken_port_is_refused_and_its_holder_named(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(home.PortTaken) as refused:
            home.listen("127.0.0.1", port)
    assert f"(pid {os.getpid()})" in refused.value.message("vi")


def test_an_address_that_is_not_ours_is_not_called_taken() -> None:
    with pytest.raises(home.CannotListen):
        home.listen("192.0.2.1", free_port())


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    home.write_whole(file, b"old", mode=0o600)

    def fail(_handle: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        home.write_whole(file, b"new", mode=0o600)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_the_set_up_link_is_for_its_owners_eyes(settings: Settings) -> None:
    home.keep_setup_link(settings, "http://localhost/setup#x")
    assert home.setup_link_file(settings).stat().st_mode & 0o777 == 0o600
    home.forget_setup_link(settings)
    home.forget_setup_link(settings)
    assert not home.setup_link_file(settings).exists()


def test_addresses_as_people_type_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "lan_address", lambda: "192.168.1.10")
    where = addresses(settings_for(tmp_path, port=8080))
    assert where.console == "http://localhost:8080/"
    assert where.player == "http://192.168.1.10:8080/player/"
    assert where.one_time_link("s") == "http://localhost:8080/setup#s"
    assert where.one_time_link("s", elsewhere=True) == "http://192.168.1.10:8080/setup#s"
    assert where.demo_board("d") == "http://localhost:8080/player/#device=d"


def test_addresses_behind_a_proxy_and_on_this_machine_alone(tmp_path: Path) -> None:
    public = addresses(settings_for(tmp_path, port=8080, public_url="https://bang.example.vn/"))
    assert public.player == "https://bang.example.vn/player/"
    assert (
        addresses(settings_for(tmp_path, port=8080, host="127.0.0.1")).player
        == "http://localhost:8080/player/"
    )


def test_a_machine_without_a_network_knows_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "lan_address", lambda: None)
    assert addresses(settings_for(tmp_path, port=8080)).player == "http://localhost:8080/player/"
