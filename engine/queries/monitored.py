"""What monitors watch of the engine: one moment, as a value without anybody's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.intake.refusal import Reason
from engine.queries import inputs
from engine.store.awards import outbox
from engine.store.awards.outbox import Topic, Waiting
from engine.store.cursors import cursors
from engine.store.dead_letters import entries
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class MonitoredState:
    """By partition: the offset to read next, and whether it is halted. `silence`: of each type of
    event, how many of its longest gaps the quietest program's is silent."""

    next_offsets: Mapping[int, int]
    halted: Mapping[int, bool]
    outbox: Mapping[Topic, Waiting]
    open_dead_letters: Mapping[Reason, int]
    unmet_retractions: int
    lost: int
    silence: Mapping[str, float]


def read(tx: Transaction, topic: str, now: datetime) -> MonitoredState:
    """The state of now of the topic that events are read from."""
    known = cursors.read(tx, topic)
    partitions = {number: cursor for number, cursor in known.items() if number >= 0}
    silence: dict[str, float] = {}
    for each in inputs.read(tx, now):
        if each.ratio is not None:
            silence[each.type] = max(each.ratio, silence.get(each.type, 0.0))
    return MonitoredState(
        {number: cursor.next_offset for number, cursor in partitions.items()},
        {number: cursor.halted is not None for number, cursor in partitions.items()},
        outbox.waiting(tx),
        entries.counts(tx),
        sum(cursor.counts.unmet_retractions for cursor in known.values()),
        sum(cursor.counts.lost for cursor in known.values()),
        silence,
    )
