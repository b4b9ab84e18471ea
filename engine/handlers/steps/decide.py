"""What a batch changes in what is held: gained, lost, or restated because its proof broke."""

from collections.abc import Iterable, Mapping
from itertools import chain

from engine.awards.evidence import ParticipantHistories
from engine.awards.transitions import AwardChanges
from engine.fact import Fact, Place, Retraction
from engine.handlers.steps import verdicts
from engine.handlers.steps.people import People, loops_of
from engine.handlers.steps.places import Places, ValueChange
from engine.handlers.steps.triage import Retracted
from engine.handlers.steps.verdicts import Candidate, HeldAward
from engine.intake.keys import Key
from engine.projections.award import of_repeatable
from engine.projections.cold import Person
from engine.projections.holdings import evaluate
from engine.store.awards import awards
from engine.store.awards import kept as kept_awards
from engine.store.awards.awards import Announced
from engine.store.generations.live import Generation
from engine.store.postgres.connection import Transaction


def kept_facts(
    tx: Transaction, retracted: Iterable[Retracted]
) -> list[tuple[Announced, Retraction]]:
    """The awards kept by decision that are themselves one of these facts."""
    causes = verdicts.retractions(retracted)
    if not causes:
        return []
    programs = {place.program for place, _, _ in causes}
    candidates = kept_awards.of_occurrences(tx, programs, (name for _, _, name in causes))
    return [
        (item, causes[name])
        for item in candidates
        if item.award.level is None
        and len(item.award.evidence) == 1
        and (name := verdicts.fact_name(item.award, item.award.evidence[0])) in causes
    ]


class AwardDecider:
    """Decides the changes of one generation: first in the program, then in the loops."""

    def __init__(
        self,
        tx: Transaction,
        generation: Generation,
        touched: Places,
        people: People,
        retracted: Mapping[Key, Retracted],
        kept: Iterable[tuple[Announced, Retraction]] = (),
    ) -> None:
        self._tx = tx
        self._generation = generation
        self._touched = touched
        self._people = people
        self._retracted = list(retracted.values())
        self._retractions = verdicts.retractions_in_proofs(self._retracted)
        self._kept = kept
        self._causes: Mapping[str, Retraction] = {}  # by award whose proof is broken
        self._histories = ParticipantHistories(tx, generation)
        self.changes = AwardChanges()

    def decide(self, facts: Iterable[Fact], moves: Iterable[ValueChange]) -> AwardChanges:
        """All changes that new facts and retractions make."""
        self._repeatable(facts)
        self._settle(
            Candidate(person, None, change.held_before, change.held_after)
            for person, change in self._people.items()
        )
        shifted = {
            person
            for person, change in self._people.items()
            if change.held_before != change.held_after
        }
        shifted |= {(a.award.program, a.award.recipient) for a in self.changes.restated}
        bridged = shifted if self._generation.catalog.depends_on_program else set()
        mine = (move for move in moves if move.decides and move.person not in bridged)
        theirs = loops_of(self._tx, self._generation, self._touched, bridged)
        self._settle([self._candidate(move) for move in chain(mine, theirs)])
        for announced, _ in self.changes.announcements:
            if announced.award.loop is not None:
                place = Place(announced.award.program, announced.award.loop, None)
                self._touched[place].dirty = True
        return self.changes

    def _candidate(self, move: ValueChange) -> Candidate:
        catalog, change = self._generation.catalog, self._people.get(move.person)
        before, after = (change.held_before, change.held_after) if change else (None, None)
        return Candidate(
            move.person,
            move.place,
            evaluate(catalog, "loop", move.before, before),
            evaluate(catalog, "loop", move.after, after),
        )

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
        catalog = self._generation.catalog
        held = verdicts.differing(catalog, candidates, retracted=bool(self._retractions))
        stored = awards.find(self._tx, held.ids)
        causes = verdicts.broken(catalog, held, stored, self._retractions, self._causes)
        asked = [*held.gained, *(award for award in held.held_on if award.id in causes)]
        self._read(asked)
        proofs = verdicts.proven(self._histories, asked)
        verdicts.follow(held, stored, causes, proofs, self._generation.catalog_id, self.changes)
        self._causes = causes

    def _read(self, asked: Iterable[HeldAward]) -> None:
        """Read the facts that these awards may rest on."""
        bridges = self._generation.catalog.depends_on_program
        here: set[tuple[Place, str]] = set()
        persons: set[Person] = set()
        for candidate, holding, _ in asked:
            if candidate.place is not None:
                here.add((candidate.place, candidate.person[1]))
            if candidate.place is None or holding.badge in bridges:
                persons.add(candidate.person)
        if here or persons:
            states = {place: change.after for place, change in self._touched.items()}
            self._histories.read(here, persons, states)


def write(tx: Transaction, changes: AwardChanges) -> None:
    """Write all award rows."""
    awards.insert(tx, changes.first)
    awards.update(tx, changes.again)
    awards.restate(tx, changes.restated)
