"""The parts of a build: ranges of hashes, each folded in a transaction that marks it done.

So a build that is killed goes on where it was, and no part is folded twice.
"""

from dataclasses import dataclass
from typing import Literal

from engine.store.postgres.connection import Transaction

Phase = Literal["places", "people"]

_LOWEST, _HASHES = -(2**63), 2**64


@dataclass(frozen=True, slots=True)
class Chunk:
    """The hashes from `low` to `high`, both included."""

    phase: Phase
    low: int
    high: int


def divide(tx: Transaction, generation: int, phase: Phase, number: int) -> None:
    """Plan a phase in so many parts of about the same size; nothing if it is planned."""
    edges = [_LOWEST + _HASHES * n // number for n in range(number + 1)]
    tx.execute(
        "INSERT INTO chunks (generation, phase, low, high) "
        "SELECT %s, %s, low, high FROM unnest(%s::bigint[], %s::bigint[]) c (low, high) "
        "WHERE NOT EXISTS (SELECT FROM chunks WHERE generation = %s AND phase = %s)",
        generation, phase, edges[:-1], [edge - 1 for edge in edges[1:]], generation, phase,
    )  # fmt: skip


def left(tx: Transaction, generation: int, phase: Phase) -> list[Chunk]:
    """The parts that are not done."""
    rows = tx.rows(
        "SELECT low, high FROM chunks WHERE generation = %s AND phase = %s AND facts IS NULL "
        "ORDER BY low",
        generation, phase,
    )  # fmt: skip
    return [Chunk(phase, low, high) for low, high in rows]


def claim(tx: Transaction, generation: int, chunk: Chunk) -> bool:
    """Lock a part until the transaction ends; False if it is done."""
    return (
        tx.one(
            "SELECT 1 FROM chunks WHERE generation = %s AND phase = %s AND low = %s "
            "AND facts IS NULL FOR UPDATE",
            generation, chunk.phase, chunk.low,
        )
        is not None
    )  # fmt: skip


def done(
    tx: Transaction, generation: int, chunk: Chunk, facts: int, rows_before_cut: int = 0
) -> None:
    """Mark a part done, with how many facts it folded and, of the ledger before the cut, how many
    rows it read."""
    tx.execute(
        "UPDATE chunks SET facts = %s, rows_before_cut = %s "
        "WHERE generation = %s AND phase = %s AND low = %s",
        facts, rows_before_cut, generation, chunk.phase, chunk.low,
    )  # fmt: skip


def totals(tx: Transaction, generation: int) -> tuple[int, int]:
    """The facts folded, and the rows of the ledger before the cut that were read, in all."""
    row = tx.one(
        "SELECT coalesce(sum(facts), 0)::bigint, coalesce(sum(rows_before_cut), 0)::bigint "
        "FROM chunks WHERE generation = %s AND phase = 'places'",
        generation,
    )
    assert row is not None
    return int(row[0]), int(row[1])


def forget(tx: Transaction, generation: int) -> None:
    """Drop the list of a generation's parts."""
    tx.execute("DELETE FROM chunks WHERE generation = %s", generation)
