"""The real server in a process of its own, for tests that look at it from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

COMMAND = str(Path(sys.executable).parent / "signage-server")
STARTS_WITHIN_S = 30
LOOK_EVERY_S = 0.05


@dataclass
class LiveServer:
    """A running server: where it is, and how to talk to it as a program."""

    home: Path
    url: str
    process: "subprocess.Popen[str]"
    token: str

    @property
    def api(self) -> requests.Session:
        """A fresh HTTP client with the API token."""
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {self.token}"
        return session

    def get(self, path: str, **options: Any) -> Any:
        """JSON of a GET under /api/v1; raises for a refusal."""
        answer = self.api.get(f"{self.url}/api/v1{path}", timeout=30, **options)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        """JSON of a POST under /api/v1; raises for a refusal."""
        answer = self.api.post(f"{self.url}/api/v1{path}", json=body, timeout=60, **options)
        if not answer.ok:
            raise AssertionError(answer.text)
        return answer.json()

    def kill(self) -> None:
        """End it as a power cut does: at once, without a last word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self.process.terminate()
        self.process.wait(timeout=30)


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, port: int, **settings: str) -> dict[str, str]:
    """What the command is told: nothing of the settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNAGE_")}
    ours = {"SIGNAGE_HOME": str(home), "SIGNAGE_HOST": "127.0.0.1", "SIGNAGE_PORT": str(port), **settings}
    return {**kept, **ours}


def command(home: Path, port: int, *arguments: str) -> str:
    """What `signage-server …` prints."""
    done = subprocess.run(
        [COMMAND, *arguments],
        env=environment(home, port),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


@contextmanager
def live_server(
    home: Path, *arguments: str, port: int | None = None, **settings: str
) -> Iterator[LiveServer]:
    """A server on a free port of this machine; `arguments` go to `signage-server run`."""
    port = port or free_port()
    server = start(home, port, *arguments, **settings)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def start(home: Path, port: int, *arguments: str, **settings: str) -> LiveServer:
    """Start it and wait until it answers."""
    log = (home.parent / f"{home.name}.log").open("a")
    process = subprocess.Popen(
        [COMMAND, "run", *arguments],
        env=environment(home, port, **settings),
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    log.close()
    url = f"http://127.0.0.1:{port}"
    _wait_until_it_answers(process, url, Path(log.name))
    kept = home / "test-token"
    if not kept.exists():
        kept.write_text(command(home, port, "token", "--name", "tests").strip())
    return LiveServer(home, url, process, kept.read_text())


def _wait_until_it_answers(process: "subprocess.Popen[str]", url: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{url}/healthz", timeout=1).ok:
                return
        except requests.ConnectionError:
            time.sleep(LOOK_EVERY_S)
    process.kill()
    raise AssertionError(f"the server did not start:\n{log.read_text()[-3000:]}")
