"""Whether Kafka lets a web process do what it has to: write activity, read awards.

The broker is asked for our rights; nothing is written.
"""

import logging
from collections.abc import Iterator
from typing import Literal

from confluent_kafka import KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient
from confluent_kafka.admin._acl import AclOperation

from engine.cli.console.checks import Check
from engine.settings import Settings, SettingsError
from web.settings import WebSettings

_SECONDS = 8.0

Allowed = list[AclOperation] | Literal["absent"] | None
"""What may be done with a topic; None: a broker that does not say."""

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
        allowed = _allowed(kafka, list(wanted))
    except (SettingsError, KafkaException, TimeoutError) as error:
        why = str(error) if isinstance(error, SettingsError) else "does not answer"
        yield Check(False, "Kafka", f"{kafka.kafka_bootstrap}: {why}; see docs/operating.md")
        return
    for topic, (operation, then) in wanted.items():
        yield _of_topic(topic, allowed[topic], operation, then)


def _of_topic(topic: str, allowed: Allowed, operation: AclOperation, then: str) -> Check:
    verb = operation.name.lower()
    if allowed == "absent":
        text = f"{topic}: is not there, or may not be seen; run `badge-web migrate`"
        return Check(False, "topic", text)
    if allowed is not None and operation not in allowed:
        text = f"{topic}: this user may not {verb}, so {then}; see 'Rights in Kafka'"
        return Check(False, "topic", text)
    return Check(True, "topic", f"{topic}: may {verb}")


def _allowed(kafka: Settings, topics: list[str]) -> dict[str, Allowed]:
    """What we may do with each topic. Raises SettingsError, KafkaException, TimeoutError."""
    client = AdminClient(
        {
            "bootstrap.servers": kafka.bootstrap,
            "log_level": 0,
            **kafka.security.librdkafka_options(),
        },
        logger=_SILENT,
    )
    client.list_topics(timeout=_SECONDS)
    # The client must live until the answers are there.
    asked = client.describe_topics(
        TopicCollection(topics), include_authorized_operations=True, request_timeout=_SECONDS
    )
    answers: dict[str, Allowed] = {}
    for topic, answer in asked.items():
        try:
            answers[topic] = answer.result(_SECONDS + 1).authorized_operations
        except KafkaException:
            answers[topic] = "absent"
    return answers
