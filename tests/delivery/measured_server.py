"""`signage-server run`, with the lag of its event loop measured every few milliseconds and written to a file.

What the kernel let us wait for a core (other programs' load) is not our lag and is taken off.
"""

import sys
import time
from pathlib import Path

EVERY_S = 0.005


def measure(report: Path) -> None:
    """Keep the worst lag, in milliseconds, and the number of samples in `report`; begin anew when it is deleted."""
    worst_ms, samples = 0.0, 0
    while True:
        asleep, waited_ns = time.monotonic(), _waited_ns()
        time.sleep(EVERY_S)
        lag_ms = (time.monotonic() - asleep - EVERY_S) * 1000 - (_waited_ns() - waited_ns) / 1e6
        if not report.exists():
            worst_ms, samples = 0.0, 0
        worst_ms, samples = max(worst_ms, lag_ms), samples + 1
        fresh = report.with_suffix(".new")
        fresh.write_text(f"{worst_ms:.1f} {samples}")
        fresh.rename(report)


def _waited_ns() -> int:
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1])


if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()
    import threading

    from signage_server import running

    threading.Thread(target=measure, args=(Path(sys.argv[1]),), daemon=True).start()
    running.run(https=False, with_starter=False, tell=print)
