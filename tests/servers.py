"""Real servers for tests: `signage-server run` in a process of its own, on a free port of this machine."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.house.tree import ROOT

SIGNAGE_SERVER = str(Path(sys.executable).parent / "signage-server")
STARTS_WITHIN_S = 30
STOPS_WITHIN_S = 15
_ONE_TOKEN = threading.Lock()


@dataclass
class Running:
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int
    home: Path
    said: list[str]
    """What it has printed so far, line by line; the links are among it."""

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def api(self) -> requests.Session:
        """A client of its API, with a token."""
        client = requests.Session()
        client.headers["Authorization"] = f"Bearer {self._token()}"
        return client

    def _token(self) -> str:
        kept = self.home / "token-of-tests"
        with _ONE_TOKEN:  # a test may have many hands
            if not kept.exists():
                kept.write_text(command(self.home, "token", "--name", "tests", port=self.port).stdout.strip())
            return kept.read_text()

    def link(self, pattern: str) -> str:
        """The printed link in which this regular expression is found."""
        found: list[str] = [
            word for word in re.findall(r"https?://\S+", "\n".join(self.said)) if re.search(pattern, word)
        ]
        assert len(found) == 1, self.said
        return found[0]

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it; answers with its exit status."""
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=STOPS_WITHIN_S)
        self.said += rest.splitlines()
        return self.process.returncode


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def environment(home: Path, **settings: object) -> dict[str, str]:
    """The environment of a command on an installation in `home`; nothing is taken from whoever runs the tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SIGNAGE_")}
    told: Mapping[str, object] = {"home": home, "host": "127.0.0.1", **settings}
    return own | {f"SIGNAGE_{name.upper()}": str(value) for name, value in told.items()}


def command(home: Path, *arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run `signage-server` to its end."""
    return subprocess.run(
        [SIGNAGE_SERVER, *arguments],
        cwd=ROOT,
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def server(home: Path, *arguments: str, port: int | None = None, **settings: object) -> Iterator[Running]:
    """A server that answers; stopped at the end if the test has not done so."""
    port = port or free_port()
    process = subprocess.Popen(
        [SIGNAGE_SERVER, "run", *arguments],
        cwd=ROOT,
        env=environment(home, port=port, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = Running(process, port, home, [])
    try:
        _wait_until_it_says(running, "signage-server run --https", "ca.crt")
        _wait_until_it_answers(running, "https" if "--https" in arguments else "http")
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _wait_until_it_says(running: Running, *last_words: str) -> None:
    assert running.process.stdout is not None
    for line in running.process.stdout:
        running.said.append(line.rstrip("\n"))
        if any(words in line for words in last_words):
            return
    raise AssertionError("the server ended: " + "\n".join(running.said))


def _wait_until_it_answers(running: Running, scheme: str) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        try:
            address = f"{scheme}://127.0.0.1:{running.port}/healthz"
            certificate = running.home / "keys" / "ca.crt"
            if requests.get(address, timeout=5, verify=str(certificate)).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")
