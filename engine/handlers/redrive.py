"""Redriving dead letters: each in a transaction of its own, so that one cannot hold up the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from engine.handlers import batch_transaction
from engine.handlers.policy import IntakePolicy
from engine.handlers.retry.errors import AWAY, RACES, may_be_a_records
from engine.intake.refusal import Refusal
from engine.store.dead_letters import entries
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from engine.tracebacks import where

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


def redrive(engine: Engine, numbers: Iterable[int], terms: IntakePolicy, result: Redriven) -> None:
    """Give dead letters to the same rules again, in the order given; a lost race is run again, and
    one that the engine fails on is passed over.

    `result`: tells what was done so far at any moment, also after an error or an interruption.

    Raises:
        DatabaseUnreachable, psycopg.OperationalError: the rest is untouched.
    """
    generations = Generations()
    for number in numbers:
        for attempt in range(1, _RACES_AT_MOST + 1):
            try:
                _one(engine, generations, number, terms, result)
                break
            except Exception as error:
                if isinstance(error, RACES) and attempt < _RACES_AT_MOST:
                    continue
                if isinstance(error, AWAY) or not may_be_a_records(error):
                    raise
                result.failed[number] = where(error)
                break


def _one(
    engine: Engine, generations: Generations, number: int, terms: IntakePolicy, result: Redriven
) -> None:
    with transaction(engine) as tx:
        entry = entries.get(tx, number, lock=True)
        refusal = batch_transaction.redrive(tx, generations, number, terms)
    if entry is None:
        result.unknown.append(number)
    elif entry.resolution is not None:
        result.closed.append(number)
    elif refusal is not None:
        result.refused[number] = refusal
    else:
        result.accepted.append(number)
