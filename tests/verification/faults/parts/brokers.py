"""What the fault harness wants of Kafka, be it one broker or three, before a proxy or not."""

from collections.abc import Mapping
from typing import Protocol

from tests.verification.faults.parts.proxy import Proxy


class Brokers(Protocol):
    """Running brokers. Nodes are numbered from 1, each a broker and a controller in one."""

    @property
    def nodes(self) -> tuple[int, ...]:
        """Their numbers."""

    @property
    def bootstrap(self) -> str:
        """For workers and commands: all nodes, behind their proxies if there are any."""

    @property
    def direct(self) -> str:
        """For the harness's own publisher and checker: all nodes, never behind a proxy."""

    @property
    def proxies(self) -> Mapping[int, Proxy]:
        """The proxy before each node; empty if there are none."""

    def running(self, node: int) -> bool:
        """Whether its process is there."""

    def kill(self, node: int) -> None:
        """SIGKILL; its data stay, as the crash left them."""

    def stop(self, node: int) -> None:
        """Shut down in good order: it gives up its leaderships first."""

    def start(self, *nodes: int) -> None:
        """Start these again, together, and return once each answers. PartFailed if one does not.

        With fewer than half of all nodes running none ever answers.
        """

    def stop_all(self) -> None:
        """Shut all down in good order."""

    def controller(self) -> int:
        """The node that is the active controller: the leader of the metadata quorum."""

    def wait_in_sync(self, seconds: float = 60.0) -> float:
        """Wait until every node is there and every partition of every topic has a leader and all
        replicas in sync; gives the seconds it took. Fails after `seconds`."""
