"""`in_standing: [BADGE, …]`: a badge is held, and its term, if it has one, is not over.

That ends with time, so it is asked as of an instant alone: in stages and rewards.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.rules.criteria.all_of import AllOf
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
class InStanding:
    """The badge is in good standing. Of which a standing says so as of its instant: it is asked for
    the badge without a level."""

    badge: str

    @property
    def parts(self) -> tuple[Criterion, ...]:
        return ()

    def met(self, standing: Standing) -> bool:
        return standing.holds(self._holding)

    def progress(self, standing: Standing) -> Progress:
        return Progress(self.met(standing), 1)

    def prove(self, history: History) -> Proof:
        award = history.award(self._holding)
        return Proof(award.time, listed([award]))

    def leaves(self) -> Iterable[Leaf]:
        return ()

    def holdings(self) -> Iterable[Holding]:
        return (self._holding,)

    def words(self) -> str:
        return f"{self.badge} in good standing"

    def canonical(self) -> object:
        return {"in_standing": self.badge}

    @property
    def _holding(self) -> Holding:
        return Holding(self.badge, "")


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `in_standing: [BADGE, …]`; of several badges each is a part."""
    names = [_badge(entry, vocabulary) for entry in node.sequence("in_standing")]
    parts = tuple(InStanding(name) for name in dict.fromkeys(names) if name)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _badge(node: Node, vocabulary: Vocabulary) -> str:
    name = node.text("an entry of in_standing")
    return name if name and vocabulary.of_program(name, node) else ""


SCHEMA: dict[str, object] = {"type": "array", "minItems": 1, "items": {"type": "string"}}
