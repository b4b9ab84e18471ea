"""Private notes that older versions stored in clear: counted, and sealed in portions."""

from dataclasses import dataclass

from sqlalchemy import Engine

from engine.fact import Fact
from engine.intake import content
from engine.intake.keys import Key
from engine.store import note_keys
from engine.store.facts import messages
from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey


@dataclass(frozen=True, slots=True)
class SealedPortion:
    """How many notes were sealed, and how many deleted, being to somebody who was erased. `last`:
    the last one looked at; None if there was none any more."""

    sealed: int
    deleted: int
    last: Key | None


def count(tx: Transaction) -> int:
    """How many notes are stored in clear."""
    row = tx.one("SELECT count(*) FROM messages WHERE kid IS NULL")
    return int(row[0]) if row is not None else 0


def seal(tx: Transaction, master: PublicKey, after: Key | None, most: int) -> SealedPortion:
    """Seal up to `most` notes that are in clear, in the order of their keys, from the first after
    `after`. `master`: what new private keys are sealed to."""
    rows = tx.rows(
        "SELECT m.place, m.fact, m.message, l.content FROM messages m "
        "JOIN ledger l USING (place, fact) WHERE m.kid IS NULL "
        "AND (%s::bool OR (m.place, m.fact) > (%s, %s)) "
        "ORDER BY m.place, m.fact LIMIT %s FOR UPDATE OF m",
        after is None, *(after or Key(0, 0)), most,
    )  # fmt: skip
    if not rows:
        return SealedPortion(0, 0, None)
    notes = [(Key(place, fact), text, _fact(written)) for place, fact, text, written in rows]
    keys = note_keys.keys_for(tx, {messages.reader_of(fact) for _, _, fact in notes}, master)
    sealed: list[tuple[Key, str, str]] = []
    to_nobody: list[Key] = []
    for key, text, fact in notes:
        to = keys[messages.reader_of(fact)]
        if to is None:
            to_nobody.append(key)
        else:
            sealed.append((key, messages.sealed(fact, text, to), to.kid))
    tx.execute(
        "UPDATE messages m SET message = s.message, kid = s.kid "
        "FROM unnest(%b::bigint[], %b::bigint[], %b::text[], %b::text[]) "
        "s (place, fact, message, kid) WHERE m.place = s.place AND m.fact = s.fact",
        [key.place for key, _, _ in sealed], [key.fact for key, _, _ in sealed],
        [text for _, text, _ in sealed], [kid for _, _, kid in sealed],
    )  # fmt: skip
    messages.forget(tx, to_nobody)
    return SealedPortion(len(sealed), len(to_nobody), notes[-1][0])


def wipe(engine: Engine) -> None:
    """Write the table again, so that its file holds nothing of what was in clear. Until it is done
    nobody else reads or writes a note."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (FULL, ANALYZE) messages")


def _fact(written: str) -> Fact:
    fact = content.decode(written)
    assert isinstance(fact, Fact), "a retraction has no note"
    return fact
