"""Everything of a person that is no fact: erased, in one transaction, and written down.

Without their key all notes to them are unreadable for good: in tables, topics and old dumps. Facts
and awards stay, under a pseudonym that nothing here gives a name any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from directory import erased
from engine.queries import notes
from engine.queries.notes import NotedTestimonial
from engine.queries.snapshot import Reader
from engine.store import audit_log, note_keys
from engine.store.awards import kudos
from engine.store.awards.kudos import KudosReceived
from engine.store.note_keys import NoteOwner
from engine.store.postgres.connection import Transaction, transaction
from web.notes.desk import NotesDesk

ACTION = "person.erased"
_ASKED = "personal data erased"
_AGAIN = "erased again after a restore"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did. `counts`: rows that were deleted or emptied, by kind. `key`: the name of
    the key that is gone; None if it had gone before. `is_forgotten`: whether the directory's topic
    has nothing of them any more."""

    counts: dict[str, int]
    key: str | None
    is_forgotten: bool


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """An erasure as the audit log has it."""

    program: str
    participant: str
    given_notes: bool
    at: datetime


def erase(
    desk: NotesDesk,
    reader: Reader,
    program: str,
    participant: str,
    subject: str,
    *,
    given_notes: bool = False,
    again_since: datetime | None = None,
) -> Erasure:
    """Erase somebody; again and again it does nothing more. `given_notes`: the notes they wrote
    too. `subject`: who asks for it, as the audit log names them. `again_since`: when they were
    erased before a restore; later descriptions of them stay."""
    with transaction(desk.pool) as tx:
        key = note_keys.erase(tx, NoteOwner(program, participant))
        # Only now: what was being stored when the key was erased is there to be found.
        with reader.snapshot() as snapshot:
            every = kudos.ever(snapshot.tx, program, participant)
            spoken = notes.testimonials(snapshot, program, participant)
        narratives = [one for one in spoken if given_notes or one.participant == participant]
        chosen = [one for one in every if given_notes or one.recipient == participant]
        at = again_since or desk.now()
        counts = _erase(tx, program, participant, chosen, narratives, at, again_since)
        counts["keys"] = int(key is not None)
        if any(counts.values()):
            details = {
                "program": program,
                "participant": participant,
                "given_notes": given_notes,
                "counts": counts,
                "key": key,
            }
            audit_log.note(tx, ACTION, subject, _AGAIN if again_since else _ASKED, details)
        return Erasure(counts, key, erased.is_forgotten(tx, program, participant))


def erase_again(desk: NotesDesk, reader: Reader, subject: str) -> Iterator[ErasedPerson]:
    """After a restore: erase everybody whom the audit log says was erased, but who has a key that
    is younger than that: they came back. Gives those of whom something was there.

    Raises:
        AuditBroken
    """
    with transaction(desk.pool) as tx:
        wanted = list(_in_log(tx))
    for person in wanted:
        if _came_back(desk, person):
            continue
        done = erase(
            desk,
            reader,
            person.program,
            person.participant,
            subject,
            given_notes=person.given_notes,
            again_since=person.at,
        )
        if any(done.counts.values()):
            yield person


def _erase(
    tx: Transaction,
    program: str,
    participant: str,
    chosen: list[KudosReceived],
    narratives: Iterable[NotedTestimonial],
    at: datetime,
    again_since: datetime | None,
) -> dict[str, int]:
    keys = sorted({*map(notes.key_of, chosen), *(one.key for one in narratives)})
    row = tx.one(
        "SELECT web.erase_person(%s, %s, %s::text[], %s::bigint[], %s::bigint[], %s, %s)",
        program, participant, sorted({one.kudos_id for one in chosen}),
        [key.place for key in keys], [key.fact for key in keys], at, again_since is not None,
    )  # fmt: skip
    of_cases = tx.one("SELECT web.erase_from_governance(%s, %s, %s)", program, participant, at)
    assert row is not None
    assert of_cases is not None
    counts: dict[str, int] = row[0] | of_cases[0]
    return counts


def _in_log(tx: Transaction) -> Iterator[ErasedPerson]:
    """Everybody who was erased, the last time each."""
    last: dict[tuple[str, str], ErasedPerson] = {}
    for entry in audit_log.entries(tx):
        if entry.action == ACTION:
            details = entry.details
            owner = (details["program"], details["participant"])
            before = last.pop(owner, None)
            given_notes = details["given_notes"] or (before is not None and before.given_notes)
            at = datetime.fromisoformat(entry.at)
            last[owner] = ErasedPerson(*owner, given_notes, at)
    yield from last.values()


def _came_back(desk: NotesDesk, person: ErasedPerson) -> bool:
    with transaction(desk.pool) as tx:
        row = tx.one(
            "SELECT FROM note_keys WHERE program = %s AND participant = %s "
            "AND erased_at IS NULL AND made_at > %s",
            person.program, person.participant, person.at,
        )  # fmt: skip
    return row is not None
