"""`holds: [BADGE, …]`: every one is held, by default at its highest level; true since the latest.

A loop badge may ask for badges of its loop and of the program; a program badge for those of the
program only, so that what a person reached in one loop never leaks into another.
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
class Holds:
    """All of `wanted` are held. Badges of the loop come first: they are the cheaper question."""

    wanted: tuple[Holding, ...]

    @property
    def parts(self) -> tuple[Criterion, ...]:
        """One for each badge, if there are several."""
        return tuple(Holds((holding,)) for holding in self.wanted) if len(self.wanted) > 1 else ()

    def met(self, standing: Standing) -> bool:
        return all(standing.holds(holding) for holding in self.wanted)

    def progress(self, standing: Standing) -> Progress:
        held = sum(standing.holds(holding) for holding in self.wanted)
        return Progress(held, len(self.wanted))

    def prove(self, history: History) -> Proof:
        evidence = listed(history.award(holding) for holding in self.wanted)
        return Proof(evidence[-1].time, evidence)

    def leaves(self) -> Iterable[Leaf]:
        return ()

    def holdings(self) -> Iterable[Holding]:
        return self.wanted

    def words(self) -> str:
        return "holds " + ", ".join(f"{h.badge} {h.occurrence}".strip() for h in self.wanted)

    def canonical(self) -> object:
        return {"holds": sorted([list(holding) for holding in self.wanted])}


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `holds: [BADGE, {badge: BADGE, level: LEVEL}, …]`. Asked as of an instant, each is a
    part of its own."""
    wanted: list[Holding] = []
    for entry in node.sequence("holds"):
        holding = _holding(entry, vocabulary)
        if holding is not None:
            wanted.append(holding)
    if not wanted:
        return None
    if vocabulary.as_of:
        parts = tuple(Holds((holding,)) for holding in dict.fromkeys(wanted))
        return parts[0] if len(parts) == 1 else AllOf(parts)
    wanted.sort(key=lambda holding: vocabulary.badges[holding.badge].scope == "program")
    return Holds(tuple(dict.fromkeys(wanted)))


def _holding(node: Node, vocabulary: Vocabulary) -> Holding | None:
    level: Node | None = None
    if isinstance(node.value, str):
        name = node.value
    else:
        parts = node.mapping("an entry of holds", ["badge", "level"])
        if "badge" not in parts:
            node.fault("an entry of holds is a badge's name, or {badge: NAME, level: LEVEL}")
            return None
        name, level = parts["badge"].text("badge"), parts.get("level")
    outline = vocabulary.badges.get(name)
    if outline is None:
        node.fault(f"no badge is called `{name}`; there are {', '.join(sorted(vocabulary.badges))}")
        return None
    if outline.repeatable:
        instead = "in_standing" if vocabulary.as_of else "a measure"
        node.fault(f"`{name}` is repeatable: ask for its facts by {instead}, not by holds")
        return None
    if vocabulary.as_of and vocabulary.of_program(name, node) is None:
        return None
    if level is None:
        return Holding(name, outline.levels[-1] if outline.levels else "")
    if not outline.levels:
        level.fault(f"badge `{name}` has no levels")
        return None
    return Holding(name, level.one_of(f"level of {name}", outline.levels))


SCHEMA: dict[str, object] = {
    "type": "array",
    "minItems": 1,
    "items": {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "required": ["badge"],
                "additionalProperties": False,
                "properties": {
                    "badge": {"type": "string"},
                    "level": {"type": "string"},
                },
            },
        ]
    },
}
