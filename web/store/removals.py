"""The table web.removals: kudos that are to be retracted, until Kafka has confirmed it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from engine.store.postgres.connection import Transaction


class Removal(NamedTuple):
    """Kudos to be retracted. `at`: the time of the retraction."""

    program: str
    loop: str
    kudos_id: str
    at: datetime


def add(tx: Transaction, removal: Removal) -> None:
    """Let kudos be retracted. Those that are on their way already stay as they are."""
    tx.execute(
        "INSERT INTO web.removals (program, loop, kudos_id, at, due) VALUES (%s, %s, %s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        *removal, removal.at,
    )  # fmt: skip


def claim(tx: Transaction, now: datetime, until: datetime, limit: int) -> list[Removal]:
    """What is due; nobody else gets it before `until`."""
    rows = tx.rows(
        "UPDATE web.removals SET due = %s WHERE (program, loop, kudos_id) IN ("
        "SELECT program, loop, kudos_id FROM web.removals WHERE due <= %s ORDER BY due LIMIT %s "
        "FOR UPDATE SKIP LOCKED) RETURNING program, loop, kudos_id, at",
        until, now, limit,
    )  # fmt: skip
    return sorted(Removal(*row) for row in rows)


def done(tx: Transaction, removals: Iterable[Removal]) -> None:
    """Kafka has these retractions."""
    keys = [removal[:3] for removal in removals]
    tx.execute(
        "DELETE FROM web.removals r USING unnest(%b::text[], %b::text[], %b::text[]) "
        "k (program, loop, kudos_id) "
        "WHERE (r.program, r.loop, r.kudos_id) = (k.program, k.loop, k.kudos_id)",
        *map(list, zip(*keys, strict=True)),
    )


def next_due(tx: Transaction) -> datetime | None:
    """When something is to be done next; None if nothing is."""
    row = tx.one("SELECT min(due) FROM web.removals")
    return None if row is None else row[0]
