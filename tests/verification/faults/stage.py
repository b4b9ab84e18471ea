"""Where faults happen: the engine as deployed, and everything that can be broken around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from engine.local.embedded_postgres import EmbeddedPostgres
from tests.end_to_end.deployment import Deployment
from tests.verification.faults.fleet import Fleet, Slot
from tests.verification.faults.parts.brokers import Brokers
from tests.verification.faults.parts.postgres_proxy import PostgresProxy


class Missed(Exception):
    """A fault could not be brought about now, as when no process came by an armed point. It does
    not count as having happened."""


@dataclass(frozen=True)
class FaultStage:
    """One run's parts. `deployment` is direct: no fault is aimed at its own connections."""

    random: Random
    deployment: Deployment
    fleet: Fleet
    brokers: Brokers
    postgres: EmbeddedPostgres
    wires: Mapping[str, PostgresProxy]  # each worker's way to the database, by its name
    points: Path
    clock: Path
    clock_offset: float  # seconds; what the workers' clocks are off when nothing is stepped
    session_seconds: float
    started_partitions: int

    def a_worker(self) -> Slot:
        """Any worker that runs. Raises Missed if none does."""
        running = [slot for slot in self.fleet.slots if slot.running and not slot.held]
        if not running:
            raise Missed("no worker is running")
        return self.random.choice(running)

    def a_node(self) -> int:
        """Any broker."""
        return self.random.choice(self.brokers.nodes)

    @property
    def beyond_session(self) -> float:
        """Seconds after which the group has given a silent worker up for certain."""
        return self.session_seconds * 1.4 + 1


Inject = Callable[[FaultStage], str]
"""Breaks something, mends it if it does not mend itself, and gives the proof that it happened."""


@dataclass(frozen=True)
class FaultKind:
    """One kind of fault. `only_once`: it cannot be undone."""

    name: str
    inject: Inject
    only_once: bool = False
    brokers_at_least: int = 1


KINDS: dict[str, FaultKind] = {}


def kind(
    name: str, *, only_once: bool = False, brokers_at_least: int = 1
) -> Callable[[Inject], Inject]:
    """Put a function among the kinds of faults."""

    def register(inject: Inject) -> Inject:
        KINDS[name] = FaultKind(name, inject, only_once, brokers_at_least)
        return inject

    return register
