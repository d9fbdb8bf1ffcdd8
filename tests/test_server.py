import os
import signal
import socket
import ssl
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.test import EnvironBuilder

from signage_server.server import behind_local_proxy
from tests.servers import command, free_port, server

pytestmark = pytest.mark.alone


def test_the_first_start_prints_three_links_that_lead_somewhere(tmp_path: Path) -> None:
    with server(tmp_path / "home", "--starter") as running:
        assert len([line for line in running.said if line.startswith("  http")]) == 3
        demo, setup, player = (
            running.link("#device="),
            running.link("/setup#"),
            running.link("/player/$"),
        )
        assert demo.startswith("http://localhost:")
        assert requests.get(setup, timeout=10).status_code in (200, 503)
        assert player == f"http://localhost:{running.port}/player/"
        assert any("--https" in line for line in running.said)

        kept = running.home / "setup-link.txt"
        assert kept.read_text() == f"{setup}\n"
        assert kept.stat().st_mode & 0o777 == 0o600
        assert running.stop() == 0
    assert running.said[-1] == "Máy chủ đã dừng."


@pytest.mark.parametrize(
    ("peer", "told"),
    [("127.0.0.1", "https 203.0.113.9"), ("::1", "https 203.0.113.9"), ("192.0.2.7", "http 192.0.2.7")],
)
def test_only_a_proxy_on_this_machine_is_believed(peer: str, told: str) -> None:
    def app(environ: dict[str, Any], _start: object) -> list[bytes]:
        return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()]

    forwarded = {"X-Forwarded-For": "10.9.9.9, 203.0.113.9", "X-Forwarded-Proto": "https"}
    environ = EnvironBuilder(headers=forwarded, environ_base={"REMOTE_ADDR": peer}).get_environ()
    assert b"".join(behind_local_proxy(app)(environ, lambda *_: None)).decode() == told


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation that has been started before."""
    home = tmp_path_factory.mktemp("started") / "home"
    assert command(home, "init").returncode == 0
    return home


def test_starting_again_takes_less_than_three_seconds(home: Path) -> None:
    """Of the processor's time, so that the test means the same on a busy machine."""
    with server(home) as running:
        fields = Path(f"/proc/{running.process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        assert ticks / os.sysconf("SC_CLK_TCK") < 3


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked_and_quickly(home: Path, how: int) -> None:
    with server(home) as running:
        began = time.monotonic()
        assert running.stop(how) == 0
        assert time.monotonic() - began < 10


def test_a_request_that_has_begun_is_answered_before_it_stops(home: Path) -> None:
    with server(home) as running, socket.create_connection(("127.0.0.1", running.port)) as connection:
        connection.sendall(b"POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n")
        connection.sendall(b"Content-Length: 43\r\nConnection: close\r\n\r\n")
        connection.sendall(b'{"name": "Lan", ')
        requests.get(f"{running.url}/healthz", timeout=5)
        running.process.send_signal(signal.SIGTERM)
        connection.sendall(b'"password": "con meo treo"}')
        connection.settimeout(5)
        assert connection.recv(100).startswith(b"HTTP/1.1 401")


def test_a_killed_server_starts_again(home: Path) -> None:
    with server(home) as running:
        running.stop(signal.SIGKILL)
    assert command(home, "doctor").stdout.endswith("Mọi thứ đều ổn.\n")
    with server(home):
        pass


def test_a_taken_port_names_who_has_it(home: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        done = command(home, "run", port=port)
        english = command(home, "run", port=port, language="en")
    assert done.returncode == 1
    assert f"Cổng {port} đang được dùng bởi" in done.stderr
    assert f"(pid {os.getpid()})" in done.stderr
    assert f"Port {port} is in use by" in english.stderr


def test_small_answers_are_not_held_back(home: Path) -> None:
    """With Nagle's algorithm on, the second of two small answers waits for the client's delayed acknowledgement."""
    with server(home) as running, requests.Session() as session:
        took = []
        for _ in range(20):
            began = time.monotonic()
            session.get(f"{running.url}/healthz", timeout=5)
            took.append(time.monotonic() - began)
    assert sorted(took)[10] < 0.03


def test_https_is_trusted_by_whoever_has_the_certificate(home: Path) -> None:
    with server(home, "--https") as running:
        authority = requests.get(
            f"https://localhost:{running.port}/ca.crt", timeout=5, verify=str(home / "keys" / "ca.crt")
        )
        assert authority.content == (home / "keys" / "ca.crt").read_bytes()
        for host in ("localhost", "127.0.0.1"):
            context = ssl.create_default_context(cadata=authority.text)
            with (
                socket.create_connection(("127.0.0.1", running.port)) as plain,
                context.wrap_socket(plain, server_hostname=host) as secure,
            ):
                assert secure.version() == "TLSv1.3"
        assert running.link("/setup#").startswith("https://localhost:")
    reset = command(home, "user", "add", "Minh")
    assert "https://" in reset.stdout, "other commands know that the server speaks https"
    with server(home):
        pass
    assert "http://" in command(home, "user", "reset", "Minh").stdout
