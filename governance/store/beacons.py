"""Public values that members enter before a draw, and that are hashed into its seed."""

from datetime import datetime

from engine.store.postgres.connection import Transaction

MOST = 2
"""How many count in one draw: the first."""


def enter(
    tx: Transaction, program: str, about: str, member: str, value: str, now: datetime
) -> bool:
    """Enter a value for what is drawn ("2026-W48"); False: this member has entered one."""
    return bool(
        tx.execute(
            "INSERT INTO governance.beacons (program, about, member, value, at) "
            "VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            program, about, member, value, now,
        )
    )  # fmt: skip


def of(tx: Transaction, program: str, about: str) -> tuple[str, ...]:
    """The values that count in a draw, in the order they were entered."""
    rows = tx.rows(
        "SELECT value FROM governance.beacons WHERE program = %s AND about = %s "
        "ORDER BY at, member LIMIT %s",
        program, about, MOST,
    )  # fmt: skip
    return tuple(value for (value,) in rows)
