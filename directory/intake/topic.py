"""The topic mentoring.directory in Kafka: made, and read."""

from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka import admin as kafka_admin

from directory.settings import DirectorySettings
from engine.sole_reader.topic import KafkaTopic

_PATIENCE_SECONDS = 30.0

_NewTopic: Any = kafka_admin.NewTopic  # type: ignore[attr-defined]  # not exported, by its types

_COMPACTED = {"cleanup.policy": "compact", "delete.retention.ms": "86400000"}


class DirectoryTopic(KafkaTopic):
    """The topic that the settings name."""

    def __init__(self, settings: DirectorySettings) -> None:
        options = {
            "bootstrap.servers": settings.bootstrap,
            **settings.security.librdkafka_options(),
        }
        super().__init__(settings.topic, "badge-directory", options, "badge-web migrate")

    def create(self, partitions: int, replication: int) -> bool:
        """Make the topic, compacted; False if it is there. Raises KafkaAway."""
        new = _NewTopic(self.name, partitions, replication, config=_COMPACTED)
        with self.asking() as admin:
            (made,) = admin.create_topics([new], request_timeout=_PATIENCE_SECONDS).values()
            try:
                made.result(_PATIENCE_SECONDS)
            except KafkaException as error:
                if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise
                return False
        return True
