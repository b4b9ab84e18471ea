"""The broker and the database as containers, where a Docker engine answers."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from docker.errors import DockerException
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from engine.local.apache_kafka import ONE_BROKER
from engine.local.broker_answer import broker_answers
from engine.local.kafka_jars import kafka_version
from engine.local.ports import free_ports

POSTGRES_IMAGE = "postgres:18"
_ANSWER_SECONDS = 2
_READY_SECONDS = 90.0


def entered(stack: ExitStack, container: AbstractContextManager[str]) -> str | None:
    """What the container gives, entered on the stack; None where Docker cannot run it.

    That is where no engine answers at once, and where the engine cannot get the image.
    """
    try:
        DockerClient(timeout=_ANSWER_SECONDS).client.ping()
        return stack.enter_context(container)
    except DockerException:
        return None


@contextmanager
def kafka_container() -> Iterator[str]:
    """The bootstrap address of a broker from the image apache/kafka.

    Not testcontainers' KafkaContainer: that one writes into files only Confluent's image has.
    """
    (port,) = free_ports(1)
    bootstrap = f"{DockerClient().host()}:{port}"
    settings = {
        **ONE_BROKER,
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": f"PLAINTEXT://:{port},CONTROLLER://:9093",
        "advertised.listeners": f"PLAINTEXT://{bootstrap}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": "1@localhost:9093",
    }
    container = DockerContainer(f"apache/kafka:{kafka_version()}").with_bind_ports(port, port)
    for key, value in settings.items():
        container.with_env("KAFKA_" + key.replace(".", "_").upper(), value)
    with container:
        deadline = time.monotonic() + _READY_SECONDS
        while not broker_answers(bootstrap):
            assert time.monotonic() < deadline, f"no broker at {bootstrap}: {container.get_logs()}"
            time.sleep(0.1)
        yield bootstrap


@contextmanager
def postgres_container() -> Iterator[str]:
    """The SQLAlchemy URL of a database in the image postgres."""
    with PostgresContainer(POSTGRES_IMAGE, driver="psycopg") as container:
        yield container.get_connection_url()
