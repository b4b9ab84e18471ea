"""What an aggregate is: a commutative monoid over facts.

`merge` is associative and commutative with `zero`, so that batches, partitions and parallel
rebuilds may combine in any order. Duplicates are not its concern: the ledger's key stops them.
A value is hashable, since what it earns is cached by it (`projections.holdings`).
"""

from typing import Any, Protocol

from engine.fact import Fact

# The value of a measure: a count, a sum in whole millionths, or a frozenset of texts or of numbers.
# It is stored as JSON (`state.dump`), a set as a sorted list.
Value = Any


class Aggregate(Protocol):
    """One way to fold facts into a value. Each kind has a file of its own."""

    @property
    def field(self) -> str | None:
        """The field it reads, or None. A fact that lacks the field is not counted."""

    @property
    def is_json(self) -> bool:
        """Whether `load` changes nothing."""

    @property
    def is_monotone(self) -> bool:
        """Whether one more fact never makes `size` smaller nor takes from `values`. A criterion
        accepts no other measure: a fact would revoke what others earned."""

    @property
    def zero(self) -> Value:
        """The value of no facts."""

    def of(self, fact: Fact) -> Value:
        """The value of one fact (which has the field)."""

    def merge(self, one: Value, other: Value) -> Value:
        """The value of both."""

    def size(self, value: Value) -> float:
        """The number that `at_least` compares and that people are shown."""

    def values(self, value: Value) -> frozenset[object]:
        """The values seen, for `includes_all`; empty for kinds that do not keep them."""

    def load(self, stored: Any) -> Value:
        """A value as it comes back from JSON, where a set is a sorted list."""

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""
