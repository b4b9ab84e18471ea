"""`all_of: [CRITERION, …]`: every part is met; true since the latest; evidence of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.rules.criteria import parts
from engine.rules.criteria.any_of import AnyOf
from engine.rules.criteria.criterion import (
    Criterion,
    History,
    Holding,
    Leaf,
    Progress,
    Proof,
    Standing,
    Vocabulary,
    listed,
)
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of `parts`."""

    parts: tuple[Criterion, ...]

    def met(self, standing: Standing) -> bool:
        return all(part.met(standing) for part in self.parts)

    def progress(self, standing: Standing) -> Progress:
        met = sum(part.met(standing) for part in self.parts)
        return Progress(met, len(self.parts))

    def prove(self, history: History) -> Proof:
        proofs = [part.prove(history) for part in self.parts]
        evidence = listed(item for proof in proofs for item in proof.evidence)
        return Proof(max(proof.time for proof in proofs), evidence)

    def leaves(self) -> Iterable[Leaf]:
        return [leaf for part in self.parts for leaf in part.leaves()]

    def holdings(self) -> Iterable[Holding]:
        return [holding for part in self.parts for holding in part.holdings()]

    def words(self) -> str:
        return " and ".join(
            f"({part.words()})" if isinstance(part, AnyOf) else part.words() for part in self.parts
        )

    def canonical(self) -> object:
        return {"all_of": [part.canonical() for part in self.parts]}


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `all_of: [CRITERION, …]`."""
    read = parts.parse(node, "all_of", vocabulary)
    return AllOf(read) if read else None


SCHEMA: dict[str, object] = parts.SCHEMA
