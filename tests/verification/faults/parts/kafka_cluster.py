"""Apache Kafka in one node or three, from Maven's jars, each node behind a proxy if asked for.

`one_broker` and `three_brokers` give `Brokers` for the length of a block.
"""

import base64
import time
import uuid
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from engine.local.errors import PartFailed
from engine.local.folder import temporary_folder
from tests.verification.faults.parts.brokers import Brokers
from tests.verification.faults.parts.kafka_node import KafkaNode, ports
from tests.verification.faults.parts.kafka_state import answers, lack_of_replicas, quorum_leader
from tests.verification.faults.parts.proxy import Proxy

_START_SECONDS = 90.0
_ELECTION_SECONDS = 30.0
_POLL_SECONDS = 0.1


class KafkaCluster:
    """So many nodes in `folder`, formatted and not yet started, their proxies on `stack` open."""

    def __init__(
        self, stack: ExitStack, folder: Path, count: int, proxied: bool, options: Mapping[str, str]
    ) -> None:
        self.nodes = tuple(range(1, count + 1))
        voters = dict(zip(self.nodes, ports(count), strict=True))
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")

        def node(number: int) -> KafkaNode:
            return KafkaNode(number, folder / str(number), cluster, voters, options)

        with ThreadPoolExecutor() as pool:
            made = list(pool.map(node, self.nodes))
        self._nodes = dict(zip(self.nodes, made, strict=True))
        self.direct = ",".join(node.direct for node in made)
        self.proxies = {
            number: stack.enter_context(Proxy(("127.0.0.1", at.proxied), at.advertised))
            for number, at in voters.items()
            if proxied
        }
        behind = ",".join(proxy.address for proxy in self.proxies.values())
        self.bootstrap = behind or self.direct

    def running(self, node: int) -> bool:
        return self._nodes[node].process.running

    def kill(self, node: int) -> None:
        self._nodes[node].process.kill()

    def stop(self, node: int) -> None:
        self._nodes[node].process.stop()

    def start(self, *nodes: int) -> None:
        for node in nodes:
            # A node answers only when a majority does: they are waited for when all are started.
            self._nodes[node].process.start(lambda: True)
        for node in nodes:
            self._wait(node)

    def stop_all(self) -> None:
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.stop, self.nodes))

    def kill_all(self) -> None:
        """SIGKILL to all."""
        for node in self.nodes:
            self.kill(node)

    def controller(self) -> int:
        deadline = time.monotonic() + _ELECTION_SECONDS
        while (leader := quorum_leader(self.direct)) is None or not self.running(leader):
            assert time.monotonic() < deadline, "the nodes have no controller"
            time.sleep(_POLL_SECONDS)
        return leader

    def wait_in_sync(self, seconds: float = 60.0) -> float:
        began = time.monotonic()
        while lack := self._lack():
            assert time.monotonic() - began < seconds, f"after {seconds:g} s: {lack}"
            time.sleep(_POLL_SECONDS)
        return time.monotonic() - began

    def _lack(self) -> str:
        """What keeps the nodes from being in sync: one that is down, or what any of them says."""
        for number in self.nodes:
            if not self.running(number):
                return f"node {number} is down"
        for number, node in self._nodes.items():
            if lack := lack_of_replicas(node.direct, self.nodes):
                return f"node {number} says: {lack}"
        return ""

    def _wait(self, node: int) -> None:
        process, deadline = self._nodes[node].process, time.monotonic() + _START_SECONDS
        while not answers(self._nodes[node].direct, node):
            if not process.running:
                raise PartFailed(f"{process.name} ended before it was ready{process.last_words()}")
            if time.monotonic() > deadline:
                raise PartFailed(
                    f"{process.name} was not ready in {_START_SECONDS:g} s{process.last_words()}"
                )
            time.sleep(_POLL_SECONDS)


@contextmanager
def one_broker(
    proxied: bool = False, options: Mapping[str, str] | None = None
) -> Iterator[Brokers]:
    """One node. `options` are server properties that replace or add to ours."""
    yield from _cluster(1, proxied, options or {})


@contextmanager
def three_brokers(
    proxied: bool = False, options: Mapping[str, str] | None = None
) -> Iterator[Brokers]:
    """Three nodes: every topic is to have replication 3 (BADGE_ENGINE_REPLICATION=3), two in-sync
    replicas are enough to write, and none that is not in sync ever leads."""
    yield from _cluster(3, proxied, options or {})


def _cluster(count: int, proxied: bool, options: Mapping[str, str]) -> Iterator[Brokers]:
    with temporary_folder("cluster") as folder, ExitStack() as stack:
        cluster = KafkaCluster(stack, folder, count, proxied, options)
        stack.callback(cluster.kill_all)
        cluster.start(*cluster.nodes)
        yield cluster
