"""Metrics that are read from a database or from Kafka when somebody asks, at most every 10 s."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

KEPT_SECONDS = 10.0

READ = "badge_metrics_read"


class MetricsReader(Collector):
    """Asks `read` at most every 10 s. Where that fails there are none of its metrics, and
    badge_metrics_read is 0: what is not known must not look as if it were well."""

    def __init__(
        self,
        name: str,
        read: Callable[[], Sequence[Metric]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: Sequence[Metric] = ()
        self._until = float("-inf")

    def describe(self) -> Sequence[Metric]:
        """Nothing: to register must not read."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """What is known now."""
        with self._lock:
            if self._clock() >= self._until:
                self._kept = self._look()
                self._until = self._clock() + KEPT_SECONDS
            yield from self._kept

    def _look(self) -> Sequence[Metric]:
        success = GaugeMetricFamily(
            READ, "Whether the metrics that are read when asked could be.", labels=["reader"]
        )
        metrics: Sequence[Metric] = ()
        try:
            metrics = self._read()
        except Exception:  # the other metrics must be answered, whatever is away
            success.add_metric([self._name], 0)
        else:
            success.add_metric([self._name], 1)
        return [success, *metrics]


@contextmanager
def answering(reader: MetricsReader, registry: CollectorRegistry = REGISTRY) -> Iterator[None]:
    """Let /metrics have what a reader reads, for the length of the block."""
    registry.register(reader)
    try:
        yield
    finally:
        registry.unregister(reader)


def gauge(
    name: str, text: str, label: str | None, values: Sequence[tuple[str, float]]
) -> GaugeMetricFamily:
    """A gauge with a value for each value of a label, or with one value."""
    if label is None:
        return gauge_by(name, text, (), [((), value) for _, value in values])
    return gauge_by(name, text, (label,), [((key,), value) for key, value in values])


def gauge_by(
    name: str, text: str, labels: Sequence[str], values: Iterable[tuple[Sequence[str], float]]
) -> GaugeMetricFamily:
    """A gauge with a value for each combination of its labels' values, in their order."""
    family = GaugeMetricFamily(name, text, labels=labels)
    for of_labels, value in values:
        family.add_metric(of_labels, value)
    return family
