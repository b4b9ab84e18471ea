"""One participant's history in a loop or in the program: facts, what is held, and the proofs.

Dates and evidence come from facts alone, never from stored dates.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from engine.catalog.model import Catalog, Scope
from engine.fact import Fact
from engine.projections.award import Award, of_holding
from engine.projections.holdings import NOTHING, Held, evaluate
from engine.projections.state import Values
from engine.rules.aggregates import Value
from engine.rules.criteria.criterion import EvidenceItem, Holding, Proof
from engine.rules.measure import Measure

# A participant's facts by measure index, in the order of facts.
FactsOf = dict[int, list[Fact]]


def gather(catalog: Catalog, facts: Iterable[Fact], scope: Scope = "loop") -> dict[str, FactsOf]:
    """Each participant's facts by measure, in order, for the measures that a scope tests."""
    gathered: dict[str, FactsOf] = {}
    for fact in sorted(facts, key=lambda fact: fact.order):
        for measure, participant in catalog.contributions_to(scope, fact):
            gathered.setdefault(participant, {}).setdefault(measure.index, []).append(fact)
    return gathered


class ParticipantHistory:
    """A participant's history in one scope. `person` is that of the program, for a loop's.

    Everything is worked out when it is asked for: most proofs need one measure's facts only.
    """

    def __init__(
        self,
        catalog: Catalog,
        program: str,
        loop: str | None,
        participant: str,
        facts: FactsOf,
        person: "ParticipantHistory | None" = None,
        known: Sequence[Value] = (),
    ) -> None:
        """`known`: the values of all measures of these facts, if they were folded before."""
        self._catalog = catalog
        self._program = program
        self._loop = loop
        self.participant = participant
        self._facts = facts
        self._person = person
        self._scope: Scope = "loop" if loop is not None else "program"
        self._values: dict[int, Value] = dict(enumerate(known))
        self._proofs: dict[Holding, Proof] = {}

    @property
    def values(self) -> Values:
        """The values of all measures, folded from their facts."""
        return [self.value(measure) for measure in self._catalog.measures]

    @cached_property
    def held(self) -> Held:
        """What is held in this scope."""
        above = self._person.held if self._person is not None else NOTHING
        return evaluate(self._catalog, self._scope, self.values, above)

    def value(self, measure: Measure) -> Value:
        """The value of a measure, folded from its facts."""
        value = self._values.get(measure.index)
        if value is None:
            aggregate = measure.aggregate
            value = aggregate.zero
            for fact in self.facts(measure):
                value = aggregate.merge(value, aggregate.of(fact, self.participant))
            self._values[measure.index] = value
        return value

    def holds(self, holding: Holding) -> bool:
        """Whether the badge is held, here or in the program."""
        there = self._person if self._is_above(holding) else self
        return there is not None and holding in there.held

    def facts(self, measure: Measure) -> Sequence[Fact]:
        """The facts of a measure, in order."""
        return self._facts.get(measure.index, ())

    def award(self, holding: Holding) -> EvidenceItem:
        """A held badge as evidence for another."""
        if self._is_above(holding) and self._person is not None:
            return self._person.award(holding)
        awarded = self.awarded(holding)
        return EvidenceItem(awarded.time, "award", awarded.id, "")

    def proof(self, holding: Holding) -> Proof:
        """Since when a badge is held, and by what.

        Raises:
            KeyError: it is not held.
        """
        proof = self._proofs.get(holding)
        if proof is None:
            levels = self._catalog.badge[holding.badge].levels
            level = next(level for level in levels if level.name == holding.occurrence)
            if not level.criterion.met(self):
                raise KeyError(holding)
            proof = self._proofs[holding] = level.criterion.prove(self)
        return proof

    def awarded(self, holding: Holding) -> Award:
        """The award for a badge that is held."""
        return of_holding(
            self._catalog,
            self._program,
            self._loop,
            self.participant,
            holding,
            self.proof(holding),
        )

    def awards(self) -> list[Award]:
        """The awards for everything held in this scope."""
        return [self.awarded(holding) for holding in self.held]

    def _is_above(self, holding: Holding) -> bool:
        return self._catalog.badge[holding.badge].scope != self._scope
