"""One node of an Apache Kafka cluster on this machine: a broker and a controller in one process.

It has two listeners for clients, because a broker names its clients the address to come back to:
those of DIRECT come straight back, those of PROXIED by way of the port that is advertised to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.local.apache_kafka import ONE_BROKER, format_storage
from engine.local.java import java
from engine.local.kafka_jars import kafka_jars
from engine.local.ports import free_ports
from engine.local.process import GuardedProcess

_JAVA = [
    # Three of them on one machine, and started often: less compiling is a third less work.
    *("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
]

_QUICK = {
    # A broker that was killed is missed, and one that is back is used, within seconds.
    "broker.heartbeat.interval.ms": "200",
    "broker.session.timeout.ms": "2000",
    "replica.lag.time.max.ms": "3000",
    # Workers under test may be missed as quickly as they ask for.
    "group.min.session.timeout.ms": "1000",
}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a node listens, all on 127.0.0.1; `advertised` to clients of the proxied listener."""

    direct: int
    proxied: int
    advertised: int
    controller: int


def ports(count: int) -> list[Ports]:
    """Free ports for so many nodes."""
    ports = iter(free_ports(4 * count))
    return [Ports(*numbers) for numbers in zip(ports, ports, ports, ports, strict=True)]


class KafkaNode:
    """A node in `folder`, formatted and not yet started. `voters` are all nodes by number."""

    def __init__(
        self,
        number: int,
        folder: Path,
        cluster: str,
        voters: Mapping[int, Ports],
        options: Mapping[str, str],
    ) -> None:
        folder.mkdir()
        self.direct = f"127.0.0.1:{voters[number].direct}"
        properties = folder / "server.properties"
        settings = {**_settings(number, folder, voters), **options}
        properties.write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
        run_class = [java(), *_JAVA, "-cp", f"{kafka_jars()}/*"]
        format_storage(run_class, properties, cluster)
        self.process = GuardedProcess(
            f"Kafka node {number}", [*run_class, "kafka.Kafka", str(properties)], folder
        )


def _settings(number: int, folder: Path, voters: Mapping[int, Ports]) -> dict[str, str]:
    own, replicas = voters[number], min(3, len(voters))
    listeners = {"DIRECT": own.direct, "PROXIED": own.proxied, "CONTROLLER": own.controller}
    advertised = {"DIRECT": own.direct, "PROXIED": own.advertised}
    quorum = (f"{voter}@127.0.0.1:{at.controller}" for voter, at in voters.items())
    return {
        "process.roles": "broker,controller",
        "node.id": str(number),
        "listeners": _places(listeners),
        "advertised.listeners": _places(advertised),
        "listener.security.protocol.map": ",".join(f"{name}:PLAINTEXT" for name in listeners),
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "DIRECT",
        "controller.quorum.voters": ",".join(quorum),
        "log.dirs": str(folder / "data"),
        **ONE_BROKER,
        **_QUICK,
        **_replicated(replicas),
    }


def _places(listeners: Mapping[str, int]) -> str:
    return ",".join(f"{name}://127.0.0.1:{port}" for name, port in listeners.items())


def _replicated(replicas: int) -> dict[str, str]:
    """What is written is on so many nodes, and is acknowledged when one of them may be lost."""
    enough = max(1, replicas - 1)
    return {
        "default.replication.factor": str(replicas),
        "min.insync.replicas": str(enough),
        "unclean.leader.election.enable": "false",
        "offsets.topic.replication.factor": str(replicas),
        "transaction.state.log.replication.factor": str(replicas),
        "transaction.state.log.min.isr": str(enough),
        "share.coordinator.state.topic.replication.factor": str(replicas),
        "share.coordinator.state.topic.min.isr": str(enough),
    }
