"""`any_of: [CRITERION, …]`: one part is met; true since the earliest met part, on its evidence.

On a tie the part that is earlier in the catalog gives the evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.rules.criteria import parts
from engine.rules.criteria.criterion import (
    Criterion,
    History,
    Holding,
    Leaf,
    Progress,
    Proof,
    Standing,
    Vocabulary,
)
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `parts`."""

    parts: tuple[Criterion, ...]

    def met(self, standing: Standing) -> bool:
        return any(part.met(standing) for part in self.parts)

    def progress(self, standing: Standing) -> Progress:
        """That of the part nearest to its goal."""
        return max(
            (part.progress(standing) for part in self.parts),
            key=lambda progress: progress.have / progress.need,
        )

    def prove(self, history: History) -> Proof:
        proofs = [part.prove(history) for part in self.parts if part.met(history)]
        return min(proofs, key=lambda proof: proof.time)

    def leaves(self) -> Iterable[Leaf]:
        return [leaf for part in self.parts for leaf in part.leaves()]

    def holdings(self) -> Iterable[Holding]:
        return [holding for part in self.parts for holding in part.holdings()]

    def words(self) -> str:
        return " or ".join(part.words() for part in self.parts)

    def canonical(self) -> object:
        return {"any_of": [part.canonical() for part in self.parts]}


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `any_of: [CRITERION, …]`."""
    read = parts.parse(node, "any_of", vocabulary)
    return AnyOf(read) if read else None


SCHEMA: dict[str, object] = parts.SCHEMA
