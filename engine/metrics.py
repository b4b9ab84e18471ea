"""What the processes of the engine count about themselves, for Prometheus: docs/operating.md.

No label names a program, a person, a loop or an address. What was rolled back is counted nowhere
but in `badge_engine_transaction_retries_total`.
"""

from prometheus_client import Counter, Gauge, Histogram

RECORDS = Counter(
    "badge_engine_records_total",
    "Records of committed batches, by what became of them.",
    ["outcome"],
)
BATCH_SECONDS = Histogram(
    "badge_engine_batch_seconds",
    "From the beginning of the transaction that committed a batch to its end.",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
)
BATCH_RECORDS = Histogram(
    "badge_engine_batch_records",
    "Records in a committed batch, of all partitions that it shares its transaction with.",
    buckets=(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000),
)
EVENT_TO_AWARD_SECONDS = Histogram(
    "badge_engine_event_to_award_seconds",
    "Of each committed batch with awards: from Kafka's time of its oldest record to the commit.",
    buckets=(0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3_600.0),
)
TRANSACTION_RETRIES = Counter(
    "badge_engine_transaction_retries_total",
    "Transactions of batches that were rolled back to be tried again, by cause.",
    ["cause"],
)
AWARDS = Counter(
    "badge_engine_awards_total",
    "Awards of committed batches that were gained or lost.",
    ["badge", "change"],
)
DEAD_LETTERS = Counter(
    "badge_engine_dead_letters_total",
    "Refused records of committed batches, by reason.",
    ["reason"],
)
CLEAR_NOTES = Counter(
    "badge_engine_clear_notes_total",
    "Private notes that came in clear and were sealed by the worker.",
)
LAST_RECORD = Gauge(
    "badge_engine_last_record_timestamp_seconds",
    "Kafka's time of the latest record of a type that this worker has committed.",
    ["type"],
)
RELAY_PUBLISHED = Counter(
    "badge_engine_relay_published_total",
    "Messages that Kafka acknowledged and the outbox no longer has.",
    ["topic"],
)
