"""What the notifier counts about itself, for Prometheus. No label names a person or a program."""

from collections.abc import Sequence

from prometheus_client import Counter, Histogram
from prometheus_client.core import Metric

from engine.metrics_reader import gauge
from engine.sole_reader.progress import ReadingProgress
from notifier.store.waiting import DueDeliveries

DELIVERIES = Counter(
    "badge_notifier_deliveries_total",
    "Attempts to deliver a message, by outcome; server-away: the mail server was not reached.",
    ["channel", "outcome"],
)
DELIVERY_SECONDS = Histogram(
    "badge_notifier_delivery_seconds",
    "How long it takes to hand a message to the server that takes it.",
    ["channel"],
    buckets=(0.01, 0.05, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0),
)
IN_DOUBT = Counter(
    "badge_notifier_in_doubt_total",
    "Messages of which nobody knows whether the server took them; they are sent once more.",
)


def of_deliveries(due: DueDeliveries, bursts: int) -> Sequence[Metric]:
    """What waits to be sent, by whichever process."""
    return [
        gauge(
            "badge_notifier_due",
            "Deliveries that are due and not sent yet.",
            "channel",
            [("email", due.number)],
        ),
        gauge(
            "badge_notifier_oldest_due_seconds",
            "For how long the oldest delivery that is due has waited.",
            "channel",
            [("email", due.oldest_seconds)],
        ),
        gauge(
            "badge_notifier_burst_programs",
            "Programs of which more e-mails went in ten minutes than 200, or than a fifth of their "
            "people.",
            None,
            [("", bursts)],
        ),
    ]


def of_progress(progress: ReadingProgress) -> Sequence[Metric]:
    """How far the awards were read, by whichever process reads them."""
    lag = sum(each.lag for each in progress.partitions)
    help_text = "Records of the awards topic that the notifier has not read yet."
    return [gauge("badge_notifier_lag_records", help_text, None, [("", lag)])]
