"""How far the engine has read, and what waits: one moment, as a value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from engine.intake.refusal import Reason
from engine.queries import inputs
from engine.queries.inputs import InputStatus
from engine.store import audit_log
from engine.store.awards import outbox
from engine.store.awards.outbox import Topic, Waiting
from engine.store.cursors import cursors
from engine.store.cursors.cursors import IMPORT_LANE, REDRIVE_LANE, Counts, Cursor
from engine.store.cursors.halt import Halt
from engine.store.dead_letters import entries
from engine.store.hash_chain import ChainHead
from engine.store.postgres.connection import Transaction


class Offsets(Protocol):
    """The offsets of a partition that the broker has: from `begin` up to, not including, `end`,
    whether they may be read yet or not."""

    @property
    def begin(self) -> int: ...
    @property
    def end(self) -> int: ...


class BehindOpenTransaction(NamedTuple):
    """Records that wait until a publisher ends the transaction that began at `start_offset`.

    `producer_id`, `transactional_id`: whose it is; None where the broker does not report it.
    """

    records: int
    since: datetime
    start_offset: int
    producer_id: int | None = None
    transactional_id: str | None = None


class TopicOffsets(NamedTuple):
    """What the broker has of a topic, by partition: the offsets, and which records wait behind an
    open transaction; partitions in which none do are absent there."""

    ranges: Mapping[int, Offsets]
    behind: Mapping[int, BehindOpenTransaction]


@dataclass(frozen=True, slots=True)
class PartitionStatus:
    """One partition of a topic. `halted`: why it is halted; None while it is read."""

    topic: str
    partition: int
    cursor: int
    end: int
    halted: Halt | None = None
    behind_open_transaction: BehindOpenTransaction | None = None

    @property
    def lag(self) -> int:
        """Records that the broker has and the engine has not read."""
        return max(0, self.end - self.cursor)


@dataclass(frozen=True, slots=True)
class Status:
    """The engine at one moment. `redriven`, `brought_in`: facts that came by no partition."""

    topics: tuple[str, ...]
    partitions: tuple[PartitionStatus, ...]
    counts: Counts
    redriven: int
    brought_in: int
    open_dead_letters: Mapping[Reason, int]
    outbox: Mapping[Topic, Waiting]
    audit_log: ChainHead
    inputs: tuple[InputStatus, ...] = ()

    @property
    def quiet(self) -> tuple[InputStatus, ...]:
        """Inputs that are silent for longer than they ever were."""
        return tuple(each for each in self.inputs if each.is_quiet)

    @property
    def lag(self) -> int:
        """Records not read yet, of all partitions."""
        return sum(partition.lag for partition in self.partitions)

    @property
    def unpublished(self) -> int:
        """Messages not published yet, for all topics."""
        return sum(waiting.messages for waiting in self.outbox.values())

    @property
    def halted(self) -> tuple[tuple[PartitionStatus, Halt], ...]:
        """The halted partitions, each with why."""
        return tuple((p, p.halted) for p in self.partitions if p.halted is not None)

    @property
    def drained(self) -> bool:
        """Whether everything is published, and everything read but what halted partitions hold."""
        reading = (p for p in self.partitions if p.halted is None)
        return not any(p.lag for p in reading) and not self.unpublished


def read(tx: Transaction, topics: Mapping[str, TopicOffsets]) -> Status:
    """The status of the topics that are read."""
    known = cursors.of_topics(tx, topics)
    every = [cursor for of_topic in known.values() for cursor in of_topic.values()]
    return Status(
        tuple(topics),
        tuple(
            _partition(topic, number, there, known[topic].get(number), offsets.behind.get(number))
            for topic, offsets in topics.items()
            for number, there in sorted(offsets.ranges.items())
        ),
        _total(cursor.counts for cursor in every),
        sum(cursor.next_offset for cursor in every if cursor.partition == REDRIVE_LANE),
        sum(cursor.next_offset for cursor in every if cursor.partition == IMPORT_LANE),
        dict(sorted(entries.counts(tx).items())),
        outbox.waiting(tx),
        audit_log.head(tx),
        tuple(inputs.read(tx, datetime.now(UTC))),
    )


def _partition(
    topic: str,
    number: int,
    there: Offsets,
    cursor: Cursor | None,
    behind: BehindOpenTransaction | None,
) -> PartitionStatus:
    if cursor is None:
        return PartitionStatus(topic, number, there.begin, there.end, None, behind)
    return PartitionStatus(topic, number, cursor.next_offset, there.end, cursor.halted, behind)


def _total(counts: Iterable[Counts]) -> Counts:
    every = list(counts)
    return Counts(
        **{name.name: sum(getattr(each, name.name) for each in every) for name in fields(Counts)}
    )
