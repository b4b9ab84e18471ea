"""Whether a broker answers: the test that decides it is ready."""

import socket

from kafka import KafkaAdminClient
from kafka.errors import KafkaError


def broker_answers(bootstrap: str) -> bool:
    """Whether the broker at `bootstrap` ("host:port") answers a metadata request with a broker."""
    host, _, port = bootstrap.rpartition(":")
    try:
        # The client would log a warning for each refused connection of a broker still starting.
        socket.create_connection((host, int(port)), timeout=1.0).close()
        with KafkaAdminClient(bootstrap_servers=bootstrap, bootstrap_timeout_ms=5_000) as admin:
            return bool(admin.describe_cluster()["brokers"])
    except (OSError, KafkaError):
        return False
