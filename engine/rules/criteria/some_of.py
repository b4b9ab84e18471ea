"""`some_of: {number: K, of: [CRITERION, …]}`: K of the parts are met; true since the K-th earliest
of them, on the evidence of those K.

On a tie the part that is earlier in the catalog ranks first. A part that is not met does not rank.
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
    listed,
)
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class SomeOf:
    """At least `number` of `parts`."""

    number: int
    parts: tuple[Criterion, ...]

    def met(self, standing: Standing) -> bool:
        return sum(part.met(standing) for part in self.parts) >= self.number

    def progress(self, standing: Standing) -> Progress:
        """How many parts are met."""
        return Progress(sum(part.met(standing) for part in self.parts), self.number)

    def prove(self, history: History) -> Proof:
        proofs = [part.prove(history) for part in self.parts if part.met(history)]
        earliest = sorted(proofs, key=lambda proof: proof.time)[: self.number]  # sorts are stable
        evidence = listed(item for proof in earliest for item in proof.evidence)
        return Proof(earliest[-1].time, evidence)

    def leaves(self) -> Iterable[Leaf]:
        return [leaf for part in self.parts for leaf in part.leaves()]

    def holdings(self) -> Iterable[Holding]:
        return [holding for part in self.parts for holding in part.holdings()]

    def words(self) -> str:
        return f"{self.number} of ({', '.join(part.words() for part in self.parts)})"

    def canonical(self) -> object:
        return {"some_of": [self.number, [part.canonical() for part in self.parts]]}


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `some_of: {number: K, of: [CRITERION, …]}`; K is from 1 to the number of parts."""
    if isinstance(node.value, list):
        node.fault("some_of says how many: write `some_of: {number: 2, of: […]}`")
        return None
    entries = node.mapping("some_of", ["number", "of"])
    for needed in ("number", "of"):
        if isinstance(node.value, dict) and needed not in entries:
            node.fault(f"some_of lacks `{needed}`")
    if "number" not in entries or "of" not in entries:
        return None
    read = parts.parse(entries["of"], "some_of of", vocabulary)
    listed_parts = entries["of"].value
    most = len(listed_parts) if isinstance(listed_parts, list) else 0
    number = entries["number"].number("number of some_of")
    if most and not (1 <= number <= most and number == int(number)):
        entries["number"].fault(
            f"number of some_of must be a whole number from 1 to {most}, the number of its parts"
        )
        return None
    return SomeOf(int(number), read) if read else None


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["number", "of"],
    "additionalProperties": False,
    "properties": {"number": {"type": "integer", "minimum": 1}, "of": parts.SCHEMA},
}
