"""Redriving dead letters: each in a transaction of its own, so that one cannot hold up the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from engine.handlers.batch import Batch, Record
from engine.handlers.batch_transaction import sort
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.errors import AWAY, RACES, may_be_a_records
from engine.handlers.steps import context
from engine.handlers.steps.project import project
from engine.intake.refusal import Reason, Refusal
from engine.store.awards import outbox
from engine.store.cursors import cursors
from engine.store.cursors.cursors import CursorAdvance
from engine.store.dead_letters import entries
from engine.store.dead_letters.entries import DeadLetter, RefusedRecord
from engine.store.generations.live import Generations
from engine.store.postgres.connection import Transaction, transaction
from engine.tracebacks import where
from engine.version import VERSION

_RACES_AT_MOST = 100


@dataclass(slots=True)
class Redriven:
    """What became of entries, by id. `closed` were resolved before; `unknown` are no entries; on
    those that `failed` the engine fails, as text says, and they are as they were."""

    accepted: list[int] = field(default_factory=list)
    refused: dict[int, Refusal] = field(default_factory=dict)
    closed: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


def redrive(engine: Engine, numbers: Iterable[int], policy: IntakePolicy, result: Redriven) -> None:
    """Give dead letters to the same rules again, in the order given; a lost race is run again, and
    one that the engine fails on is passed over.

    `result`: what was done so far at any moment, also after an error or an interruption.

    Raises:
        DatabaseUnreachable, psycopg.OperationalError: the rest is untouched.
    """
    generations = Generations()
    for number in numbers:
        for attempt in range(1, _RACES_AT_MOST + 1):
            try:
                _one(engine, generations, number, policy, result)
                break
            except Exception as error:
                if isinstance(error, RACES) and attempt < _RACES_AT_MOST:
                    continue
                if isinstance(error, AWAY) or not may_be_a_records(error):
                    raise
                result.failed[number] = where(error)
                break


def _one(
    engine: Engine, generations: Generations, number: int, policy: IntakePolicy, result: Redriven
) -> None:
    refusal = None
    with transaction(engine) as tx:
        entry = entries.get(tx, number, lock=True)
        if entry is not None and entry.resolution is None:
            refusal = redrive_entry(tx, generations, entry, policy)
    if entry is None:
        result.unknown.append(number)
    elif entry.resolution is not None:
        result.closed.append(number)
    elif refusal is not None:
        result.refused[number] = refusal
    else:
        result.accepted.append(number)


def redrive_entry(
    tx: Transaction, generations: Generations, entry: DeadLetter, policy: IntakePolicy
) -> Refusal | None:
    """Process the record of an open dead letter, which is locked, in one transaction with its
    resolution.

    It takes an offset in a lane of its own. Refused again, it stays open, one attempt older, and
    the refusal is returned.
    """
    kept = entry.refused
    if _stays_refused(kept):
        _refuse_again(tx, generations, entry.id, kept.reason, kept.detail)
        return Refusal(kept.reason, kept.detail)
    cursor = cursors.next_in_lane(tx, kept.topic, cursors.REDRIVE_LANE)
    offset = cursor.next_offset
    record = Record(offset, kept.key, kept.value, kept.headers)
    on = policy.kind_of(kept.topic)
    batch = Batch(kept.topic, cursors.REDRIVE_LANE, offset, offset + 1, [record], on)
    read = context.read(tx, generations, [batch])
    together, (one,) = sort([batch], [cursor], read, replace(policy, refusal_limit=None))
    if one.refused:
        refusal = one.refused[0][1]
        _refuse_again(tx, generations, entry.id, refusal.reason, refusal.detail)
        return refusal
    projected = project(tx, generations, together, read, policy.notes_key)
    entries.redriven(tx, entry.id)
    cursors.advance(tx, [CursorAdvance(cursor, offset + 1, one.counts, one.window)])
    outbox.put(tx, projected.messages)
    return None


def _stays_refused(kept: RefusedRecord) -> bool:
    """Whether what is kept is not the record as it came: cut, or a header's name replaced."""
    return kept.reason == "oversize" or any("\ufffd" in name for name, _ in kept.headers)


def _refuse_again(
    tx: Transaction, generations: Generations, number: int, reason: Reason, detail: str
) -> None:
    digest = generations.default(tx).catalog.digest
    entries.refused_again(tx, number, reason, detail, VERSION, digest)
