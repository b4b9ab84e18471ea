"""The table notify.bad_addresses: addresses that a mail server has refused, by their hash alone.

One row a person: another address of theirs is good until it is refused too.
"""

from datetime import datetime
from hashlib import sha256

from engine.store.postgres.connection import Transaction


def is_bad(tx: Transaction, program: str, participant: str, address: str) -> bool:
    """Whether this address of somebody was refused."""
    row = tx.one(
        "SELECT FROM notify.bad_addresses "
        "WHERE (program, participant) = (%s, %s) AND address_hash = %s",
        program, participant, _hash(address),
    )  # fmt: skip
    return row is not None


def mark(
    tx: Transaction, program: str, participant: str, address: str, since: datetime, why: str
) -> None:
    """Remember that an address was refused. `why`: the server's code, never its text, which may
    quote the address."""
    tx.execute(
        "INSERT INTO notify.bad_addresses (program, participant, address_hash, since, why) "
        "VALUES (%s, %s, %s, %s, %s) ON CONFLICT (program, participant) DO UPDATE SET "
        "address_hash = EXCLUDED.address_hash, since = EXCLUDED.since, why = EXCLUDED.why",
        program, participant, _hash(address), since, why,
    )  # fmt: skip


def _hash(address: str) -> bytes:
    return sha256(address.encode()).digest()
