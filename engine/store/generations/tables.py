"""The tables of a generation: partitions, each named after its table and the generation.

Lookups by key go to the partition by name. With the generation as a condition beside the key, the
planner, as long as it has no statistics, would rather read the whole partition than its index
(measured: 240 ms for an update of 800 rows among 6,000 that takes 3 ms by the index).
"""

from collections.abc import Iterable

from engine.store.database import Transaction

# Rows of measures and people are updated in place: their pages keep room for that.
_FILL = {"measures": 70, "people": 70, "participation": 100, "computed": 100, "shares": 100}

PROJECTIONS = ("measures", "people", "participation")
"""What a generation is."""
OF_A_BUILD = ("computed", "shares")
"""What it needs beside that until it is live."""


def of(table: str, generation: int) -> str:
    """The name of a generation's own table."""
    assert table in _FILL
    return f"{table}_{int(generation)}"


def create(tx: Transaction, generation: int, names: Iterable[str] = PROJECTIONS) -> None:
    """Make tables of a new generation."""
    for table in names:
        tx.execute(
            f"CREATE TABLE {of(table, generation)} PARTITION OF {table} "
            f"FOR VALUES IN ({int(generation)}) WITH (fillfactor = {_FILL[table]})"
        )


def drop(tx: Transaction, generation: int, names: Iterable[str]) -> None:
    """Drop tables of a generation, as far as they are there."""
    for table in names:
        tx.execute(f"DROP TABLE IF EXISTS {of(table, generation)}")


def analyze(tx: Transaction, generation: int, names: Iterable[str]) -> None:
    """Tell the planner what stands in tables that were filled at once."""
    for table in names:
        tx.execute(f"ANALYZE {of(table, generation)}")
