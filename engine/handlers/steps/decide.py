"""What a batch changes in what is held: gained, lost, or restated because its proof broke."""

from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec
from msgspec.structs import replace

from engine.awards.evidence import ParticipantHistories
from engine.awards.transitions import AwardChanges, Drift
from engine.fact import Fact, Place, Retraction
from engine.handlers.steps.people import Persons, loops_of
from engine.handlers.steps.places import Places, ValueChange
from engine.handlers.steps.triage import Retracted
from engine.intake.keys import Key
from engine.projections.award import Award, of_repeatable
from engine.projections.cold import Person
from engine.projections.holdings import Held, evaluate
from engine.projections.participant_history import ParticipantHistory
from engine.rules.criteria.criterion import EvidenceItem, Holding
from engine.store.awards import awards, kept
from engine.store.awards.awards import Announced
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction
from events.award_ids import award_id

# What a stored proof names: a fact by place, type and id; an award by None, "award" and its id.
Name = tuple[Place | None, str, str]


def kept_facts(
    tx: Transaction, retracted: Iterable[Retracted]
) -> list[tuple[Announced, Retraction]]:
    """The awards kept by decision that are themselves one of these facts."""
    causes: dict[Name, Retraction] = {
        (item.fact.place, item.fact.type, item.fact.id): item.retraction for item in retracted
    }
    if not causes:
        return []
    programs = {place.program for place, _, _ in causes if place is not None}
    candidates = kept.of_occurrences(tx, programs, (name for _, _, name in causes))
    return [
        (item, causes[name])
        for item in candidates
        if item.award.level is None
        and len(item.award.evidence) == 1
        and (name := _name(item.award, item.award.evidence[0])) in causes
    ]


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Somebody whose holdings in a scope may change. `place` is None for the program."""

    person: Person
    place: Place | None
    before: Held
    after: Held

    def award_id(self, holding: Holding) -> str:
        """The id of the award for a holding."""
        program, participant = self.person
        loop = self.place.loop if self.place is not None else None
        return award_id(program, loop, participant, holding.badge, holding.occurrence)


class AwardDecider:
    """Decides the changes of one generation: first in the program, then in the loops."""

    def __init__(
        self,
        tx: Transaction,
        generation: Generation,
        touched: Places,
        persons: Persons,
        retracted: Mapping[Key, Retracted],
        kept: Iterable[tuple[Announced, Retraction]] = (),
    ) -> None:
        self._tx = tx
        self._generation = generation
        self._touched = touched
        self._persons = persons
        self._retracted = list(retracted.values())
        self._kept = kept
        self._histories = ParticipantHistories(tx, generation)
        self._causes: dict[Name, Retraction] = {
            (item.fact.place, item.fact.type, item.fact.id): item.retraction
            for item in self._retracted
        }
        self.changes = AwardChanges()

    def decide(self, facts: Iterable[Fact], moves: Iterable[ValueChange]) -> AwardChanges:
        """All changes that new facts and retractions make."""
        self._repeatable(facts)
        known = self._persons
        self._settle(
            Candidate(person, None, known.held_before[person], known.held_after[person])
            for person in known.before
        )
        shifted = {p for p in known.before if known.held_before[p] != known.held_after[p]}
        shifted |= {self._person(item) for item in self.changes.restated}
        bridged = shifted if self._generation.catalog.depends_on_program else set()
        mine = (move for move in moves if move.decides and move.person not in bridged)
        theirs = loops_of(self._tx, self._generation, self._touched, bridged)
        self._settle([self._candidate(move) for move in chain(mine, theirs)])
        for announced, _ in self.changes.said:
            if announced.award.loop is not None:
                place = Place(announced.award.program, announced.award.loop, None)
                self._touched[place].dirty = True
        return self.changes

    def _candidate(self, move: ValueChange) -> Candidate:
        catalog, persons = self._generation.catalog, self._persons
        before = evaluate(catalog, "loop", move.before, persons.held_before.get(move.person))
        after = evaluate(catalog, "loop", move.after, persons.held_after.get(move.person))
        return Candidate(move.person, move.place, before, after)

    def _repeatable(self, facts: Iterable[Fact]) -> None:
        """Awards that are facts by themselves."""
        catalog = self._generation.catalog
        gained = [award for fact in facts for award in of_repeatable(catalog, fact)]
        lost = [
            (award.id, item.retraction)
            for item in self._retracted
            for award in of_repeatable(catalog, item.fact)
        ]
        ids = [award.id for award in gained] + [number for number, _ in lost]
        stored = awards.find(self._tx, ids)
        for award in gained:
            self.changes.gain(award, stored.get(award.id), self._generation.catalog_id)
        for number, cause in lost:
            self.changes.lose(stored.get(number), number, cause)
        for announced, cause in self._kept:
            self.changes.end_keep(announced, cause)

    def _settle(self, candidates: Iterable[Candidate]) -> None:
        """Decide the changes of candidates of one scope."""
        concerned = [c for c in candidates if c.before != c.after or self._causes]
        ids = [
            candidate.award_id(holding)
            for candidate in concerned
            for holding in (
                candidate.before | candidate.after
                if self._causes
                else candidate.after - candidate.before
            )
        ]
        stored = awards.find(self._tx, ids)
        gained: list[tuple[Candidate, Holding]] = []
        restated: list[tuple[Candidate, Holding]] = []
        for candidate in concerned:
            gained.extend(
                (candidate, h) for h in self._in_order(candidate.after - candidate.before)
            )
            lost = candidate.before - candidate.after
            for holding in self._in_order(candidate.before if self._causes else lost):
                number = candidate.award_id(holding)
                cause = self._broken(stored.get(number))
                if holding not in candidate.after:
                    self.changes.lose(stored.get(number), number, cause)
                elif cause is not None:
                    restated.append((candidate, holding))
        self._read(gained + restated)
        catalog_id = self._generation.catalog_id
        for candidate, holding in gained:
            award = self._award(candidate, holding)
            self.changes.gain(award, stored.get(award.id), catalog_id)
        for candidate, holding in restated:
            award = self._award(candidate, holding)
            now = replace(stored[award.id], award=award, catalog=catalog_id)
            self.changes.restated.append(now)

    def _broken(self, stored: Announced | None) -> Retraction | None:
        """The last retraction of a fact that a stored proof rests on; noted for proofs above."""
        if stored is None or stored.decided:
            return None
        named = (_name(stored.award, evidence) for evidence in stored.award.evidence)
        found = [cause for name in named if (cause := self._causes.get(name)) is not None]
        if not found:
            return None
        cause = max(found, key=lambda retraction: retraction.order)
        self._causes[None, "award", stored.award.id] = cause
        return cause

    def _in_order(self, held: Held) -> list[Holding]:
        """Holdings, each after those it may rest on."""
        return [h for h in self._generation.catalog.holdings if h in held] if held else []

    def _read(self, wanted: list[tuple[Candidate, Holding]]) -> None:
        bridges = self._generation.catalog.depends_on_program
        here = {(c.place, c.person[1]) for c, _ in wanted if c.place is not None}
        persons = {c.person for c, h in wanted if c.place is None or h.badge in bridges}
        if wanted:
            states = {place: item.after for place, item in self._touched.items()}
            self._histories.read(here, persons, states)

    def _award(self, candidate: Candidate, holding: Holding) -> Award:
        try:
            return self._record(candidate).awarded(holding)
        except KeyError:
            badge = f"{holding.badge} {holding.occurrence}".strip()
            raise Drift(f"the ledger's facts do not earn {badge}, the measures do") from None

    def _record(self, candidate: Candidate) -> ParticipantHistory:
        if candidate.place is None:
            return self._histories.person(candidate.person)
        return self._histories.loop(candidate.place, candidate.person[1])

    @staticmethod
    def _person(announced: Announced) -> Person:
        return (announced.award.program, announced.award.recipient)


def _name(award: Award, evidence: EvidenceItem) -> Name:
    if evidence.type == "award":
        return (None, evidence.type, evidence.id)
    loop = evidence.loop or None
    place = Place(award.program, loop, award.recipient if loop is None else None)
    return (place, evidence.type, evidence.id)


def write(tx: Transaction, changes: AwardChanges) -> None:
    """Write all award rows."""
    awards.insert(tx, changes.first)
    awards.update(tx, changes.again)
    awards.restate(tx, changes.restated)
