"""What a Kafka cluster says of itself: who answers, who controls, which replicas are in sync."""

import socket
from collections.abc import Collection

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

_SECONDS = 5.0


def answers(bootstrap: str, node: int) -> bool:
    """Whether the node at `bootstrap` ("host:port") answers, and counts itself to the cluster."""
    try:
        return (
            _listens(bootstrap) and node in _client(bootstrap).list_topics(timeout=_SECONDS).brokers
        )
    except KafkaException:
        return False


def quorum_leader(bootstrap: str) -> int | None:
    """The leader of the metadata quorum, which is the active controller; None while there is none.

    What a cluster calls its controller in other answers is any broker: clients may not reach the
    controllers.
    """
    listening = [place for place in bootstrap.split(",") if _listens(place)]
    if not listening:
        return None
    try:
        with KafkaAdminClient(bootstrap_servers=listening, bootstrap_timeout_ms=5_000) as admin:
            (topic,) = admin.describe_metadata_quorum()["topics"]
    except KafkaError:
        return None
    (partition,) = topic["partitions"]
    leader = int(partition["leader_id"])
    return None if partition["error"] or leader < 0 else leader


def lack_of_replicas(bootstrap: str, nodes: Collection[int]) -> str:
    """What is not as it should be, such as "topic[2]: in sync 1, 3"; "" if all is well."""
    try:
        cluster = _client(bootstrap).list_topics(timeout=_SECONDS)
    except KafkaException as error:
        return f"no answer: {error.args[0]}"
    if missing := set(nodes) - cluster.brokers.keys():
        return f"nodes away: {sorted(missing)}"
    for topic in cluster.topics.values():
        for number, partition in topic.partitions.items():
            in_sync = sorted(partition.isrs)
            if partition.leader < 0 or in_sync != sorted(partition.replicas):
                return f"{topic.topic}[{number}]: leader {partition.leader}, in sync {in_sync}"
    return ""


def _client(bootstrap: str) -> AdminClient:
    return AdminClient({"bootstrap.servers": bootstrap, "log_level": 0})


def _listens(place: str) -> bool:
    # Asked first: clients log a line for each connection that is refused.
    host, _, port = place.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=1.0).close()
    except OSError:
        return False
    return True
