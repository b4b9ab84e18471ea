"""What /readyz says of Kafka."""

import socket

import pytest

from engine.broker_state import of_kafka
from engine.local.ports import free_ports


def test_one_address_that_answers_is_enough() -> None:
    (nobody,) = free_ports(1)
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
        assert of_kafka(f"127.0.0.1:{nobody}, 127.0.0.1:{port}") == "ready"
        assert of_kafka(f"127.0.0.1:{nobody}") == "away"


@pytest.mark.parametrize("bootstrap", [None, "", "kafka", "kafka:", ":9092"])
def test_what_is_no_address_is_away(bootstrap: str | None) -> None:
    assert of_kafka(bootstrap) == "away"
