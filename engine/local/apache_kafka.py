"""Apache Kafka on this machine: one broker that is its own controller (KRaft), from Maven's jars.

It can be killed and started again with the same data on the same ports.
"""

import base64
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from engine.local.broker_answer import broker_answers
from engine.local.folder import temporary_folder
from engine.local.java import java
from engine.local.kafka_jars import kafka_jars, kafka_version
from engine.local.ports import free_ports
from engine.local.process import GuardedProcess, run_tool

# A broker here lives for seconds or minutes: the second compiler would take half a processor for
# the first of them, and pay it back later (measured: started in 2.8 s instead of 3.5, at 3.8 s CPU
# instead of 6.1; 100,000 events are processed as fast as before).
_JVM = ["-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
_LOGGING = [
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
]

# Server properties of any cluster of one, wherever it runs.
ONE_BROKER: Mapping[str, str] = {
    # One broker can hold one replica.
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # Each partition costs files and start-up time; one machine needs few.
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "1",
    # Members of a group are all there when it forms.
    "group.initial.rebalance.delay.ms": "0",
    # A mistyped topic name is an error, not a new topic.
    "auto.create.topics.enable": "false",
}


class ApacheKafka:
    """A broker in `folder`, formatted and not yet started.

    `listeners`: what it is to listen to besides plaintext, as names of Kafka's security protocols;
    `addresses` names where.
    """

    def __init__(
        self, folder: Path, options: Mapping[str, str], listeners: Sequence[str] = ()
    ) -> None:
        controller_port, *ports = free_ports(2 + len(listeners))
        names = ("PLAINTEXT", *listeners)
        self.addresses = {n: f"127.0.0.1:{port}" for n, port in zip(names, ports, strict=True)}
        self.bootstrap = self.addresses["PLAINTEXT"]
        self.kind = f"Apache Kafka {kafka_version()}"
        properties = folder / "server.properties"
        settings = {**_settings(folder, self.addresses, controller_port), **options}
        properties.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        run_class = [java(), *_JVM, "-cp", f"{kafka_jars()}/*", *_LOGGING]
        format_storage(run_class, properties, _new_cluster_id())
        self._process = GuardedProcess(
            self.kind, [*run_class, "kafka.Kafka", str(properties)], folder
        )

    def start(self) -> None:
        """Start, and return once the broker answers. Raises PartFailed if it does not."""
        self._process.start(lambda: broker_answers(self.bootstrap))

    def stop(self) -> None:
        """Shut down in good order; the data stay for the next start."""
        self._process.stop()

    def kill(self) -> None:
        """SIGKILL; the data stay, as the crash left them, for the next start."""
        self._process.kill()


@contextmanager
def apache_kafka(
    options: Mapping[str, str] | None = None, listeners: Sequence[str] = ()
) -> Iterator[ApacheKafka]:
    """A running broker for the length of the block; its data are gone afterwards.

    `options` are server properties that replace or add to ours; `listeners` as in ApacheKafka.
    Raises PartMissing without Java 17 or (the first time) Maven and the network, PartFailed if the
    broker does not start.
    """
    with temporary_folder("kafka") as folder:
        broker = ApacheKafka(folder, options or {}, listeners)
        try:
            broker.start()
            yield broker
        finally:
            broker.kill()


def _settings(folder: Path, addresses: Mapping[str, str], controller_port: int) -> dict[str, str]:
    controller = f"127.0.0.1:{controller_port}"
    listeners = [f"{name}://{address}" for name, address in addresses.items()]
    protocols = [f"{name}:{name}" for name in addresses]
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "listeners": ",".join([*listeners, f"CONTROLLER://{controller}"]),
        "advertised.listeners": ",".join(listeners),
        "listener.security.protocol.map": ",".join([*protocols, "CONTROLLER:PLAINTEXT"]),
        "controller.listener.names": "CONTROLLER",
        "controller.quorum.voters": f"1@{controller}",
        "log.dirs": str(folder / "data"),
        **ONE_BROKER,
    }


def _new_cluster_id() -> str:
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")


def format_storage(run_class: Sequence[str], properties: Path, cluster: str) -> None:
    """Make a node's data folder, as every node needs it before its first start.

    `run_class`: the Java command up to the class; `cluster`: the cluster's id. Raises PartFailed.
    """
    tool = [
        *(*run_class, "kafka.tools.StorageTool", "format", "-c", str(properties)),
        f"--cluster-id={cluster}",  # joined: the id may begin with a dash
    ]
    run_tool("Apache Kafka could not format its data folder", tool, properties.parent)
