"""Publishing as a service does that publishes in transactions: all of it or nothing."""

from collections.abc import Sequence

from confluent_kafka import Producer

Published = tuple[bytes | None, bytes | None, Sequence[tuple[str, bytes]]]
"""Key, value and headers."""


def publish(bootstrap: str, topic: str, records: Sequence[Published], *, commit: bool) -> None:
    """Publish records in one transaction, which is committed or aborted."""
    settings = {"bootstrap.servers": bootstrap, "transactional.id": f"publisher-of-{topic}"}
    producer = Producer(settings)
    producer.init_transactions()
    producer.begin_transaction()
    for key, value, headers in records:
        producer.produce(topic, value, key, headers=list(headers))
    producer.flush()
    if commit:
        producer.commit_transaction()
    else:
        producer.abort_transaction()
