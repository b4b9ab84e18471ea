"""The table web.status_lists: of each program the lists that say which credentials were revoked.

The bits of a list are no column: they are its revoked credentials, which nothing makes good again.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from credentials.status_list import ENTRIES
from engine.store.postgres.connection import Transaction

FULL = ENTRIES * 3 // 4
"""A list with so many credentials takes no more: a free place is soon drawn."""
_DRAWN = 32


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list. `signed`: as it was last signed; None after a credential of it was revoked."""

    list: int
    program: str
    signed: str | None
    signed_at: datetime | None


def draw(tx: Transaction, program: str) -> tuple[int, int]:
    """A free place, drawn at random, of the latest list of a program or of a new one: the list and
    the index. Others who draw in it wait until the transaction ends. Drawn before another
    credential is revoked."""
    number = _open_list(tx, program)
    while True:
        drawn = [secrets.randbelow(ENTRIES) for _ in range(_DRAWN)]
        row = tx.one(
            "SELECT d.index FROM unnest(%b::int[]) WITH ORDINALITY d (index, n) WHERE NOT EXISTS "
            "(SELECT FROM web.credentials c WHERE c.list = %s AND c.index = d.index) "
            "ORDER BY d.n LIMIT 1",
            drawn, number,
        )  # fmt: skip
        if row is not None:
            return number, int(row[0])


def _open_list(tx: Transaction, program: str) -> int:
    """The latest list of a program with a place used in it, locked."""
    tx.rows("SELECT pg_advisory_xact_lock(web.share_lock(%s, ''))", program)
    row = tx.one(
        "UPDATE web.status_lists SET used = used + 1 WHERE list = "
        "(SELECT max(list) FROM web.status_lists WHERE program = %s) AND used < %s RETURNING list",
        program, FULL,
    )  # fmt: skip
    if row is None:
        row = tx.one(
            "INSERT INTO web.status_lists (program, used) VALUES (%s, 1) RETURNING list", program
        )
    assert row is not None
    return int(row[0])


def find(tx: Transaction, number: int) -> StatusList | None:
    """A list by its number."""
    row = tx.one(
        "SELECT list, program, signed, signed_at FROM web.status_lists WHERE list = %s", number
    )
    return None if row is None else StatusList(*row)


def has_list(tx: Transaction, program: str) -> bool:
    """Whether a program ever issued a credential."""
    return tx.one("SELECT FROM web.status_lists WHERE program = %s LIMIT 1", program) is not None


def programs(tx: Transaction) -> list[str]:
    """The programs that ever issued a credential, by id."""
    rows = tx.rows("SELECT DISTINCT program FROM web.status_lists ORDER BY program")
    return [program for (program,) in rows]


def revoked(tx: Transaction, number: int) -> list[int]:
    """The places of a list whose credentials are revoked, ascending. Nobody revokes another in it
    until the transaction ends: what is then signed and kept has all of them."""
    tx.rows("SELECT FROM web.status_lists WHERE list = %s FOR NO KEY UPDATE", number)
    rows = tx.rows(
        "SELECT index FROM web.credentials WHERE list = %s AND revoked IS NOT NULL ORDER BY index",
        number,
    )
    return [index for (index,) in rows]


def keep(tx: Transaction, number: int, signed: str, now: datetime) -> None:
    """Keep a list as it was signed, in the transaction that has read its bits."""
    tx.execute(
        "UPDATE web.status_lists SET signed = %s, signed_at = %s WHERE list = %s",
        signed, now, number,
    )  # fmt: skip
