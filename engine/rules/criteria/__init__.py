"""The criteria a badge may have: one file per kind, one line per kind here."""

from typing import Any

from engine.rules.criteria import (
    all_of,
    any_of,
    at_least,
    holds,
    in_standing,
    includes_all,
    points,
    some_of,
)
from engine.rules.criteria.criterion import Criterion, Vocabulary
from engine.rules.refused_kinds import unknown
from engine.rules.source import Node

KINDS = {
    "at_least": at_least,
    "includes_all": includes_all,
    "all_of": all_of,
    "any_of": any_of,
    "some_of": some_of,
    "points": points,
    "holds": holds,
}
AS_OF = {
    "in_standing": in_standing,
}
"""Those that are asked as of an instant, in stages and rewards alone."""


def parse(node: Node, vocabulary: Vocabulary) -> Criterion | None:
    """Read `{KIND: …}`; None, with the faults reported, if it cannot be read."""
    value = node.value
    if isinstance(value, list):
        node.fault(
            "a criterion is one entry, KIND: …, not a list: write `all_of: […]` if every one of "
            "these is asked for, `any_of: […]` if one of them is enough"
        )
        return None
    if isinstance(value, dict) and len(value) > 1:
        parts = ", ".join(f"{{{kind}: …}}" for kind in value)
        node.fault(
            f"a criterion must have exactly one entry; to ask for several write `all_of: [{parts}]`"
        )
        return None
    entry = node.only_entry("a criterion")
    if entry is None:
        return None
    kind, body = entry
    kinds = KINDS | AS_OF if vocabulary.as_of else KINDS
    if kind not in kinds:
        body.fault(unknown("criterion", kind, kinds))
        return None
    criterion: Criterion | None = kinds[kind].parse(body, vocabulary)
    return criterion


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {name: module.SCHEMA for name, module in KINDS.items()},
}

_REFERENCE, _AS_OF_REFERENCE = "#/$defs/criterion", "#/$defs/as_of_criterion"


def _as_of(schema: Any) -> Any:
    """A criterion's schema, with parts that are asked as of an instant too."""
    if isinstance(schema, dict):
        return {key: _as_of(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_as_of(value) for value in schema]
    return _AS_OF_REFERENCE if schema == _REFERENCE else schema


AS_OF_SCHEMA: dict[str, object] = {
    **SCHEMA,
    "properties": {
        **{name: _as_of(module.SCHEMA) for name, module in (KINDS | AS_OF).items()},
        "at_least": at_least.AS_OF_SCHEMA,
    },
}
