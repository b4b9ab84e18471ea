"""The keys that notes are sealed to: a pair per person of a program, made when it is first needed.

The private key is stored only as sealed to the master key, so what is in these tables opens no
note. To erase a person is to empty their row: it stays, so that no key of theirs is made again by
itself.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey
from events.sealing import KEY, new_key_pair, seal


class NoteOwner(NamedTuple):
    """Somebody whom notes are for."""

    program: str
    participant: str


class WrappedKey(NamedTuple):
    """A private key, as a JWK sealed to the master key; `wrapped` is None of an erased person."""

    kid: str
    wrapped: str | None


def keys_for(
    tx: Transaction, owners: Iterable[NoteOwner], master: PublicKey
) -> dict[NoteOwner, PublicKey | None]:
    """The public key of each, made where there is none; None for who was erased.

    The rows stay locked against erasure until the transaction ends, so that what is sealed in it
    is there to be deleted.
    """
    wanted = sorted(set(owners))
    known = _public(tx, wanted)
    return known | make(tx, (owner for owner in wanted if owner not in known), master)


def existing(tx: Transaction, owners: Iterable[NoteOwner]) -> dict[NoteOwner, PublicKey | None]:
    """The public key of each who has a row; None for who was erased. Locked as by `keys_for`."""
    return _public(tx, sorted(set(owners)))


def look_up(tx: Transaction, owner: NoteOwner) -> PublicKey | None:
    """The public key of somebody who has one, not locked: a lock is a write, which has to reach the
    disk. For a note that may be stored after an erasure, since nobody can open it then."""
    row = tx.one("SELECT public FROM note_keys WHERE program = %s AND participant = %s", *owner)
    return None if row is None or row[0] is None else PublicKey.of_jwk(msgspec.json.decode(row[0]))


def make(
    tx: Transaction, owners: Iterable[NoteOwner], master: PublicKey
) -> dict[NoteOwner, PublicKey | None]:
    """Make the pairs of those who had no row; gives what is there then. Locked as by `keys_for`."""
    missing = sorted(set(owners))
    if not missing:
        return {}
    pairs = [new_key_pair() for _ in missing]
    tx.execute(
        "INSERT INTO note_keys (program, participant, kid, public, wrapped) SELECT * FROM "
        "unnest(%b::text[], %b::text[], %b::text[], %b::text[], %b::text[]) ON CONFLICT DO NOTHING",
        *_columns(missing),
        [public.kid for public, _ in pairs],
        [_encode(public.jwk()) for public, _ in pairs],
        [_wrap(private, master) for _, private in pairs],
    )
    return _public(tx, missing)  # somebody else may have been first


def wrapped(tx: Transaction, owners: Iterable[NoteOwner]) -> dict[NoteOwner, WrappedKey]:
    """The sealed private keys of those who have a row."""
    programs, participants = _columns(sorted(set(owners)))
    rows = tx.rows(
        "SELECT k.program, k.participant, k.kid, k.wrapped FROM note_keys k "
        "JOIN unnest(%b::text[], %b::text[]) o (program, participant) USING (program, participant)",
        programs, participants,
    )  # fmt: skip
    return {NoteOwner(program, who): WrappedKey(*rest) for program, who, *rest in rows}


def renew(tx: Transaction, owner: NoteOwner, master: PublicKey) -> PublicKey:
    """A new pair for somebody who was erased. What was sealed to the old one stays unreadable."""
    public, private = new_key_pair()
    tx.execute(
        "UPDATE note_keys SET kid = %s, public = %s, wrapped = %s, made_at = now(), "
        "erased_at = NULL WHERE program = %s AND participant = %s AND erased_at IS NOT NULL",
        public.kid, _encode(public.jwk()), _wrap(private, master), *owner,
    )  # fmt: skip
    public_now = _public(tx, [owner])[owner]
    assert public_now is not None, "renewed here, or by somebody else just before"
    return public_now


def every_wrapped(tx: Transaction) -> list[tuple[NoteOwner, str]]:
    """The sealed private keys of all who have one."""
    rows = tx.rows(
        "SELECT program, participant, wrapped FROM note_keys WHERE wrapped IS NOT NULL "
        "ORDER BY program, participant"
    )
    return [(NoteOwner(program, who), wrapped) for program, who, wrapped in rows]


def replace_wrapped(tx: Transaction, owner: NoteOwner, before: str, after: str) -> int:
    """The same private key, sealed in another way; gives how many: none if it is another now."""
    return tx.execute(
        "UPDATE note_keys SET wrapped = %s "
        "WHERE program = %s AND participant = %s AND wrapped = %s",
        after, *owner, before,
    )  # fmt: skip


def erase(tx: Transaction, owner: NoteOwner) -> str | None:
    """Empty somebody's row, which is made if there is none, and lock it until the transaction ends.
    Gives the name of the key that is gone; None if there was none any more.

    Waits for transactions that seal to the key: what they store can be deleted after this.
    """
    tx.execute(
        "INSERT INTO note_keys (program, participant, kid, erased_at) VALUES (%s, %s, '', now()) "
        "ON CONFLICT DO NOTHING",
        *owner,
    )
    tx.execute("SELECT FROM note_keys WHERE program = %s AND participant = %s FOR UPDATE", *owner)
    row = tx.one(
        "UPDATE note_keys SET public = NULL, wrapped = NULL, erased_at = now() "
        "WHERE program = %s AND participant = %s AND erased_at IS NULL RETURNING kid",
        *owner,
    )
    return None if row is None else str(row[0])


def _public(tx: Transaction, owners: list[NoteOwner]) -> dict[NoteOwner, PublicKey | None]:
    programs, participants = _columns(owners)
    rows = tx.rows(
        "SELECT k.program, k.participant, k.public FROM note_keys k "
        "JOIN unnest(%b::text[], %b::text[]) o (program, participant) USING (program, participant) "
        "ORDER BY k.program, k.participant FOR KEY SHARE OF k",
        programs, participants,
    )  # fmt: skip
    return {
        NoteOwner(program, who): PublicKey.of_jwk(msgspec.json.decode(jwk)) if jwk else None
        for program, who, jwk in rows
    }


def _wrap(private: dict[str, str], master: PublicKey) -> str:
    return seal(msgspec.json.encode(private), master, KEY)


def _encode(jwk: dict[str, str]) -> str:
    return msgspec.json.encode(jwk).decode()


def _columns(owners: list[NoteOwner]) -> tuple[list[str], list[str]]:
    return [owner.program for owner in owners], [owner.participant for owner in owners]
