"""The installation's own certificate authority, for `run --https` on a network that has no public names.

Boards and operators' computers trust it once (`/ca.crt`); the server's certificate under it is made anew whenever the
machine's addresses change or it nears its end, and nobody has to do anything.
"""

import ipaddress
import socket
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from signage_server.config import Settings
from signage_server.home import lan_address, write_whole

CA_YEARS = timedelta(days=3650)
SERVER_DAYS = timedelta(days=397)
"""The longest that browsers accept."""
RENEWED_BEFORE = timedelta(days=60)


def ca_certificate_file(settings: Settings) -> Path:
    """What boards and computers install to trust this server."""
    return settings.keys / "ca.crt"


def make_ca(settings: Settings, now: datetime) -> None:
    """Make the authority, if there is none yet; its key never leaves the keys folder."""
    if ca_certificate_file(settings).exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Signage server {socket.gethostname()[:40]}")
    certificate = (
        _builder(name, name, key, now, CA_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(settings.keys / "ca.key", key)
    _write_certificate(ca_certificate_file(settings), certificate)


def server_certificate(settings: Settings, now: datetime) -> tuple[Path, Path]:
    """The server's certificate chain and key, good for every name and address of this machine right now."""
    chain, key_file = settings.keys / "server.crt", settings.keys / "server.key"
    hosts = _hosts(settings)
    if not _still_good(chain, ca_certificate_file(settings), hosts, now):
        _make_server_certificate(settings, hosts, now)
    return chain, key_file


def _make_server_certificate(settings: Settings, hosts: list[x509.GeneralName], now: datetime) -> None:
    ca = x509.load_pem_x509_certificate(ca_certificate_file(settings).read_bytes())
    ca_key = serialization.load_pem_private_key((settings.keys / "ca.key").read_bytes(), None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)  # noqa: S101 - made by make_ca
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(_name("Signage server"), ca.subject, key, now, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    _write_key(settings.keys / "server.key", key)
    _write_certificate(settings.keys / "server.crt", certificate, ca)


def _still_good(chain: Path, ca_file: Path, hosts: list[x509.GeneralName], now: datetime) -> bool:
    if not chain.exists():
        return False
    certificate, *rest = x509.load_pem_x509_certificates(chain.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        now + RENEWED_BEFORE < certificate.not_valid_after_utc
        and set(hosts) <= set(names)
        and rest == [x509.load_pem_x509_certificate(ca_file.read_bytes())]
    )


def _hosts(settings: Settings) -> list[x509.GeneralName]:
    """Every name and address under which somebody may call this server."""
    host = socket.gethostname()
    wanted = ["localhost", "127.0.0.1", "::1", host, f"{host.split('.')[0]}.local", lan_address()]
    if settings.public_url:
        wanted.append(urlsplit(settings.public_url).hostname)
    return [_general_name(name) for name in dict.fromkeys(name for name in wanted if name)]


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host.encode("idna").decode())


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, valid: timedelta
) -> x509.CertificateBuilder:
    # A day back: the clocks of boards are often a little behind.
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now - timedelta(days=1) + valid)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_whole(path, pem, mode=0o600)


def _write_certificate(path: Path, *chain: x509.Certificate) -> None:
    pems = [certificate.public_bytes(serialization.Encoding.PEM) for certificate in chain]
    write_whole(path, b"".join(pems), mode=0o644)
