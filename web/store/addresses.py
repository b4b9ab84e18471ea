"""The table notify.bad_addresses for pages: whether a mail server refuses somebody's address."""

from datetime import datetime

from engine.store.postgres.connection import Transaction


def refused_since(tx: Transaction, program: str, participant: str) -> datetime | None:
    """Since when; None for an address that is good, or was changed since."""
    row = tx.one(
        "SELECT b.since FROM notify.bad_addresses b "
        "JOIN directory.participants p USING (program, participant) "
        "WHERE b.program = %s AND b.participant = %s "
        "AND b.address_hash = sha256(convert_to(p.email, 'UTF8'))",
        program, participant,
    )  # fmt: skip
    return None if row is None else row[0]
