"""What a condition of `where` is: a test of one fact."""

from typing import Protocol

from engine.fact import Fact


class Condition(Protocol):
    """One kind of test. Each kind has a file of its own."""

    def met(self, fact: Fact) -> bool:
        """Whether the fact meets it."""

    def words(self) -> str:
        """As a phrase for people, such as "rating at least 4"."""

    def canonical(self) -> list[object]:
        """What decides, as JSON values, for the catalog's digest: two texts that say what is
        tested and how, then what with. The two texts order the conditions of a `where`."""
