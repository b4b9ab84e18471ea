"""The table web.note_reports: notes that their recipients have reported, and what came of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from engine.store.postgres.connection import Transaction

Settled = Literal["dismissed", "removed"]


def add(tx: Transaction, program: str, kudos_id: str, at: datetime) -> None:
    """A note is reported. One that was reported before stays as it is."""
    tx.execute(
        "INSERT INTO web.note_reports (program, kudos_id, at) VALUES (%s, %s, %s) "
        "ON CONFLICT DO NOTHING",
        program, kudos_id, at,
    )  # fmt: skip


def waiting(tx: Transaction, program: str) -> list[str]:
    """The kudos of the notes whose reports nobody has settled yet."""
    rows = tx.rows(
        "SELECT kudos_id FROM web.note_reports WHERE program = %s AND settled IS NULL ORDER BY at",
        program,
    )
    return [kudos_id for (kudos_id,) in rows]


def known(tx: Transaction, program: str, kudos_ids: Iterable[str]) -> dict[str, Settled | None]:
    """Which of these were reported, and how that was settled."""
    rows = tx.rows(
        "SELECT kudos_id, settled_as FROM web.note_reports "
        "WHERE program = %s AND kudos_id = ANY (%s::text[])",
        program, list(kudos_ids),
    )  # fmt: skip
    return dict(rows)


def settle(tx: Transaction, program: str, kudos_id: str, at: datetime, how: Settled) -> bool:
    """Settle the report of a note; False if there is none that waits."""
    return bool(
        tx.execute(
            "UPDATE web.note_reports SET settled = %s, settled_as = %s "
            "WHERE program = %s AND kudos_id = %s AND settled IS NULL",
            at, how, program, kudos_id,
        )
    )  # fmt: skip
