"""Whether Kafka lets a web process do what it has to: write activity, read awards.

The broker is asked for our rights; nothing is written.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import Future

from confluent_kafka import KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._acl import AclOperation
from confluent_kafka.admin._topic import TopicDescription

from engine.cli.console.checks import Check
from engine.settings import Settings, SettingsError
from web.settings import WebSettings

_SECONDS = 8.0
_SILENT = logging.getLogger(f"{__name__}.silent")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


def checks(settings: WebSettings) -> Iterator[Check]:
    """Kafka's topics; pages work without it, and then kudos wait."""
    kafka = settings.engine
    if not kafka.kafka_bootstrap:
        yield Check(False, "Kafka", "KAFKA_BOOTSTRAP is not set: kudos are kept and never sent")
        return
    wanted = {
        kafka.activity_topic: (AclOperation.WRITE, "kudos are not sent"),
        kafka.awards_topic: (AclOperation.READ, "open pages hear of no change"),
    }
    try:
        described = _described(kafka, list(wanted))
    except (SettingsError, KafkaException, TimeoutError) as error:
        why = str(error) if isinstance(error, SettingsError) else "does not answer"
        yield Check(False, "Kafka", f"{kafka.kafka_bootstrap}: {why}; see docs/operating.md")
        return
    for topic, (operation, then) in wanted.items():
        yield _of_topic(topic, described[topic], operation, then)


def _of_topic(
    topic: str, described: Future[TopicDescription], operation: AclOperation, then: str
) -> Check:
    verb = operation.name.lower()
    try:
        allowed = described.result().authorized_operations
    except KafkaException:
        text = f"{topic}: is not there, or may not be seen; run `badge-web migrate`"
        return Check(False, "topic", text)
    # None: a broker that does not say.
    if allowed is not None and operation not in allowed:
        text = f"{topic}: this user may not {verb}, so {then}; see 'Rights in Kafka'"
        return Check(False, "topic", text)
    return Check(True, "topic", f"{topic}: may {verb}")


def _described(kafka: Settings, topics: list[str]) -> dict[str, Future[TopicDescription]]:
    client = AdminClient(
        {
            "bootstrap.servers": kafka.bootstrap,
            "log_level": 0,
            **kafka.security.librdkafka_options(),
        },
        logger=_SILENT,
    )
    client.list_topics(timeout=_SECONDS)
    asked: dict[str, Future[TopicDescription]] = client.describe_topics(
        TopicCollection(topics), include_authorized_operations=True, request_timeout=_SECONDS
    )
    return asked
