"""The tables of a generation: partitions, each named after its table and the generation.

Lookups by key go to the partition by name. With the generation as a condition next to the key, the
planner, as long as it has no statistics, would rather read the whole partition than its index
(measured: 240 ms for an update of 800 rows among 6,000 that takes 3 ms by the index).
"""

from collections.abc import Iterable

from engine.store.postgres.connection import Transaction

# Rows of measures and people are updated in place: their pages keep room for that.
_FILL = {"measures": 70, "people": 70, "participation": 100, "computed": 100, "shares": 100}

PROJECTIONS = ("measures", "people", "participation")
"""What a generation is."""
OF_A_BUILD = ("computed", "shares")
"""What it needs besides until it is live."""


def of(table: str, generation: int) -> str:
    """The name of a generation's own table."""
    assert table in _FILL
    return f"{table}_{int(generation)}"


def create(tx: Transaction, generation: int, names: Iterable[str] = PROJECTIONS) -> None:
    """Make tables of a new generation, next to readers and writers of the others.

    CREATE TABLE … PARTITION OF would wait for every reader of any generation, and everybody behind
    it; attaching one that is there takes a lock that neither reading nor writing minds. Roles that
    may read the table of all may read the new one.
    """
    for table in names:
        own = of(table, generation)
        tx.execute(
            f"CREATE TABLE {own} (LIKE {table} INCLUDING ALL) WITH (fillfactor = {_FILL[table]})"
        )
        tx.execute(f"ALTER TABLE {table} ATTACH PARTITION {own} FOR VALUES IN ({int(generation)})")
        for (role,) in tx.rows(_READERS, table):
            tx.execute(f"GRANT SELECT ON {own} TO {role}")


_READERS = (
    "SELECT DISTINCT r.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) r "
    "WHERE c.oid = %s::regclass AND r.privilege_type = 'SELECT' AND r.grantee <> 0 "
    "AND r.grantee <> c.relowner"
)


def there(tx: Transaction, generation: int, names: Iterable[str]) -> list[str]:
    """The names of a generation's own tables, of those that are there."""
    own = [of(table, generation) for table in names]
    rows = tx.rows("SELECT n FROM unnest(%s::text[]) n WHERE to_regclass(n) IS NOT NULL", own)
    return [name for (name,) in rows]


def drop(tx: Transaction, name: str) -> None:
    """Drop a generation's own table, if it is there. Until the transaction ends, nobody reads that
    of any other generation through the table of all."""
    tx.execute(f"DROP TABLE IF EXISTS {name}")


def analyze(tx: Transaction, generation: int, names: Iterable[str]) -> None:
    """Tell the planner what stands in tables that were filled at once."""
    for table in names:
        tx.execute(f"ANALYZE {of(table, generation)}")
