"""Figures about the running server, for Prometheus: totals only, no names, no ids, no addresses."""

import threading
import time
from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from signage_server import __version__

LAG_SAMPLE_S = 0.5
"""How often the event loop is asked how late it is."""


class Metrics:
    """What is counted and measured; each application has its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._worst_lag_s = 0.0
        self._requests = Counter(
            "signage_http_requests_total",
            "Answers by view and status.",
            ["view", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "signage_http_request_seconds", "Time to answer, by view.", ["view"], registry=self.registry
        )
        info = Gauge("signage_info", "The version that runs.", ["version"], registry=self.registry)
        info.labels(__version__).set(1)
        self.gauge(
            "signage_event_loop_lag_seconds",
            "How late the event loop was at most since this was last read.",
            self._read_lag,
        )

    def gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Tell a figure that is read at each scrape."""
        Gauge(name, meaning, registry=self.registry).set_function(read)

    def answered(self, view: str, status: int, seconds: float | None) -> None:
        """Count an answer, and time it if it was measured."""
        self._requests.labels(view, str(status)).inc()
        if seconds is not None:
            self._seconds.labels(view).observe(seconds)

    def watch_loop(self) -> None:
        """Measure the lag of the event loop from now on, in the background."""
        threading.Thread(target=self._measure, name="loop-lag", daemon=True).start()

    def _measure(self) -> None:
        while True:
            asleep = time.monotonic()
            time.sleep(LAG_SAMPLE_S)
            self._worst_lag_s = max(self._worst_lag_s, time.monotonic() - asleep - LAG_SAMPLE_S)

    def _read_lag(self) -> float:
        worst, self._worst_lag_s = self._worst_lag_s, 0.0
        return worst
