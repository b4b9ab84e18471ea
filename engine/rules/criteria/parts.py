"""The parts of a criterion that is made of others."""

from engine.rules.criteria.criterion import Criterion, Vocabulary
from engine.rules.source import Node


def parse(node: Node, what: str, vocabulary: Vocabulary) -> tuple[Criterion, ...]:
    """Read a list of criteria; faulty ones are reported and left out."""
    # The registry imports the composite kinds, and they read any kind: the one cycle there is.
    from engine.rules import criteria

    read = [criteria.parse(part, vocabulary) for part in node.sequence(what)]
    return tuple(part for part in read if part is not None)


SCHEMA: dict[str, object] = {
    "type": "array",
    "minItems": 1,
    "items": {"$ref": "#/$defs/criterion"},
}
