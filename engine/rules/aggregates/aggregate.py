"""What an aggregate is: a commutative monoid over facts.

`merge` is associative and commutative with `zero`, so that batches, partitions and parallel
rebuilds may combine in any order. Duplicates are not its concern: the ledger's key stops them.
A value is hashable, since what it earns is cached by it (`projections.holdings`).
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from engine.fact import Fact

# The value of a measure: a count, a sum in whole millionths, a frozenset of texts or of numbers, or
# a tuple (`grouping`). It is stored as JSON (`state.dump`), a set as a sorted list.
Value = Any


class Reached(NamedTuple):
    """The fact, by its position among those of a measure, with which a size was reached, and the
    facts that show it, in their order."""

    position: int
    evidence: Sequence[Fact]


class Aggregate(Protocol):
    """One way to fold facts into a value. Each kind has a file of its own."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields it reads. A fact that lacks one of them is not counted."""

    @property
    def is_json(self) -> bool:
        """Whether `load` changes nothing."""

    @property
    def is_brief(self) -> bool:
        """Whether `brief` changes nothing."""

    @property
    def is_monotone(self) -> bool:
        """Whether one more fact never makes `size` smaller nor takes from `values`. A criterion
        accepts no other measure: a fact would revoke what others earned."""

    @property
    def zero(self) -> Value:
        """The value of no facts."""

    def of(self, fact: Fact, person: str) -> Value:
        """The value of one fact (which has the fields) for one of the people it counts for."""

    def merge(self, one: Value, other: Value) -> Value:
        """The value of both."""

    def size(self, value: Value) -> float:
        """The number that people are shown."""

    def exact(self, value: Value) -> int:
        """The size in whole millionths, which criteria compare."""

    def reached(self, facts: Sequence[Fact], wanted: int, person: str) -> Reached:
        """Where `exact` reached `wanted`, a number above 0 that all the person's facts of the
        measure, given in their order, reach together."""

    def brief(self, value: Value) -> Value:
        """A value as small as can be of which all criteria are true that are true of this one:
        what is held is remembered by it."""

    def values(self, value: Value) -> frozenset[object]:
        """The values seen, for `includes_all`; empty for kinds that do not keep them."""

    def load(self, stored: Any) -> Value:
        """A value as it comes back from JSON, where a set is a sorted list."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""


def over(aggregate: Aggregate, facts: Iterable[Fact], person: str) -> Value:
    """The value of facts of one measure."""
    of, merge, value = aggregate.of, aggregate.merge, aggregate.zero
    for fact in facts:
        value = merge(value, of(fact, person))
    return value


def reached_by_merging(
    aggregate: Aggregate, facts: Sequence[Fact], wanted: int, person: str
) -> Reached:
    """`reached` of an aggregate whose size rests on all the facts so far."""
    value = aggregate.zero
    for position, fact in enumerate(facts):
        value = aggregate.merge(value, aggregate.of(fact, person))
        if aggregate.exact(value) >= wanted:
            return Reached(position, facts[: position + 1])
    raise AssertionError(f"{aggregate.canonical()} of {len(facts)} facts is below {wanted} / 10^6")
