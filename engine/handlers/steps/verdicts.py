"""What a batch changes in what people hold: which holdings differ, what proves them, what follows.

Pure: what is stored, and the facts of those concerned, were read before.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec

from engine.awards.evidence import ParticipantHistories
from engine.awards.transitions import AwardChanges, Drift
from engine.catalog.model import Catalog
from engine.fact import Place, Retraction
from engine.handlers.steps.triage import Retracted
from engine.projections.award import Award
from engine.projections.cold import Person
from engine.projections.holdings import Held
from engine.projections.participation import named
from engine.rules.criteria.criterion import EvidenceItem, Holding
from engine.store.awards.awards import Announced

FactName = tuple[Place, str, str]
"""A fact as a stored proof names it: place, type and id."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A person whose holdings in a scope may change. `place` is None for the program."""

    person: Person
    place: Place | None
    before: Held
    after: Held


class HeldAward(NamedTuple):
    """The award, by id, for a holding of a candidate."""

    candidate: Candidate
    holding: Holding
    id: str


class HoldingChanges(NamedTuple):
    """What is gained, lost, and held on; the last only where facts were retracted, since only then
    may a proof be broken. Of a candidate each comes after those it may rest on."""

    gained: list[HeldAward]
    lost: list[HeldAward]
    held_on: list[HeldAward]

    @property
    def ids(self) -> Iterator[str]:
        """The ids of all these awards."""
        return (award.id for award in chain(self.gained, self.lost, self.held_on))


def differing(
    catalog: Catalog, candidates: Iterable[Candidate], *, retracted: bool
) -> HoldingChanges:
    """What differs. `retracted`: facts were retracted."""
    changes = HoldingChanges([], [], [])
    for candidate in candidates:
        before, after = candidate.before, candidate.after
        if before != after:
            changes.gained.extend(_awards(catalog, candidate, after - before))
            changes.lost.extend(_awards(catalog, candidate, before - after))
        if retracted:
            changes.held_on.extend(_awards(catalog, candidate, before & after))
    return changes


def broken(
    catalog: Catalog,
    changes: HoldingChanges,
    stored: Mapping[str, Announced],
    by_fact: Mapping[FactName, Retraction],
    above: Mapping[str, Retraction],
) -> dict[str, Retraction]:
    """The awards whose stored proof rests on a retracted fact, itself or through another award,
    each with the last of those retractions. `above`: the same of the program, for its loops."""
    causes = dict(above)
    if not by_fact:
        return causes
    rank = {holding: position for position, holding in enumerate(catalog.holdings)}
    lasting = sorted((*changes.lost, *changes.held_on), key=lambda award: rank[award.holding])
    for award in lasting:
        prior = stored.get(award.id)
        if prior is None or prior.decided:
            continue
        of_proof = (_cause(prior.award, item, by_fact, causes) for item in prior.award.evidence)
        last = max(filter(None, of_proof), key=lambda retraction: retraction.order, default=None)
        if last is not None:
            causes[award.id] = last
    return causes


def proven(histories: ParticipantHistories, wanted: Iterable[HeldAward]) -> dict[str, Award]:
    """What proves these awards, by id, from the facts of those concerned.

    Raises:
        Drift: the facts do not earn one.
    """
    return {held.id: _proven(histories, held) for held in wanted}


def follow(
    changes: HoldingChanges,
    stored: Mapping[str, Announced],
    causes: Mapping[str, Retraction],
    proofs: Mapping[str, Award],
    catalog_id: int,
    into: AwardChanges,
) -> None:
    """What follows for the rows of awards, and what is to be announced.

    Raises:
        Drift: what is stored contradicts what was held.
    """
    for award in changes.gained:
        into.gain(proofs[award.id], stored.get(award.id), catalog_id)
    for award in changes.lost:
        into.lose(stored.get(award.id), award.id, causes.get(award.id))
    for award in changes.held_on:
        if award.id in causes:
            into.restate(proofs[award.id], stored[award.id], catalog_id)


def _awards(catalog: Catalog, candidate: Candidate, held: Held) -> Iterator[HeldAward]:
    if not held:
        return
    program, participant = candidate.person
    loop = candidate.place.loop if candidate.place is not None else None
    for holding in catalog.holdings:
        if holding in held:
            number = catalog.award_id(program, loop, participant, holding.badge, holding.occurrence)
            yield HeldAward(candidate, holding, number)


def fact_name(award: Award, item: EvidenceItem) -> FactName:
    """The fact that an award names in its proof. The place of one without a loop is not in the
    proof: it is named as one of the recipient's own."""
    loop = item.loop or None
    return Place(award.program, loop, award.recipient if loop is None else None), item.type, item.id


def retractions(retracted: Iterable[Retracted]) -> dict[FactName, Retraction]:
    """The retractions of facts, by the names of these."""
    return {(item.fact.place, item.fact.type, item.fact.id): item.retraction for item in retracted}


def retractions_in_proofs(retracted: Iterable[Retracted]) -> dict[FactName, Retraction]:
    """The same by every name that a stored proof may have for them: a fact without a loop counts
    for others too whom it names, such as who approved a decision. The last of equal names."""
    by_name: dict[FactName, Retraction] = {}
    for item in sorted(retracted, key=lambda item: item.retraction.order):
        fact = item.fact
        places = [fact.place]
        if fact.place.loop is None:
            places += [Place(fact.place.program, None, name) for name in named((fact,))]
        by_name.update(((place, fact.type, fact.id), item.retraction) for place in places)
    return by_name


def _cause(
    award: Award,
    item: EvidenceItem,
    by_fact: Mapping[FactName, Retraction],
    causes: Mapping[str, Retraction],
) -> Retraction | None:
    if item.type == "award":
        return causes.get(item.id)
    return by_fact.get(fact_name(award, item))


def _proven(histories: ParticipantHistories, held: HeldAward) -> Award:
    candidate, holding, _ = held
    if candidate.place is None:
        history = histories.person(candidate.person)
    else:
        history = histories.loop(candidate.place, candidate.person[1])
    try:
        return history.awarded(holding)
    except KeyError:
        badge = f"{holding.badge} {holding.occurrence}".strip()
        raise Drift(f"the ledger's facts do not earn {badge}, the measures do") from None
