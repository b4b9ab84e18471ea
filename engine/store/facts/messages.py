"""Private notes, apart from everything else, and sealed to their reader's key: what is stored here
opens only with a key that this database does not have."""

from collections.abc import Iterable

from engine.fact import Fact
from engine.intake.content import decode
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact
from engine.store import note_keys
from engine.store.facts.ledger import quoted
from engine.store.note_keys import NoteOwner
from engine.store.postgres.connection import Transaction
from events.public_key import PublicKey
from events.schemas.registry import INPUT
from events.sealed_note import kid_of
from events.sealing import seal_note


class NoNotesKey(Exception):
    """A note came in clear, and there is no key to seal it to."""


def keep(tx: Transaction, facts: Iterable[ParsedFact], master: PublicKey | None) -> int:
    """Keep the note of each fact that has one; those in clear are sealed first. Notes to people
    who were erased are dropped. `master`: what new private keys are sealed to. Gives how many
    came in clear.

    Raises:
        NoNotesKey: a note is in clear, and `master` is None.
    """
    notes = [(p, p.note, reader_of(p.fact)) for p in facts if p.note is not None]
    if not notes:
        return 0
    known = note_keys.existing(tx, [reader for _, _, reader in notes])
    new = {reader for _, note, reader in notes if not note.is_sealed and reader not in known}
    if new:
        if master is None:
            raise NoNotesKey("a note came in clear, and BADGE_ENGINE_NOTES_PUBLIC_KEY is not set")
        known |= note_keys.make(tx, new, master)
    rows: list[tuple[int, int, str, str]] = []
    for parsed, note, reader in notes:
        key = known.get(reader)
        if note.is_sealed and (key is not None or reader not in known):
            rows.append((*parsed.key, note.text, kid_of(note.text)))
        elif key is not None:
            rows.append((*parsed.key, sealed(parsed.fact, note.text, key), key.kid))
    tx.copy(
        "messages", ("place", "fact", "message", "kid"), ("int8", "int8", "text", "text"),
        sorted(rows),
    )  # fmt: skip
    return sum(not note.is_sealed for _, note, _ in notes)


def reader_of(fact: Fact) -> NoteOwner:
    """Whom the note of a fact is for."""
    return NoteOwner(fact.place.program, str(fact.data[INPUT[fact.type].NOTE_FOR]))


def sealed(fact: Fact, note: str, to: PublicKey) -> str:
    """The note of a fact, sealed to a key and bound to the fact."""
    return seal_note(note, to, **bound_to(fact))


def bound_to(fact: Fact) -> dict[str, str]:
    """The ids that a note is bound to inside, by the names of the fact's fields; of no loop ""."""
    model = INPUT[fact.type]
    return {
        "program_id": fact.place.program,
        "loop_id": fact.place.loop or "",
        model.KEY: fact.id,
        model.NOTE_FOR: str(fact.data[model.NOTE_FOR]),
    }


def with_notes_naming(tx: Transaction, fact_type: str, program: str, name: str) -> list[Fact]:
    """The facts of a type that have a note and name somebody, retracted ones not among them. Reads
    all that have a note: for what is rare. It takes no right to read notes."""
    rows = tx.rows(
        "SELECT l.content FROM noted n JOIN ledger l USING (place, fact) "
        "WHERE strpos(l.content, %s) > 0 AND strpos(l.content, %s) > 0 "
        "AND strpos(l.content, %s) > 0",
        quoted(fact_type), quoted(program), quoted(name),
    )  # fmt: skip
    facts = [decode(content) for (content,) in rows]
    return [
        fact
        for fact in facts
        if isinstance(fact, Fact)
        and fact.type == fact_type
        and fact.place.program == program
        and name in fact.data.values()
    ]


def existing(tx: Transaction, facts: Iterable[Key]) -> set[Key]:
    """Which of these facts have a note. It takes no right to read notes."""
    rows = tx.rows(
        "SELECT n.place, n.fact FROM noted n "
        "JOIN unnest(%b::bigint[], %b::bigint[]) k (place, fact) USING (place, fact)",
        *_columns(facts),
    )
    return {Key(*row) for row in rows}


def read(tx: Transaction, facts: Iterable[Key]) -> dict[Key, tuple[str, str | None]]:
    """The notes of facts as they are stored, with the name of the key that each is sealed to; None
    of one that an older version stored in clear."""
    rows = tx.rows(
        "SELECT m.place, m.fact, m.message, m.kid FROM messages m "
        "JOIN unnest(%b::bigint[], %b::bigint[]) k (place, fact) USING (place, fact)",
        *_columns(facts),
    )
    return {Key(place, fact): (message, kid) for place, fact, message, kid in rows}


def _columns(facts: Iterable[Key]) -> tuple[list[int], list[int]]:
    keys = sorted(facts)
    return [key.place for key in keys], [key.fact for key in keys]


def forget(tx: Transaction, facts: Iterable[Key]) -> None:
    """Delete the notes of retracted facts."""
    keys = sorted(facts)
    if keys:
        tx.execute(
            "DELETE FROM messages m USING unnest(%b::bigint[], %b::bigint[]) k (place, fact) "
            "WHERE m.place = k.place AND m.fact = k.fact",
            [key.place for key in keys], [key.fact for key in keys],
        )  # fmt: skip
