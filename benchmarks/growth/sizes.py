"""What the engine's tables hold, and take on disk."""

import re
from dataclasses import dataclass

from engine.store.postgres.connection import Transaction

_OF_A_GENERATION = re.compile(r"_\d+$")
_EMPTY = 100_000  # bytes: what tables without rows take, and such as grow with nothing


@dataclass(frozen=True, slots=True)
class Size:
    """Of a table, for each fact in the ledger: rows, and bytes on disk."""

    rows: float
    bytes: float
    of_indexes: float
    """Of these bytes."""


def sizes(tx: Transaction) -> dict[str, Size]:
    """Of all tables that take any space to speak of, by name; those of generations together."""
    sizes = tx.rows(
        "SELECT relname::text, pg_total_relation_size(oid), pg_indexes_size(oid) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    facts = _count(tx, "ledger")
    per_fact: dict[str, Size] = {}
    for name, whole, indexes in sizes:
        if whole > _EMPTY:
            table = table_of(name)
            before = per_fact.get(table, Size(0.0, 0.0, 0.0))
            per_fact[table] = Size(
                before.rows + _count(tx, name) / facts,
                before.bytes + whole / facts,
                before.of_indexes + indexes / facts,
            )
    return per_fact


def table_of(name: str) -> str:
    """The name of a table without its generation's number."""
    return _OF_A_GENERATION.sub("", name)


def facts(tx: Transaction) -> int:
    """Rows of the ledger."""
    return _count(tx, "ledger")


def _count(tx: Transaction, table: str) -> int:
    row = tx.one(f"SELECT count(*) FROM {table}")
    assert row is not None
    return int(row[0])
