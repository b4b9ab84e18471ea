"""For which purpose somebody reads private notes of a program, as long as their session lasts."""

import json

from engine.store.postgres.connection import Transaction


def read(tx: Transaction, session: bytes, program: str) -> str | None:
    """What was given in a session; None if nothing was yet."""
    row = tx.one("SELECT purposes ->> %s FROM web.sessions WHERE id = %s", program, session)
    return None if row is None else row[0]


def choose(tx: Transaction, session: bytes, program: str, purpose: str | None) -> None:
    """Keep a purpose; None: it is to be asked for again."""
    tx.execute(
        "UPDATE web.sessions SET purposes = purposes || %s::jsonb WHERE id = %s",
        json.dumps({program: purpose}), session,
    )  # fmt: skip
