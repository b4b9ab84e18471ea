"""What governance shows of itself to Prometheus. No label names a person or a program."""

from collections.abc import Sequence

from prometheus_client.core import Metric

from engine.metrics_reader import gauge


def of_outbox(oldest_seconds: float) -> Sequence[Metric]:
    """What waits to be published, by whichever process."""
    return [
        gauge(
            "badge_governance_oldest_unpublished_seconds",
            "For how long the oldest fact of a committee has waited to be published.",
            None,
            [("", oldest_seconds)],
        )
    ]
