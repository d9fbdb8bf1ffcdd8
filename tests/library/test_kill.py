"""The small sister of `make proof-kill`."""

from pathlib import Path

import pytest

from tests.library.kill_uploads import prove


@pytest.mark.timeout(180)
def test_a_power_cut_during_uploads_leaves_only_whole_things(tmp_path: Path) -> None:
    counts = prove(5, tmp_path / "home")
    assert counts["acknowledged"] > 0
    assert counts["cut off"] > 0
