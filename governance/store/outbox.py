"""Facts of committees that are to be published: the bytes are fixed when something is decided.

So a process that is killed may repeat a record, byte for byte, but can never say something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from engine.store.postgres.connection import Transaction


@dataclass(frozen=True, slots=True)
class CommitteeFact:
    """A record for the topic of committees. `case_id`: None for a fact that no case made.
    `fact_id`: the natural key of the fact that it is, or that it retracts."""

    event_id: str
    case_id: str | None
    fact_type: str
    fact_id: str
    is_retraction: bool
    key: bytes
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WaitingFact:
    """A row that is not published yet."""

    id: int
    fact: CommitteeFact


def put(tx: Transaction, facts: Iterable[CommitteeFact], now: datetime) -> None:
    """Leave facts for the process, in order; one that is there already is not repeated."""
    for fact in facts:
        tx.execute(
            "INSERT INTO governance.outbox (event_id, case_id, fact_type, fact_id, is_retraction, "
            "key, value, created_at) VALUES (%s::text::uuid, %s::text::uuid, %s, %s, %s, %s, %s, "
            "%s) ON CONFLICT (event_id) DO NOTHING",
            fact.event_id, fact.case_id, fact.fact_type, fact.fact_id, fact.is_retraction,
            fact.key, fact.value, now,
        )  # fmt: skip


def waiting(tx: Transaction, limit: int) -> list[WaitingFact]:
    """The oldest that are not published, so many at most."""
    rows = tx.rows(
        "SELECT id, event_id::text, case_id::text, fact_type, fact_id, is_retraction, key, value "
        "FROM governance.outbox WHERE published_at IS NULL ORDER BY id LIMIT %s",
        limit,
    )
    return [WaitingFact(number, CommitteeFact(*rest)) for number, *rest in rows]


def facts_of_case(tx: Transaction, case_id: str, fact_type: str) -> frozenset[str]:
    """The facts of a type that a case has made, by id, published or not."""
    rows = tx.rows(
        "SELECT fact_id FROM governance.outbox WHERE case_id = %s::text::uuid AND fact_type = %s "
        "AND NOT is_retraction",
        case_id, fact_type,
    )  # fmt: skip
    return frozenset(fact_id for (fact_id,) in rows)


def oldest_seconds(tx: Transaction, now: datetime) -> float:
    """For how long the first that is not published has waited; 0 if none waits."""
    row = tx.one("SELECT min(created_at) FROM governance.outbox WHERE published_at IS NULL")
    created = row[0] if row is not None else None
    return (now - created).total_seconds() if created is not None else 0.0


def mark_published(
    tx: Transaction, number: int, partition: int, record_offset: int, now: datetime
) -> None:
    """Note where a record stands; the first place stays."""
    tx.execute(
        "UPDATE governance.outbox SET published_at = %s, partition = %s, record_offset = %s "
        "WHERE id = %s AND published_at IS NULL",
        now, partition, record_offset, number,
    )  # fmt: skip
