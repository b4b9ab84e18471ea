"""From measures to what is held. Knows neither dates nor evidence: those are for `record`."""

from collections.abc import Sequence
from functools import lru_cache

from engine.catalog.model import Catalog, Scope
from engine.rules.aggregates import Value
from engine.rules.criteria.criterion import Holding
from engine.rules.measure import Measure

Held = frozenset[Holding]
NOTHING: Held = frozenset()


class PersonNeeded(Exception):
    """What is held in the loop depends on what the person holds in the program, not yet read."""


class MeasuredStanding:
    """What a participant has reached in a scope, as criteria ask it."""

    __slots__ = ("_catalog", "_program", "_scope", "_values", "held")

    def __init__(
        self,
        catalog: Catalog,
        scope: Scope,
        values: Sequence[Value],
        program: Held | None,
    ) -> None:
        self._catalog = catalog
        self._scope = scope
        self._values = values
        self._program = program
        self.held: set[Holding] = set()

    def value(self, measure: Measure) -> Value:
        """The value of a measure in this scope."""
        return self._values[measure.index]

    def holds(self, holding: Holding) -> bool:
        """Whether the badge is held, here or in the program.

        Raises:
            PersonNeeded: it is a badge of the program, and that was not given.
        """
        if self._catalog.badge[holding.badge].scope == self._scope:
            return holding in self.held
        if self._program is None:
            raise PersonNeeded
        return holding in self._program


def evaluate(
    catalog: Catalog, scope: Scope, values: Sequence[Value], program: Held | None = None
) -> Held:
    """What a participant with these values holds in a scope (repeatable badges aside).

    `program` is what the person holds in the program; only a loop's badges may ask for it.

    Raises:
        PersonNeeded: the answer depends on `program`, which is None.
    """
    tested = catalog.tested_values[scope](values)
    return _judge(catalog, scope, tested, program if scope == "loop" else None)


# Few combinations of small numbers account for nearly everybody: remembering them is what makes
# judging cheap (measured: 19 us down to 2).
@lru_cache(maxsize=50_000)
def _judge(catalog: Catalog, scope: Scope, tested: tuple[Value, ...], program: Held | None) -> Held:
    values = list(catalog.initial_values)
    for measure, value in zip(catalog.tested(scope), tested, strict=True):
        values[measure.index] = value
    standing = MeasuredStanding(catalog, scope, values, program)
    for badge in catalog.judged(scope):
        for level in badge.levels:
            if level.criterion.met(standing):
                standing.held.add(Holding(badge.name, level.name))
    return frozenset(standing.held)


def flipped(
    catalog: Catalog, scope: Scope, before: Sequence[Value], after: Sequence[Value]
) -> bool:
    """Whether some test of a measure answers otherwise than before.

    If none does, nothing that is held in this scope has changed, and nobody need be asked.
    """
    for measure in catalog.tested(scope):
        index = measure.index
        if before[index] != after[index]:
            for leaf in catalog.leaves(scope, measure):
                if leaf.test(before[index]) != leaf.test(after[index]):
                    return True
    return False
