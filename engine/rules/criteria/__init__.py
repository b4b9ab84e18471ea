"""The criteria a badge may have: one file per kind, one line per kind here."""

from engine.rules.criteria import all_of, any_of, at_least, holds, includes_all
from engine.rules.criteria.criterion import Criterion, Vocabulary
from engine.rules.source import Node

KINDS = {
    "at_least": at_least,
    "includes_all": includes_all,
    "all_of": all_of,
    "any_of": any_of,
    "holds": holds,
}


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `{KIND: …}`; None, with the faults reported, if it cannot be read."""
    entry = node.only_entry("a criterion")
    if entry is None:
        return None
    kind, body = entry
    if kind not in KINDS:
        body.fault(f"no criterion is called `{kind}`; there are {', '.join(KINDS)}")
        return None
    criterion: Criterion | None = KINDS[kind].parse(body, vocabulary)
    return criterion


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {name: module.SCHEMA for name, module in KINDS.items()},
}
