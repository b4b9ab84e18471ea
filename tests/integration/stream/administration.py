"""What an administrator of Kafka can do to a topic."""

from typing import Any

from confluent_kafka import KafkaError, KafkaException, admin
from confluent_kafka.admin import AdminClient

from tests.integration.local.processes import wait_until

_admin: Any = admin  # its types leave out what they import


def limit_batches(bootstrap: str, topic: str, size: int) -> None:
    """Let a topic take no batch of more than `size` bytes from now on."""
    to_size = _admin.ConfigEntry(
        "max.message.bytes", str(size), incremental_operation=_admin.AlterConfigOpType.SET
    )
    resource = _admin.ConfigResource(
        _admin.ResourceType.TOPIC, topic, incremental_configs=[to_size]
    )
    client = AdminClient({"bootstrap.servers": bootstrap})
    for done in client.incremental_alter_configs([resource]).values():
        done.result(30)
    wait_until(lambda: _limit(client, topic) == str(size))


def delete_topic(bootstrap: str, topic: str) -> None:
    """Delete a topic with everything on it."""
    client = AdminClient({"bootstrap.servers": bootstrap})
    client.delete_topics([topic])[topic].result(30)


def _limit(client: AdminClient, topic: str) -> str | None:
    """None while the broker that is asked does not know a new topic yet."""
    asked = client.describe_configs([_admin.ConfigResource(_admin.ResourceType.TOPIC, topic)])
    (found,) = asked.values()
    try:
        return str(found.result(30)["max.message.bytes"].value)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
            raise
        return None


def add_partitions(bootstrap: str, topic: str, in_all: int) -> None:
    """Give a topic more partitions; return when the broker tells of them."""
    client = AdminClient({"bootstrap.servers": bootstrap})
    client.create_partitions([_admin.NewPartitions(topic, in_all)])[topic].result(30)
    wait_until(
        lambda: len(client.list_topics(topic, timeout=10).topics[topic].partitions) == in_all, 30
    )
