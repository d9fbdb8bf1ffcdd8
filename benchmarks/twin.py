"""The player's playout, run by Node: what Python works out is held against it."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from signage_server.delivery.manifest import Manifest
from signage_server.scheduling.playout import plays

ROOT = Path(__file__).resolve().parent.parent
Span = tuple[int, int]


class Twin(AbstractContextManager["Twin"]):
    """`with Twin() as twin:` bundles `player/src/playout.ts` and answers for it."""

    def __enter__(self) -> "Twin":
        self._folder = tempfile.TemporaryDirectory()
        script = Path(self._folder.name) / "twin.cjs"
        esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
        source = ROOT / "benchmarks" / "playout_twin.mjs"
        options = ["--bundle", "--platform=node", "--target=es2015", "--log-level=warning"]
        subprocess.run([esbuild, source, *options, f"--outfile={script}"], check=True)
        self._node = subprocess.Popen(
            ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.communicate()
        self._folder.cleanup()

    def plays(self, text: str, spans: Sequence[Span]) -> list[list[list[Any]]]:
        """The plays of each span as lists. Raises ValueError with the player's words if it refuses the text."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"text": text, "spans": spans}) + "\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return list(answer["plays"])


def python_plays(manifest: Manifest, spans: Sequence[Span]) -> list[list[list[Any]]]:
    """The same from Python."""
    return [[list(play) for play in plays(manifest, *span)] for span in spans]
