"""Private notes, sealed as they are stored, found through the awards of the kudos they came with;
and the narratives of testimonials, of which no award need follow.

What is asked of `snapshot` says only that a note exists; the notes themselves take a transaction of
a role that may read them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.catalog.model import Badge
from engine.fact import Fact, Place
from engine.intake import keys
from engine.intake.keys import Key
from engine.queries.snapshot import Snapshot
from engine.store import note_keys
from engine.store.awards import kudos
from engine.store.awards.kudos import KudosReceived, KudosWanted
from engine.store.facts import messages
from engine.store.note_keys import NoteOwner, WrappedKey
from engine.store.postgres.connection import Transaction
from events.instants import Instant
from events.schemas.kudos_given import KudosGiven
from events.schemas.testimonial_given import TestimonialGiven

_PORTION = 200


@dataclass(frozen=True, slots=True)
class NotedKudos:
    """A page of kudos that have a note. `badges`: those they are of, by name. `more`: whether there
    are earlier ones."""

    kudos: tuple[KudosReceived, ...]
    badges: dict[str, Badge]
    more: bool


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it is stored. `kid`: of the key it is sealed to; None: an older version stored it
    in clear. `key`: the recipient's, if they ever had one."""

    text: str
    kid: str | None
    key: WrappedKey | None


@dataclass(frozen=True, slots=True)
class NotedTestimonial:
    """A testimonial that has a narrative. `bound`: the ids that the narrative names inside."""

    testimonial_id: str
    program: str
    loop: str | None
    participant: str
    author: str
    source: str
    time: Instant
    key: Key
    bound: dict[str, str]

    @classmethod
    def of(cls, fact: Fact) -> "NotedTestimonial":
        """That a fact reports."""
        data = fact.data
        participant, author, source = (
            str(data[name]) for name in ("participant_id", "author_id", "source")
        )
        place = fact.place
        return cls(
            fact.id, place.program, place.loop, participant, author, source, fact.time,
            keys.key(place, fact.type, fact.id), messages.bound_to(fact),
        )  # fmt: skip

    @property
    def owner(self) -> NoteOwner:
        """Whose key the narrative is sealed to."""
        return NoteOwner(self.program, self.participant)


def with_notes(
    snapshot: Snapshot,
    program: str,
    wanted: KudosWanted,
    before: tuple[str, str] | None,
    limit: int,
) -> NotedKudos:
    """The latest `limit` wanted kudos of a program that have a note, or those before a position.

    Raises:
        CatalogAltered
    """
    noted: list[KudosReceived] = []
    while len(noted) <= limit:
        portion = kudos.in_time(snapshot.tx, program, wanted, before, _PORTION)
        existing = messages.existing(snapshot.tx, map(key_of, portion))
        noted += [one for one in portion if key_of(one) in existing]
        if len(portion) < _PORTION:
            break
        before = portion[-1].position
    page = tuple(noted[:limit])
    catalog = snapshot.generation_for(program).catalog
    badges = {
        one.badge: catalog.badge.get(one.badge) or snapshot.catalog(one.catalog).badge[one.badge]
        for one in page
    }
    return NotedKudos(page, badges, len(noted) > limit)


def of_awards(snapshot: Snapshot, program: str, award_ids: Sequence[str]) -> dict[str, str]:
    """Of these awards those that came with a note: the id of the kudos, by award."""
    received = kudos.of_awards(snapshot.tx, program, award_ids)
    existing = messages.existing(snapshot.tx, map(key_of, received)) if received else set()
    return {one.award_id: one.kudos_id for one in received if key_of(one) in existing}


def stored(tx: Transaction, noted: Iterable[KudosReceived]) -> dict[str, StoredNote]:
    """The notes of kudos, by award id; those that are gone meanwhile are left out. `tx`: of a role
    that may read notes."""
    kudos_given = list(noted)
    texts = messages.read(tx, map(key_of, kudos_given))
    owned = note_keys.wrapped(tx, map(owner_of, kudos_given))
    return {
        one.award_id: StoredNote(*texts[key_of(one)], owned.get(owner_of(one)))
        for one in kudos_given
        if key_of(one) in texts
    }


def testimonials(snapshot: Snapshot, program: str, person: str) -> list[NotedTestimonial]:
    """The testimonials with a narrative that are for somebody, or by them, first to last. Reads
    all facts that have a note: for exports and erasures."""
    naming = messages.with_notes_naming(snapshot.tx, TestimonialGiven.TYPE, program, person)
    noted = [NotedTestimonial.of(fact) for fact in sorted(naming, key=lambda fact: fact.order)]
    return [one for one in noted if person in (one.participant, one.author)]


def narratives(
    tx: Transaction, noted: Sequence[NotedTestimonial]
) -> list[tuple[NotedTestimonial, StoredNote]]:
    """Testimonials with their narratives; those that are gone meanwhile are left out. `tx`: of a
    role that may read notes."""
    texts = messages.read(tx, [one.key for one in noted])
    owned = note_keys.wrapped(tx, [one.owner for one in noted])
    return [
        (one, StoredNote(*texts[one.key], owned.get(one.owner)))
        for one in noted
        if one.key in texts
    ]


def key_of(given: KudosReceived) -> Key:
    """Where the ledger has the fact, and `messages` its note."""
    return keys.key(Place(given.program, given.loop, None), KudosGiven.TYPE, given.kudos_id)


def owner_of(given: KudosReceived) -> NoteOwner:
    """Whose key the note is sealed to."""
    return NoteOwner(given.program, given.recipient)
