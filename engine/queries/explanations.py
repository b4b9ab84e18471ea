"""Why a participant holds a badge or not, and what an award rests on.

Everything is recomputed from the ledger by the code that decides, and compared with what was
announced. Never a message: the ledger has none.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.awards.evidence import ParticipantHistories
from engine.catalog.model import Badge, Catalog, Level, Scope
from engine.fact import Fact, Place, Retraction
from engine.projections.award import Award, of_repeatable
from engine.projections.criterion_status import CriterionStatus, criterion_status
from engine.projections.participant_history import ParticipantHistory
from engine.queries.errors import UnknownAward, UnknownBadge, UnknownLoop
from engine.queries.snapshot import Snapshot
from engine.queries.visible import readable
from engine.rules.criteria.criterion import Holding, Standing
from engine.rules.measure import Measure
from engine.store.awards import awards, history, standing
from engine.store.awards.awards import Announced
from engine.store.awards.history import Restatement
from engine.store.facts import ledger, retractions
from engine.store.generations.labels import Label, labels
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from engine.store.projections import measures, people
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class LevelExplained:
    """A level: what it asks for and how far that is, the award as facts justify it now, and as it
    was announced (each None if there is none)."""

    name: str
    status: CriterionStatus
    recomputed: Award | None
    announced: Announced | None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A fact that a repeatable badge is over and that is no award of it: the conditions that it
    does not meet, in words."""

    fact: Fact
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A badge in one loop, or in the program (`loop` None), for one participant.

    `levels` is empty for a repeatable badge: its awards are the facts `counted`, and the awards
    `kept` by decision; `ends` says by fact until when each is valid, if it ends, and `passed_over`
    are facts that come nearest to this badge and are no award of any. `retracted` are facts that
    would count; so would those `outside_loops` if they had a loop, which a badge of the loop needs.
    `measures` are those the badge itself tests. `labels` names the catalogs, by row, and `catalog`
    the row of the one that decides.
    """

    badge: Badge
    program: str
    loop: str | None
    participant: str
    measures: tuple[Measure, ...]
    levels: tuple[LevelExplained, ...]
    counted: tuple[Fact, ...]
    retracted: tuple[tuple[Fact, Retraction], ...]
    outside_loops: tuple[Fact, ...]
    kept: tuple[Announced, ...]
    catalog: int
    labels: Mapping[int, Label]
    ends: Mapping[str, Instant]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class FormerBadge:
    """A badge that the program's catalog no longer has, and what a participant was awarded of it.

    `badge`: as the catalog had it under which the last of the awards was decided. `labels` and
    `catalog` as in an explanation.
    """

    badge: Badge
    program: str
    participant: str
    awards: tuple[Announced, ...]
    catalog: int
    labels: Mapping[int, Label]


@dataclass(frozen=True, slots=True)
class AwardExplanation:
    """An award as it was announced, and as the facts justify it now (None if they do not).

    `badge`: None if the program's catalog no longer has it. `below`: the awards it rests on, by
    id. `restated`: when its date and evidence were put right. `cause`: of a revoked award, the
    retraction that took it away; None if a replay did.
    """

    announced: Announced
    recomputed: Award | None
    badge: Explanation | None
    below: Mapping[str, Announced]
    restated: tuple[Restatement, ...]
    cause: Retraction | None
    label: Label


def of_award(snapshot: Snapshot, award_id: str) -> AwardExplanation:
    """Explain an award by its id.

    Raises:
        UnknownAward, CatalogAltered
    """
    tx = snapshot.tx
    announced = awards.find(tx, [award_id]).get(award_id)
    if announced is None:
        raise UnknownAward(f"no award {award_id} was ever announced")
    award = announced.award
    generation = snapshot.generation_of(award.program)
    badge = generation.catalog.badge.get(award.badge)
    recomputed = explained = None
    if badge is not None:
        where = award.loop if badge.scope == "loop" else None
        explained = _explain(tx, generation, award.program, where, award.recipient, badge)
        recomputed = _award_of(explained, generation, award.occurrence)
    proofs = [item.evidence for item in (award, recomputed) if item is not None]
    return AwardExplanation(
        announced,
        recomputed,
        explained,
        awards.find(tx, (e.id for proof in proofs for e in proof if e.type == "award")),
        tuple(history.restatements(tx, award_id)),
        None if announced.standing else _cause(tx, announced),
        labels(tx, [announced.catalog])[announced.catalog],
    )


def of_badge(
    snapshot: Snapshot, program: str, loop: str | None, participant: str, badge: str
) -> Iterator[Explanation | FormerBadge]:
    """Explain a badge of a participant: in a loop, or without one in each of their loops; a badge
    of the program once.

    Raises:
        UnknownProgram, UnknownLoop, UnknownBadge, CatalogAltered
    """
    tx, generation = snapshot.tx, snapshot.generation_of(program)
    known = generation.catalog.badge.get(badge)
    if known is None:
        yield _former(snapshot, generation, program, participant, badge)
        return
    if loop is not None and not retractions.known(tx, Place(program, loop, None)):
        there = f"program {readable(program)} has no loop called {readable(loop)}"
        raise UnknownLoop(f"{there}: no fact of it is known")
    loops: list[str | None] = [None]
    if known.scope == "loop":
        loops = (
            [loop] if loop is not None else list(_loops_of(tx, generation, program, participant))
        )
    if loop is None and loops and known.repeatable is not None and known.scope == "loop":
        own = Place(program, None, participant)
        if any(
            fact.type == known.repeatable.event for fact in ledger.about(tx, {own: {participant}})
        ):
            loops.append(None)
    for where in loops or [None]:
        yield _explain(tx, generation, program, where, participant, known)


def _former(
    snapshot: Snapshot, generation: Generation, program: str, participant: str, badge: str
) -> FormerBadge:
    announced = awards.of_people(snapshot.tx, program, [participant])
    former = sorted(
        (item for item in announced if item.award.badge == badge),
        key=lambda item: (item.award.time, item.award.id),
    )
    if not former:
        names = ", ".join(generation.catalog.badge)
        raise UnknownBadge(f"no badge is called {readable(badge)}; there are {names}")
    rows = {generation.catalog_id, *(item.catalog for item in former)}
    return FormerBadge(
        snapshot.catalog(former[-1].catalog).badge[badge],
        program,
        participant,
        tuple(former),
        generation.catalog_id,
        labels(snapshot.tx, rows),
    )


def _loops_of(tx: Transaction, generation: Generation, program: str, participant: str) -> list[str]:
    """The loops in which a participant has something that counts, or an award that is kept."""
    places = _places(tx, generation, program, participant)
    kept = standing.beyond_loops(tx, program, [participant])
    return sorted({p.loop for p in places if p.loop} | {a.loop for a in kept if a.loop})


def _explain(
    tx: Transaction,
    generation: Generation,
    program: str,
    loop: str | None,
    participant: str,
    badge: Badge,
) -> Explanation:
    """`loop` must be None for a badge of the program; None for another one is a participant who is
    in no loop, whose facts are awards of a repeatable badge all the same."""
    everywhere = _places(tx, generation, program, participant)
    here = {Place(program, loop, None)} if loop is not None else set()
    own = Place(program, None, participant)
    alone = badge.repeatable is not None and loop is None
    counts_in = everywhere if badge.scope == "program" else {own} if alone else here
    tested = _measures(badge)
    there = list(ledger.about(tx, {place: {participant} for place in counts_in}))
    counted = [fact for fact in there if _counts(generation.catalog, tested, fact, participant)]
    outside = (
        [] if badge.scope == "program" or alone else list(ledger.about(tx, {own: {participant}}))
    )
    outside.sort(key=lambda fact: fact.order)
    withdrawn = retractions.of_places(tx, counts_in | _own(program, participant, badge.scope))
    ends = {
        award.occurrence: award.valid_until
        for fact in counted
        for award in of_repeatable(generation.catalog, fact)
        if (award.badge, award.recipient) == (badge.name, participant) and award.valid_until
    }
    levels = _levels(tx, generation, program, loop, participant, badge)
    decided_under = {level.announced.catalog for level in levels if level.announced is not None}
    return Explanation(
        badge,
        program,
        loop,
        participant,
        tested,
        levels,
        tuple(sorted(counted, key=lambda fact: fact.order)),
        tuple(
            pair for pair in withdrawn if _counts(generation.catalog, tested, pair[0], participant)
        ),
        tuple(fact for fact in outside if _counts(generation.catalog, tested, fact, participant)),
        _kept(tx, program, loop, participant, badge) if badge.repeatable is not None else (),
        generation.catalog_id,
        labels(tx, {generation.catalog_id, *decided_under}),
        ends,
        tuple(_passed_over(generation.catalog, badge, participant, there)),
    )


def _passed_over(
    catalog: Catalog, badge: Badge, participant: str, facts: Iterable[Fact]
) -> Iterator[PassedOver]:
    """Facts that name the participant as the badge asks, are no award, and lack no more of this
    badge than of any other over such facts."""
    if badge.repeatable is None:
        return
    event = badge.repeatable.event
    others = [b.repeatable for b in catalog.repeatable.values() if b.repeatable is not None]
    for fact in sorted(facts, key=lambda fact: fact.order):
        if fact.type != event or participant not in badge.repeatable.people(fact):
            continue
        unmet = {
            measure.name: [c.words() for c in measure.tests if not c.met(fact)]
            for measure in others
            if measure.event == event
        }
        mine = unmet[badge.name]
        if mine and len(mine) == min(map(len, unmet.values())):
            yield PassedOver(fact, tuple(mine))


def _kept(
    tx: Transaction, program: str, loop: str | None, participant: str, badge: Badge
) -> tuple[Announced, ...]:
    """The awards of a repeatable badge that are kept by decision in a loop."""
    ids = [
        award.id
        for award in standing.beyond_loops(tx, program, [participant])
        if award.decided and (award.badge, award.loop) == (badge.name, loop)
    ]
    return tuple(awards.find(tx, ids).values())


def _award_of(explained: Explanation, generation: Generation, occurrence: str) -> Award | None:
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


def _cause(tx: Transaction, announced: Announced) -> Retraction | None:
    """The last retraction of a fact that a stored proof rests on, also through other awards; None
    if there is none: then a replay took the award away."""
    award = announced.award
    named = {(e.type, e.id, e.loop) for e in award.evidence}
    places = {
        Place(award.program, e.loop or None, None if e.loop else award.recipient)
        for e in award.evidence
        if e.type != "award"
    }
    causes = [
        retraction
        for fact, retraction in retractions.of_places(tx, places)
        if (fact.type, fact.id, fact.place.loop or "") in named
    ]
    below = awards.find(tx, (e.id for e in award.evidence if e.type == "award"))
    for item in below.values():
        if not item.standing and (deeper := _cause(tx, item)) is not None:
            causes.append(deeper)
    return max(causes, key=lambda retraction: retraction.order, default=None)


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
        level.name: generation.catalog.award_id(program, where, participant, badge.name, level.name)
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
    """Where something counts for a participant."""
    person = (program, participant)
    hashes = people.places_of(tx, generation.id, [person])[person]
    rows = measures.by_hash(tx, generation.catalog, generation.id, hashes)
    return {row.place for row in rows if row.place.program == program and participant in row.state}


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
