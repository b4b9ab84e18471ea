"""What there is to say about one participant and one badge, read from one moment of the database.

Everything is computed afresh from the ledger, with the code that decides, and held against what
was announced. Never a message: the ledger has none.
"""

from collections.abc import Collection
from dataclasses import dataclass

from engine.awards.evidence import ParticipantHistories
from engine.catalog.model import Badge, Catalog, Level, Scope
from engine.fact import Fact, Place, Retraction
from engine.projections.award import Award, of_repeatable
from engine.projections.criterion_status import CriterionStatus, criterion_status
from engine.projections.participant_history import ParticipantHistory
from engine.rules.criteria.criterion import Holding, Standing
from engine.rules.measure import Measure
from engine.store.awards import awards
from engine.store.awards.awards import Announced
from engine.store.facts import ledger, retractions
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people
from events.award_ids import award_id


@dataclass(frozen=True, slots=True)
class LevelExplained:
    """A level: what it asks for and how far that is, the award as facts justify it now, and as it
    was announced (each None if there is none)."""

    name: str
    status: CriterionStatus
    recomputed: Award | None
    announced: Announced | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A badge in one loop, or in the program (`loop` None), for one participant.

    `levels` is empty for a repeatable badge: its awards are the facts `counted`. `retracted` are
    facts that would count. `measures` are those the badge itself tests.
    """

    badge: Badge
    program: str
    loop: str | None
    participant: str
    measures: tuple[Measure, ...]
    levels: tuple[LevelExplained, ...]
    counted: tuple[Fact, ...]
    retracted: tuple[tuple[Fact, Retraction], ...]


def loops_of(tx: Transaction, generation: Generation, program: str, participant: str) -> list[str]:
    """The loops in which a participant has something that counts."""
    return sorted(
        place.loop for place in _places(tx, generation, program, participant) if place.loop
    )


def explain(
    tx: Transaction,
    generation: Generation,
    program: str,
    loop: str | None,
    participant: str,
    badge: Badge,
) -> Explanation:
    """Explain a badge of the generation's catalog. `loop` must be None for a badge of the program;
    None for another one is a participant who is in no loop."""
    everywhere = _places(tx, generation, program, participant)
    here = {Place(program, loop, None)} if loop is not None else set()
    counts_in = everywhere if badge.scope == "program" else here
    tested = _measures(badge)
    counted = [
        fact
        for fact in ledger.about(tx, {place: {participant} for place in counts_in})
        if _counts(generation.catalog, tested, fact, participant)
    ]
    withdrawn = retractions.of_places(tx, counts_in | _own(program, participant, badge.scope))
    return Explanation(
        badge,
        program,
        loop,
        participant,
        tested,
        _levels(tx, generation, program, loop, participant, badge),
        tuple(sorted(counted, key=lambda fact: fact.order)),
        tuple(
            pair for pair in withdrawn if _counts(generation.catalog, tested, pair[0], participant)
        ),
    )


def award_of(explained: Explanation, generation: Generation, occurrence: str) -> Award | None:
    """The award that the facts justify now: of a level by its name, of a repeatable badge by its
    fact's natural key; None if they do not."""
    for level in explained.levels:
        if level.name == occurrence:
            return level.recomputed
    for fact in explained.counted:
        for award in of_repeatable(generation.catalog, fact):
            if (award.badge, award.recipient, award.occurrence) == (
                explained.badge.name,
                explained.participant,
                occurrence,
            ):
                return award
    return None


def cause(tx: Transaction, announced: Announced) -> Retraction | None:
    """The last retraction of a fact that a stored proof rests on, also through other awards; None
    if there is none: then a replay took the award away."""
    award = announced.award
    named = {(e.type, e.id, e.loop) for e in award.evidence}
    places = {
        Place(award.program, e.loop or None, None if e.loop else award.recipient)
        for e in award.evidence
        if e.type != "award"
    }
    found = [
        retraction
        for fact, retraction in retractions.of_places(tx, places)
        if (fact.type, fact.id, fact.place.loop or "") in named
    ]
    below = awards.find(tx, (e.id for e in award.evidence if e.type == "award"))
    for item in below.values():
        if not item.standing and (deeper := cause(tx, item)) is not None:
            found.append(deeper)
    return max(found, key=lambda retraction: retraction.order, default=None)


def _levels(
    tx: Transaction,
    generation: Generation,
    program: str,
    loop: str | None,
    participant: str,
    badge: Badge,
) -> tuple[LevelExplained, ...]:
    own, person = _records(tx, generation, program, loop, participant)
    record = person if badge.scope == "program" else own
    standings: dict[Scope, Standing] = {"loop": own, "program": person}
    where = loop if badge.scope == "loop" else None
    ids = {
        level.name: award_id(program, where, participant, badge.name, level.name)
        for level in badge.levels
    }
    has_place = loop is not None or badge.scope == "program"
    announced = awards.find(tx, ids.values()) if has_place else {}

    def explained(level: Level) -> LevelExplained:
        holding = Holding(badge.name, level.name)
        return LevelExplained(
            level.name,
            criterion_status(generation.catalog, badge.scope, level.criterion, standings),
            record.awarded(holding) if holding in record.held else None,
            announced.get(ids[level.name]),
        )

    return tuple(explained(level) for level in badge.levels)


def _records(
    tx: Transaction, generation: Generation, program: str, loop: str | None, participant: str
) -> tuple[ParticipantHistory, ParticipantHistory]:
    """The participant's records in the loop (an empty one without a loop) and in the program."""
    histories = ParticipantHistories(tx, generation)
    place = Place(program, loop, None)
    here = {(place, participant)} if loop is not None else set()
    histories.read(here, {(program, participant)}, {})
    person = histories.person((program, participant))
    if loop is not None:
        return histories.loop(place, participant), person
    return ParticipantHistory(generation.catalog, program, "", participant, {}, person), person


def _places(tx: Transaction, generation: Generation, program: str, participant: str) -> set[Place]:
    person = (program, participant)
    hashes = people.places_of(tx, generation.id, [person])[person]
    rows = measures.by_hash(tx, generation.catalog, generation.id, hashes)
    return {row.place for row in rows if row.place.program == program}


def _own(program: str, participant: str, scope: Scope) -> set[Place]:
    """The place of a participant's facts without a loop: known even if all are retracted."""
    return {Place(program, None, participant)} if scope == "program" else set()


def _measures(badge: Badge) -> tuple[Measure, ...]:
    if badge.repeatable is not None:
        return (badge.repeatable,)
    leaves = (leaf for level in badge.levels for leaf in level.criterion.leaves())
    return tuple({leaf.measure.name: leaf.measure for leaf in leaves}.values())


def _counts(catalog: Catalog, tested: Collection[Measure], fact: Fact, participant: str) -> bool:
    """Whether the fact counts for a participant in one of these measures."""
    return any(
        person == participant and measure in tested
        for measure, person in catalog.contributions(fact)
    )
