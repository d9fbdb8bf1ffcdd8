"""Two hundred bad pictures through the real server: each taken clean or refused in words; the server stays awake."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.house.tree import ROOT
from tests.library.hostile import Sample, samples
from tests.library.test_pictures import HARMLESS
from tests.servers import Running, server

pytestmark = pytest.mark.alone

EACH_WITHIN_S = 30
HEALTHZ_WITHIN_S = 0.5
AT_ONCE = 6
LOOK_EVERY_S = 0.2


@contextmanager
def pulse(url: str) -> Iterator[list[float]]:
    """Seconds that `/healthz` took, asked all the time until the block ends; filled in then."""
    seconds: list[float] = []
    asking = subprocess.Popen(
        [sys.executable, "-m", "tests.library.pulse", url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield seconds
    said, _ = asking.communicate("")
    assert asking.returncode == 0, "the server did not answer /healthz"
    seconds += [float(line) for line in said.split()]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with server(tmp_path_factory.mktemp("server")) as running:
        yield running


def _send(running: Running, sample: Sample) -> tuple[str, dict[str, Any], float]:
    """Upload one, wait for the verdict; answers with its name, the last JSON and the seconds it took."""
    name, data = sample
    began = time.monotonic()
    with running.api() as api:
        answer = api.post(f"{running.url}/api/v1/assets", files={"file": (name + ".png", data)}, timeout=60)
        verdict = answer.json()
        while verdict.get("state") == "processing":
            time.sleep(LOOK_EVERY_S)
            verdict = api.get(f"{running.url}/api/v1/assets/{verdict['id']}", timeout=60).json()
    return name, verdict, time.monotonic() - began


@pytest.mark.timeout(420)
def test_every_bad_picture_gets_a_verdict_and_the_server_stays_awake(running: Running) -> None:
    sent = samples()
    assert len(sent) >= 200
    with pulse(running.url) as seconds_to_answer, ThreadPoolExecutor(AT_ONCE) as pool:
        verdicts = list(pool.map(lambda sample: _send(running, sample), sent))
    for name, verdict, seconds in verdicts:
        assert seconds < EACH_WITHIN_S, f"{name}: {seconds:.1f} s"
        if verdict.get("state") != "ready":
            reason = verdict.get("failure") or verdict
            assert len(reason["detail"]) > 30, f"{name}: {verdict}"
            assert not name.startswith("sound"), f"{name}: {reason['detail']}"
    assert len(seconds_to_answer) > 100
    assert max(seconds_to_answer) < HEALTHZ_WITHIN_S, f"healthz took {max(seconds_to_answer):.2f} s"
    _check_what_is_served(running.home, {hashlib.sha256(data).hexdigest() for _, data in sent})


def _check_what_is_served(home: Path, sent: set[str]) -> None:
    served = [path for path in (home / "media" / "served").glob("*/*") if path.is_file()]
    assert len(served) > 50
    for path in served:
        data = path.read_bytes()
        assert path.stem == hashlib.sha256(data).hexdigest()
        assert path.stem not in sent
        assert b"<script" not in data
        assert b"secret" not in data
        with Image.open(BytesIO(data)) as picture:
            assert set(picture.info) <= HARMLESS
