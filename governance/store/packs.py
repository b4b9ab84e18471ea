"""Frozen evidence: the packs of cases, each sealed under the key of its case."""

from dataclasses import astuple, dataclass, field
from datetime import datetime

from engine.store.postgres.connection import Transaction
from events.instants import Instant

_COLUMNS = "case_id::text, number, digest, ground, as_of, catalog, policy, frozen_at, sealed"


@dataclass(frozen=True, slots=True)
class Pack:
    """The evidence of a case as of an instant, numbered from 1. `digest`, `ground`, `catalog`,
    `policy`: hex SHA-256; `ground`: of what must still hold when somebody signs."""

    case_id: str
    number: int
    digest: str
    ground: str
    as_of: Instant
    catalog: str
    policy: str
    frozen_at: datetime
    sealed: bytes = field(repr=False)


def add(tx: Transaction, pack: Pack) -> None:
    """Store a pack; the one before it stays."""
    tx.execute(
        "INSERT INTO governance.packs (case_id, number, digest, ground, as_of, catalog, policy, "
        "frozen_at, sealed) VALUES (%s::text::uuid, %s, %s, %s, %s, %s, %s, %s, %s)",
        *astuple(pack),
    )


def of(tx: Transaction, case_id: str, number: int) -> Pack | None:
    """A pack of a case by its number."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM governance.packs "
        "WHERE case_id = %s::text::uuid AND number = %s",
        case_id, number,
    )  # fmt: skip
    return Pack(*row) if row is not None else None
