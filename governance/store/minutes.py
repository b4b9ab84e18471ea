"""Minutes of a committee as they were sealed."""

from dataclasses import astuple, dataclass
from datetime import date, datetime

from engine.store.postgres.connection import Transaction

_COLUMNS = "program, number, from_day, to_day, document, digest, sealed_at"


@dataclass(frozen=True, slots=True)
class SealedMinutes:
    """Minutes of some days, both included, numbered from 1. `digest`: hex SHA-256 of the
    document, which names nobody."""

    program: str
    number: int
    from_day: date
    to_day: date
    document: str
    digest: str
    sealed_at: datetime


def add(tx: Transaction, minutes: SealedMinutes) -> bool:
    """Store minutes; False: there are some of that number."""
    return bool(
        tx.execute(
            f"INSERT INTO governance.minutes ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            *astuple(minutes),
        )
    )


def of_program(tx: Transaction, program: str) -> list[SealedMinutes]:
    """All of a program, latest first."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.minutes WHERE program = %s ORDER BY number DESC",
        program,
    )
    return [SealedMinutes(*row) for row in rows]
