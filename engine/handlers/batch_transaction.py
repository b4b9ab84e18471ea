"""Process one batch per partition in one transaction: cursors, ledger, measures, awards, outbox and
dead letters commit together. Sharing it spreads the fixed cost.

Either all of a batch is done or none of it, and never twice: the cursor moves in the same commit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.handlers.batch import Batch
from engine.handlers.policy import IntakePolicy
from engine.handlers.steps import context, refused, triage
from engine.handlers.steps.context import BatchContext
from engine.handlers.steps.project import Projected, project
from engine.handlers.steps.triage import Triage, TriagedBatches
from engine.store.awards import outbox
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor, CursorAdvance
from engine.store.dead_letters.entries import RefusedRecord
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class ProcessedBatches:
    """What a transaction did: each batch sorted, and what follows from all of them."""

    sorted: list[Triage]
    projected: Projected


def process_batches(
    tx: Transaction, generations: Generations, batches: Sequence[Batch], policy: IntakePolicy
) -> ProcessedBatches:
    """Process batches from Kafka, of different partitions, each at its cursor.

    Raises:
        CursorMoved: a batch is not the next one of its partition.
        VersionMoved, Drift, psycopg.errors.UniqueViolation: a race was lost; roll back and process
            again.
    """
    locked = cursors.lock(tx, ((b.topic, b.partition, b.start) for b in batches))
    read = context.read(tx, generations, batches)
    together, sorted_ = sort(batches, locked, read, policy)
    kept: list[RefusedRecord] = []
    for batch, one in zip(batches, sorted_, strict=True):
        kept += refused.keep(tx, generations, batch, one)
        one.halted = refused.halt(tx, batch, one)
    projected = project(tx, generations, together, read, policy.notes_key)
    cursors.advance(
        tx,
        (
            CursorAdvance(cursor, one.end, one.counts, one.window, one.halted)
            for cursor, one in zip(locked, sorted_, strict=True)
        ),
    )
    outbox.put(tx, [*projected.messages, *refused.signals(kept)])
    return ProcessedBatches(sorted_, projected)


def sort(
    batches: Sequence[Batch], at: Sequence[Cursor], read: BatchContext, policy: IntakePolicy
) -> tuple[TriagedBatches, list[Triage]]:
    """Sort the records of batches, each at its cursor: all together, and batch by batch."""
    latest, together = policy.latest(), TriagedBatches(read.known)
    sorted_ = [
        triage.classify(batch, read.live, latest, cursor, policy.refusal_limit, together)
        for batch, cursor in zip(batches, at, strict=True)
    ]
    return together, sorted_
