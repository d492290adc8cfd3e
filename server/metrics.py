"""Figures that a monitor reads, as Prometheus writes them: every label from a closed set, nothing of anybody's own."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from time import monotonic

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from server.outcomes import TurnOutcome

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
TURN_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.2, 0.5, 1.0, 5.0)
OTHER, NONE = "other", "none"
COUNTED_EVERY = 60.0  # seconds: counting a million filings takes a while, and a monitor asks often


class Metrics:
    """What this process has done since it began."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("channel", "outcome", "region")
        self._turns = Counter("yidi_turns", "Turns of conversations.", labels, registry=self.registry)
        self._seconds = Histogram(
            "yidi_turn_seconds", "How long turns took on the server.", ("channel",), buckets=TURN_SECONDS,
            registry=self.registry,
        )
        self._desk = Counter("yidi_desk_requests", "Requests of the desk.", ("route", "status"), registry=self.registry)
        self.open_sockets = Gauge("yidi_open_sockets", "Chat pages that are connected.", registry=self.registry)
        Info("yidi_build", "What runs here.", registry=self.registry).info(
            {"version": _version("yidi-jiuyi-assistant"), "python": platform.python_version(), "rasa": _version("rasa")}
        )
        self._filings = _Filings()
        self.registry.register(self._filings)
        self._regions: Collection[str] = ()

    def know_regions(self, covered: Collection[str]) -> None:
        """These regions are told apart; all others are one."""
        self._regions = frozenset(covered)

    def turn(self, channel: str, outcome: TurnOutcome, seconds: float) -> None:
        """One more turn."""
        region = outcome.region or NONE
        shown = region if region in self._regions or region == NONE else OTHER
        self._turns.labels(channel, outcome.name, shown).inc()
        self._seconds.labels(channel).observe(seconds)

    def desk_request(self, route: str, status: int) -> None:
        """One more request; `route` is the address as the API's description writes it."""
        self._desk.labels(route, str(status)).inc()

    def count_filings(self, by_status: Callable[[], Mapping[str, int]]) -> None:
        """Filings are counted by this whenever the figures are read, though not all the time."""
        self._filings.count_by(by_status)

    def text(self) -> bytes:
        """All figures."""
        return generate_latest(self.registry)


class _Filings(Collector):
    """Filings by status, counted anew when the last count is old."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count_by(dict)

    def count_by(self, by_status: Callable[[], Mapping[str, int]]) -> None:
        """From now on filings are counted by this."""
        with self._lock:
            self._by_status = by_status
            self._counted: tuple[float, Mapping[str, int]] | None = None

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Without counting: the registry asks when this is registered."""
        yield GaugeMetricFamily("yidi_filings", "Filings by status.", labels=["status"])

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._lock:
            if self._counted is None or monotonic() - self._counted[0] > COUNTED_EVERY:
                self._counted = (monotonic(), self._by_status())
            counted = self._counted[1]
        family = next(self.describe())
        for status, number in sorted(counted.items()):
            family.add_metric([status], number)
        yield family


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "source"  # run from the folder, not installed


@cache
def metrics() -> Metrics:
    """This process's figures."""
    return Metrics()
