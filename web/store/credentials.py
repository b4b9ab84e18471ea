"""The table web.credentials: what was signed for each share, and that it was revoked, for ever.

A share has one credential that is not revoked, and those from before its holder showed or hid their
name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from engine.store.postgres.connection import Row, Transaction


@dataclass(frozen=True, slots=True)
class StoredCredential:
    """A credential as it was signed. `list` and `index`: its place in a status list. `salt` and
    `signed` are None once its holder is erased; `revoked` is None while it is good."""

    credential_id: str
    share_id: str
    subject_id: str
    list: int
    index: int
    made: datetime
    salt: str | None = field(default=None, repr=False)
    signed: str | None = field(default=None, repr=False)
    revoked: datetime | None = None


_COLUMNS = (
    "credential_id::text, share_id, subject_id::text, list, index, made, salt, signed, revoked"
)


def live(tx: Transaction, share_id: str) -> StoredCredential | None:
    """The good credential of a share; none of one that ended."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM web.credentials WHERE share_id = %s AND revoked IS NULL", share_id
    )
    return None if row is None else _credential(row)


def find(tx: Transaction, credential_id: str) -> StoredCredential | None:
    """A credential by its id (a UUID), good or revoked."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM web.credentials WHERE credential_id = %s::text::uuid",
        credential_id,
    )
    return None if row is None else _credential(row)


def of_share(tx: Transaction, share_id: str) -> list[StoredCredential]:
    """All that were ever signed for a share, first to last."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM web.credentials WHERE share_id = %s ORDER BY made, credential_id",
        share_id,
    )
    return [_credential(row) for row in rows]


def insert(tx: Transaction, credential: StoredCredential) -> None:
    """A credential. The caller has drawn its place, and revoked the one before."""
    tx.execute(
        "INSERT INTO web.credentials (credential_id, share_id, subject_id, salt, list, index, "
        "signed, made) VALUES (%s::text::uuid, %s, %s::text::uuid, %s, %s, %s, %s, %s)",
        credential.credential_id, credential.share_id, credential.subject_id, credential.salt,
        credential.list, credential.index, credential.signed, credential.made,
    )  # fmt: skip


def revoke(tx: Transaction, share_ids: Iterable[str], now: datetime) -> None:
    """Revoke the good credentials of these shares. Their lists are to be signed again."""
    rows = tx.rows(
        "UPDATE web.credentials SET revoked = %s "
        "WHERE share_id = ANY (%b::text[]) AND revoked IS NULL RETURNING list",
        now, sorted(set(share_ids)),
    )  # fmt: skip
    # The latest first, as who draws a place has locked it: so no two wait for each other.
    for number in sorted({number for (number,) in rows}, reverse=True):
        tx.execute("UPDATE web.status_lists SET signed = NULL WHERE list = %s", number)


def _credential(row: Row) -> StoredCredential:
    return StoredCredential(*row)
