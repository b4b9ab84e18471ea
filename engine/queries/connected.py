"""Which processes of ours are connected to the database now."""

from engine.store.postgres.connection import Transaction


def processes(tx: Transaction) -> dict[str, int]:
    """How many connections there are of each kind of process, by the name it connects under."""
    rows = tx.rows(
        "SELECT application_name, count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name LIKE 'badge-%%' "
        "GROUP BY application_name ORDER BY application_name"
    )
    return dict(rows)
