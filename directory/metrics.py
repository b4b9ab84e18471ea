"""What the directory counts about itself, for Prometheus. No label names anything of a record."""

from collections.abc import Sequence

from prometheus_client import Counter
from prometheus_client.core import Metric

from engine.metrics_reader import gauge
from engine.sole_reader.progress import ReadingProgress

REFUSED = Counter(
    "badge_directory_refused_total",
    "Descriptions that were refused by this process, by reason; their offsets are in its log.",
    ["reason"],
)


def of_progress(progress: ReadingProgress) -> Sequence[Metric]:
    """How far the topic was read, by whichever process reads it."""
    lag = sum(each.lag for each in progress.partitions)
    help_text = "Records of the directory's topic that are not read yet."
    return [gauge("badge_directory_lag_records", help_text, None, [("", lag)])]
