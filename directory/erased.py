"""Who was erased: their descriptions are ignored until a later one is there."""

from engine.store.postgres.connection import Transaction


def described_since(tx: Transaction, program: str, participant: str) -> bool:
    """Whether somebody who was erased has been described again since."""
    row = tx.one(
        "SELECT FROM directory.participants WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return row is not None


def is_erased(tx: Transaction, program: str, participant: str) -> bool:
    """Whether somebody was erased and has not been described again since."""
    row = tx.one(
        "SELECT FROM directory.erased WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return row is not None and not described_since(tx, program, participant)


def is_forgotten(tx: Transaction, program: str, participant: str) -> bool:
    """Whether the topic has nothing of an erased person any more, as far as it was read."""
    row = tx.one(
        "SELECT forgotten FROM directory.erased WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return row is not None and bool(row[0])
