"""One transaction: {cursors, ledger, measures, awards, outbox, dead letters} of a batch, or of
batches of several partitions: most of what a transaction costs it costs once.

Whatever happens, either all of a batch is done or none of it, and never twice: the cursor moves in
the same commit.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from typing import TypeVar

import msgspec

from engine.awards import messages as award_messages
from engine.awards.messages import Who
from engine.fact import Place
from engine.handlers import refusal_limit
from engine.handlers.batch import Batch, Record
from engine.handlers.policy import IntakePolicy
from engine.handlers.steps import decide, people, places, triage
from engine.handlers.steps.triage import Retracted, Triage, TriagedBatches
from engine.intake import header_names
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact
from engine.intake.refusal import Refusal
from engine.store.awards import outbox
from engine.store.awards.outbox import OutboxMessage
from engine.store.cursors import cursors
from engine.store.cursors.cursors import Cursor, CursorAdvance
from engine.store.cursors.halt import Halt
from engine.store.dead_letters import entries, listing
from engine.store.dead_letters.entries import RefusedRecord
from engine.store.facts import ledger, messages
from engine.store.generations.live import Generation, Generations
from engine.store.postgres import locks
from engine.store.postgres.connection import Transaction
from engine.store.projections.measures import PlaceRow
from engine.version import VERSION

T = TypeVar("T")
Rows = Mapping[Place, PlaceRow]
Live = Mapping[str, Generation]


def process_batches(
    tx: Transaction, generations: Generations, batches: Sequence[Batch], terms: IntakePolicy
) -> list[Triage]:
    """Take in batches from Kafka, of different partitions, each at its cursor.

    Raises:
        CursorMoved: a batch is not the next one of its partition.
        VersionMoved, Drift, psycopg.errors.UniqueViolation: a race was lost; roll back and take
            again.
    """
    found = cursors.lock(tx, ((b.topic, b.partition, b.start) for b in batches))
    sorted_, rows, live = _sort(tx, generations, batches, terms, found)
    refused: list[RefusedRecord] = []
    for batch, one in zip(batches, sorted_, strict=True):
        kept = _refused(tx, generations, batch, one.refused)
        entries.keep(tx, kept, VERSION)
        refused += kept
        if one.halted is not None:
            one.halted = _flood(tx, batch, one)
    said = _apply(tx, generations, sorted_[0].whole, rows, live)
    cursors.advance(
        tx,
        (
            CursorAdvance(cursor, one.end, one.counts, one.window, one.halted)
            for cursor, one in zip(found, sorted_, strict=True)
        ),
    )
    outbox.put(tx, [*said, *map(_signal, refused)])
    return sorted_


def redrive(
    tx: Transaction, generations: Generations, number: int, terms: IntakePolicy
) -> Refusal | None:
    """Give an open dead letter to the same rules again, in one transaction with its resolution.

    It takes an offset in a lane of its own. Refused again, it stays open, one attempt older, and
    the refusal is returned. A resolved one is left as it is.
    """
    entry = entries.get(tx, number, lock=True)
    if entry is None or entry.resolution is not None:
        return None
    kept = entry.refused
    if _stays_refused(kept):
        digest = generations.default(tx).catalog.digest
        entries.refused_again(tx, number, kept.reason, kept.detail, VERSION, digest)
        return Refusal(kept.reason, kept.detail)
    cursor = cursors.next_in_lane(tx, kept.topic, cursors.REDRIVE_LANE)
    offset = cursor.next_offset
    record = Record(offset, kept.key, kept.value, kept.headers)
    batch = Batch(kept.topic, cursors.REDRIVE_LANE, offset, offset + 1, [record])
    without_flood = IntakePolicy(terms.clock, terms.tolerance, flood=None)
    (one,), rows, live = _sort(tx, generations, [batch], without_flood, [cursor])
    if one.refused:
        refusal = one.refused[0][1]
        digest = generations.default(tx).catalog.digest
        entries.refused_again(tx, number, refusal.reason, refusal.detail, VERSION, digest)
        return refusal
    said = _apply(tx, generations, one.whole, rows, live)
    entries.redriven(tx, number)
    cursors.advance(tx, [CursorAdvance(cursor, offset + 1, one.counts, one.window)])
    outbox.put(tx, said)
    return None


def _stays_refused(kept: RefusedRecord) -> bool:
    """Whether what is kept is not the record as it came: cut, or a header's name replaced."""
    return kept.reason == "oversize" or any("\ufffd" in name for name, _ in kept.headers)


def _sort(
    tx: Transaction,
    generations: Generations,
    batches: Sequence[Batch],
    terms: IntakePolicy,
    found: Sequence[Cursor],
) -> tuple[list[Triage], Rows, Live]:
    """What the batches come to, the rows of their places, read first, so that whatever somebody
    else does there while we decide shows when we write, and the generations of their programs."""
    readings = [reading for batch in batches for reading in batch.readings()]
    tx.execute(f"SELECT pg_advisory_xact_lock_shared({locks.CUTOVER})")
    live = generations.of(tx, triage.programs(readings))
    rows = places.read(tx, live, triage.places(readings))
    known = ledger.find(tx, triage.keys(readings))
    latest, whole = terms.latest(), TriagedBatches(known)
    sorted_ = [
        triage.classify(batch, live, latest, cursor, terms.flood, whole)
        for batch, cursor in zip(batches, found, strict=True)
    ]
    return sorted_, rows, live


def _apply(
    tx: Transaction, generations: Generations, sorted_: TriagedBatches, rows: Rows, live: Live
) -> list[OutboxMessage]:
    """Write facts and what follows from them; gives what is to be said."""
    generations.register(tx, sorted_.programs)
    ledger.append(tx, ((key, *entry) for key, entry in sorted_.ledger.items()))
    private = [(t.key, t.message) for t in sorted_.facts.values() if t.message is not None]
    messages.keep(tx, private)
    messages.forget(tx, sorted_.retracted)
    names = {told.fact.place.program for told in sorted_.facts.values()}
    names |= {item.fact.place.program for item in sorted_.retracted.values()}
    names |= {place.program for place in sorted_.unmet}
    by_generation: dict[int, Generation] = {live[name].id: live[name] for name in names}
    facts = _split(sorted_.facts, lambda told: live[told.fact.place.program].id)
    retracted = _split(sorted_.retracted, lambda item: live[item.fact.place.program].id)
    said: list[OutboxMessage] = []
    for number in sorted(by_generation):  # always in this order: locks are taken in it
        unmet = {place for place in sorted_.unmet if live[place.program].id == number}
        generation = by_generation[number]
        said += _project(tx, generation, rows, facts[number], retracted[number], unmet)
    return said


def _project(
    tx: Transaction,
    generation: Generation,
    rows: Rows,
    told: dict[Key, ParsedFact],
    retracted: dict[Key, Retracted],
    unmet: Set[Place],
) -> list[OutboxMessage]:
    facts = [item.fact for item in told.values()]
    touched, moves = places.touch(tx, generation, rows, facts, retracted.values(), unmet)
    kept = decide.kept_facts(tx, retracted.values())
    recipients = [(item.award.program, item.award.recipient) for item, _ in kept]
    known = people.lock(tx, generation, touched, moves, recipients)
    deciding = decide.AwardDecider(tx, generation, touched, known, retracted, kept)
    changed = deciding.decide(facts, moves)
    people.write(tx, generation, known)
    people.write_participation(tx, generation, touched)
    places.write(tx, generation, touched)

    def held_before(wanted: Set[Who]) -> dict[Who, int]:
        return people.held_before(tx, generation.catalog, known, wanted)

    said = award_messages.messages(generation, changed, held_before, facts)
    decide.write(tx, changed)  # after what is held before was counted
    return said


def _split(items: dict[Key, T], generation: Callable[[T], int]) -> dict[int, dict[Key, T]]:
    found: dict[int, dict[Key, T]] = defaultdict(dict)
    for key, item in items.items():
        found[generation(item)][key] = item
    return found


def _refused(
    tx: Transaction,
    generations: Generations,
    batch: Batch,
    refused: Sequence[tuple[Record, Refusal]],
) -> list[RefusedRecord]:
    if not refused:
        return []
    digest = generations.default(tx).catalog.digest
    return [
        RefusedRecord(
            batch.topic,
            batch.partition,
            record.offset,
            record.key,
            value,
            tuple(record.headers),
            refusal.reason,
            refusal.detail,
            digest,
            cut,
        )
        for record, refusal in refused
        for value, cut in (record.kept(),)
    ]


def _flood(tx: Transaction, batch: Batch, sorted_: Triage) -> Halt:
    """With its text; the window is longer than the batch."""
    number = sorted_.window.bits.bit_count()
    refusals = listing.latest(tx, batch.topic, batch.partition, number)
    return refusal_limit.halt(sorted_.window, batch.partition, sorted_.end, refusals)


def _signal(refused: RefusedRecord) -> OutboxMessage:
    """The dead letter as its topic carries it: without key, header values and bytes, which may
    hold a private message."""
    entry = {
        "topic": refused.topic,
        "partition": refused.partition,
        "offset": refused.offset,
        "reason": refused.reason,
        "detail": refused.detail,
        "header_names": header_names.shown(name for name, _ in refused.headers),
        "engine_version": VERSION,
        "catalog_digest": refused.catalog_digest,
    }
    return OutboxMessage("dead-letters", None, msgspec.json.encode(entry))
