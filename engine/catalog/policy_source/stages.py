"""`stages: {NAME: {badge, approvers, given, renewed?, …}}`, in ascending order."""

from engine.catalog.policy import Stage
from engine.rules import criteria
from engine.rules.criteria.criterion import Vocabulary
from engine.rules.source import Node

_KEYS = (
    "badge",
    "approvers",
    "given",
    "renewed",
    "role",
    "opens",
    "deliverables",
    "checkpoints",
)
MOST_APPROVERS = 9
"""A decision names no more."""


def parse(node: Node, vocabulary: Vocabulary) -> tuple[Stage, ...]:
    """Read all stages."""
    stages = []
    by_badge: dict[str, str] = {}
    for name, body in node.mapping("stages").items():
        stage = _stage(name, body, vocabulary)
        if stage.badge and stage.badge in by_badge:
            body.fault(
                f"stage `{name}` has the badge `{stage.badge}`, which stage "
                f"`{by_badge[stage.badge]}` has already: each stage is a badge of its own"
            )
        by_badge.setdefault(stage.badge, name)
        stages.append(stage)
    return tuple(stages)


def _stage(name: str, node: Node, vocabulary: Vocabulary) -> Stage:
    what = f"stage `{name}`"
    entries = node.mapping(what, _KEYS)
    badge = entries["badge"].text(f"badge of {what}") if "badge" in entries else ""
    if badge:
        vocabulary.of_program(badge, entries["badge"])
    elif isinstance(node.value, dict) and "badge" not in entries:
        node.fault(f"{what} lacks `badge`, the badge that it is")
    if ("given" in entries) != ("approvers" in entries) and isinstance(node.value, dict):
        node.fault(
            f"{what} has `given` and `approvers` together, what the committee asks and how many "
            "of it sign, or neither, if the badge's rule alone decides"
        )
    if "renewed" in entries and "given" not in entries:
        entries["renewed"].fault(f"{what} has `renewed`, so say `given` too")
    given, renewed = (
        criteria.parse(entries[key], vocabulary) if key in entries else None
        for key in ("given", "renewed")
    )
    return Stage(
        name=name,
        badge=badge,
        approvers=_approvers(entries["approvers"], what) if "approvers" in entries else 0,
        given=given,
        renewed=renewed,
        role=_text(entries.get("role"), f"role of {what}"),
        opens=_texts(entries.get("opens"), f"opens of {what}"),
        deliverables=_texts(entries.get("deliverables"), f"deliverables of {what}"),
        checkpoints=_text(entries.get("checkpoints"), f"checkpoints of {what}"),
    )


def _approvers(node: Node, what: str) -> int:
    return node.whole(f"approvers of {what}", least=1, most=MOST_APPROVERS)


def _text(node: Node | None, what: str) -> str:
    return node.text(what) if node is not None else ""


def _texts(node: Node | None, what: str) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(entry.text(f"an entry of {what}") for entry in node.sequence(what))


_TEXT = {"type": "string", "minLength": 1}
_LIST = {"type": "array", "minItems": 1, "items": _TEXT}
SCHEMA: dict[str, object] = {
    "description": "In ascending order.",
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["badge"],
        "dependentRequired": {
            "given": ["approvers"],
            "approvers": ["given"],
            "renewed": ["given"],
        },
        "additionalProperties": False,
        "properties": {
            "badge": _TEXT,
            "approvers": {"type": "integer", "minimum": 1, "maximum": MOST_APPROVERS},
            "given": {"$ref": "#/$defs/as_of_criterion"},
            "renewed": {"$ref": "#/$defs/as_of_criterion"},
            "role": _TEXT,
            "opens": _LIST,
            "deliverables": _LIST,
            "checkpoints": _TEXT,
        },
    },
}
