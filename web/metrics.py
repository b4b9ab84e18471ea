"""What web processes count about themselves, for Prometheus.

No label names a program, a person or a path: routes are templates.
"""

from collections.abc import Mapping, Sequence

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.core import Metric

from engine.metrics_reader import gauge

REQUEST_SECONDS = Histogram(
    "badge_web_request_seconds",
    "From a request to the beginning of its answer, by the template of its route.",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
DENIED = Counter(
    "badge_web_denied_total",
    "Requests for something that this person has no role for, answered as if it were not there.",
    ["route"],
)
STREAMS = Gauge("badge_web_streams", "Open streams of changes to browsers.")
NOTES_OPENED = Counter(
    "badge_web_notes_opened_total", "Private notes opened for an answer, by who reads.", ["role"]
)
NOTES_UNOPENABLE = Counter(
    "badge_web_notes_unopenable_total", "Private notes that do not open, by cause.", ["cause"]
)
GIFT_SECONDS = Histogram(
    "badge_web_gift_seconds",
    "Kudos given here: from the end of the time to undo until Kafka had them (sent), and until "
    "their award was on its topic (awarded).",
    ["step"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
)
STATUS_LIST_SWEPT = Gauge(
    "badge_web_status_list_swept_timestamp_seconds",
    "When credentials were last compared with the awards that they are about, with success.",
)


def of_people(
    gifts: Mapping[str, int], oldest: Mapping[str, float], sessions: int
) -> Sequence[Metric]:
    """What the people surface reads of its tables: kudos by state, for how many seconds the oldest
    ones wait to be sent and withdrawn, and sessions that have not ended."""
    return [
        gauge("badge_web_gifts", "Kudos given here, by state.", "state", sorted(gifts.items())),
        gauge(
            "badge_web_gift_oldest_seconds",
            "For how long the oldest kudos wait that are due to be sent, or to be awarded.",
            "step",
            sorted(oldest.items()),
        ),
        gauge("badge_web_sessions", "Sessions of browsers that go on.", None, [("", sessions)]),
    ]
