"""Accepted facts and retractions written, with everything that follows from them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from engine.awards import messages as award_messages
from engine.awards.messages import Who
from engine.fact import Place
from engine.handlers.steps import decide, people, places
from engine.handlers.steps.context import BatchContext
from engine.handlers.steps.triage import Retracted, TriagedBatches
from engine.intake.keys import Key
from engine.intake.parse import ParsedFact
from engine.store.awards.outbox import OutboxMessage
from engine.store.facts import ledger, messages
from engine.store.generations.live import Generation, Generations
from engine.store.postgres.connection import Transaction
from engine.store.projections.measures import PlaceRow
from events.public_key import PublicKey

T = TypeVar("T")

AwardChange = Literal["gained", "lost"]


@dataclass(slots=True)
class Projected:
    """What accepted facts and retractions amount to. `messages`: to publish, in order; `awards`:
    how many were gained and lost, by badge; `clear_notes`: how many notes came in clear."""

    messages: list[OutboxMessage] = field(default_factory=list)
    awards: Counter[tuple[str, AwardChange]] = field(default_factory=Counter)
    clear_notes: int = 0


def project(
    tx: Transaction,
    generations: Generations,
    triaged: TriagedBatches,
    context: BatchContext,
    notes_key: PublicKey | None,
) -> Projected:
    """Write ledger, private notes, projections and awards.

    Raises:
        NoNotesKey: a note came in clear, and `notes_key` is None.
    """
    live = context.live
    generations.register(tx, triaged.programs)
    ledger.append(tx, triaged.ledger.values())
    projected = Projected(clear_notes=messages.keep(tx, triaged.facts.values(), notes_key))
    messages.forget(tx, triaged.retracted)
    names = {parsed.fact.place.program for parsed in triaged.facts.values()}
    names |= {item.fact.place.program for item in triaged.retracted.values()}
    names |= {place.program for place in triaged.unmet}
    by_generation: dict[int, Generation] = {live[name].id: live[name] for name in names}
    facts = _split(triaged.facts, lambda parsed: live[parsed.fact.place.program].id)
    retracted = _split(triaged.retracted, lambda item: live[item.fact.place.program].id)
    for number in sorted(by_generation):  # rows are locked in this order
        unmet = {place for place in triaged.unmet if live[place.program].id == number}
        generation = by_generation[number]
        _project(tx, generation, context.rows, facts[number], retracted[number], unmet, projected)
    return projected


def _project(
    tx: Transaction,
    generation: Generation,
    rows: Mapping[Place, PlaceRow],
    parsed: Mapping[Key, ParsedFact],
    retracted: Mapping[Key, Retracted],
    unmet: Set[Place],
    projected: Projected,
) -> None:
    facts = [item.fact for item in parsed.values()]
    touched, moves = places.touch(tx, generation, rows, facts, retracted.values(), unmet)
    kept = decide.kept_facts(tx, retracted.values())
    recipients = [(item.award.program, item.award.recipient) for item, _ in kept]
    persons = people.lock(tx, generation, touched, moves, recipients)
    decider = decide.AwardDecider(tx, generation, touched, persons, retracted, kept)
    changes = decider.decide(facts, moves)
    people.write(tx, generation, persons)
    people.write_participation(tx, generation, touched)
    places.write(tx, generation, touched)

    def held_before(wanted: Set[Who]) -> dict[Who, int]:
        return people.held_before(tx, generation.catalog, persons, wanted)

    projected.messages += award_messages.messages(generation, changes, held_before, facts)
    projected.awards.update(
        (announced.award.badge, "gained" if cause is None else "lost")
        for announced, cause in changes.announcements
    )
    decide.write(tx, changes)  # after what is held before was counted


def _split(items: Mapping[Key, T], generation: Callable[[T], int]) -> dict[int, dict[Key, T]]:
    by_generation: dict[int, dict[Key, T]] = defaultdict(dict)
    for key, item in items.items():
        by_generation[generation(item)][key] = item
    return by_generation
