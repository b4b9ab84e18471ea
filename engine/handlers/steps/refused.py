"""Refused records of a batch: kept as dead letters, and signalled without their bytes."""

from collections.abc import Sequence

import msgspec

from engine.handlers import refusal_limit
from engine.handlers.batch import Batch, Record
from engine.handlers.steps.triage import Triage
from engine.intake import header_names
from engine.intake.refusal import Refusal
from engine.store.awards.outbox import OutboxMessage
from engine.store.cursors.halt import Halt
from engine.store.dead_letters import entries, listing
from engine.store.dead_letters.entries import RefusedRecord
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction
from engine.version import VERSION


def keep(
    tx: Transaction, generations: Generations, batch: Batch, triage: Triage
) -> list[RefusedRecord]:
    """Keep the refused records of a batch as dead letters."""
    if not triage.refused:
        return []
    digest = generations.default(tx).catalog.digest
    refused = [_entry(batch, record, refusal, digest) for record, refusal in triage.refused]
    entries.keep(tx, refused, VERSION)
    return refused


def halt(tx: Transaction, batch: Batch, triage: Triage) -> Halt | None:
    """Why a batch's partition halts behind it, if too many records were refused. The window is
    longer than the batch, so the dead letters must have been kept."""
    if not triage.over_limit:
        return None
    number = triage.window.bits.bit_count()
    refusals = listing.latest(tx, batch.topic, batch.partition, number)
    return refusal_limit.halt(triage.window, batch.topic, batch.partition, triage.end, refusals)


def signals(refused: Sequence[RefusedRecord]) -> list[OutboxMessage]:
    """The dead letters as their topic carries them."""
    return [_signal(record) for record in refused]


def _entry(batch: Batch, record: Record, refusal: Refusal, digest: str) -> RefusedRecord:
    value, cut = record.kept()
    return RefusedRecord(
        batch.topic,
        batch.partition,
        record.offset,
        record.key,
        value,
        tuple(record.headers),
        refusal.reason,
        refusal.detail,
        digest,
        cut,
    )


def _signal(refused: RefusedRecord) -> OutboxMessage:
    """Without key, header values and bytes, which may hold a private message."""
    entry = {
        "topic": refused.topic,
        "partition": refused.partition,
        "offset": refused.offset,
        "reason": refused.reason,
        "detail": refused.detail,
        "header_names": header_names.shown(name for name, _ in refused.headers),
        "engine_version": VERSION,
        "catalog_digest": refused.catalog_digest,
    }
    return OutboxMessage("dead-letters", None, msgspec.json.encode(entry))
