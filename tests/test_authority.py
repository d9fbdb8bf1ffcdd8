from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from signage_server import authority, home
from signage_server.authority import make_ca, server_certificate
from signage_server.config import Settings
from tests.factories import NOON, settings_for


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(authority, "lan_address", lambda: "192.168.1.10")
    settings = settings_for(tmp_path, public_url="https://bảng.example.vn/signage")
    home.make_folders(settings)
    make_ca(settings, NOON)
    return settings


def load(file: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(file.read_bytes())


def test_the_authority_is_made_once_and_its_key_is_secret(settings: Settings) -> None:
    before = authority.ca_certificate_file(settings).read_bytes()
    make_ca(settings, NOON)
    assert authority.ca_certificate_file(settings).read_bytes() == before
    assert (settings.keys / "ca.key").stat().st_mode & 0o777 == 0o600


def test_the_server_is_known_by_every_name_it_is_called(settings: Settings) -> None:
    chain, _ = server_certificate(settings, NOON)
    server, ca = load(chain)
    server.verify_directly_issued_by(ca)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert {"localhost", "xn--bng-0gz.example.vn"} <= set(names.get_values_for_type(x509.DNSName))
    addresses = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    assert {"127.0.0.1", "::1", "192.168.1.10"} <= addresses


def test_it_may_sign_servers_and_nothing_below(settings: Settings) -> None:
    chain, _ = server_certificate(settings, NOON)
    server, ca = load(chain)
    assert ca.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(
        True, 0
    )
    assert server.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False


def test_a_good_certificate_is_kept(settings: Settings) -> None:
    first = server_certificate(settings, NOON)[0].read_bytes()
    assert server_certificate(settings, NOON + timedelta(days=300))[0].read_bytes() == first


def test_it_is_made_anew_before_it_ends(settings: Settings) -> None:
    first = server_certificate(settings, NOON)[0].read_bytes()
    later = NOON + timedelta(days=340)
    second = server_certificate(settings, later)[0]
    assert second.read_bytes() != first
    assert load(second)[0].not_valid_after_utc > later + timedelta(days=390)


def test_it_is_made_anew_when_the_machine_moves(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = server_certificate(settings, NOON)[0].read_bytes()
    monkeypatch.setattr(authority, "lan_address", lambda: "10.0.0.5")
    assert server_certificate(settings, NOON)[0].read_bytes() != first


def test_it_is_made_anew_under_another_authority(settings: Settings) -> None:
    server_certificate(settings, NOON)
    authority.ca_certificate_file(settings).unlink()
    make_ca(settings, NOON)
    server, ca = load(server_certificate(settings, NOON)[0])
    server.verify_directly_issued_by(ca)


def test_certificate_and_key_belong_together(settings: Settings) -> None:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    chain, key_file = server_certificate(settings, NOON)
    key = load_pem_private_key(key_file.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert load(chain)[0].public_key() == key.public_key()
    assert key_file.stat().st_mode & 0o777 == 0o600
