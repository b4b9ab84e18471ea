"""`rewards: {NAME: {kind, holding, also?, selection, places?, rest_cycles?, cycle, consent?}}`."""

from engine.catalog.policy import Reward
from engine.catalog.policy_source.names import check_name
from engine.rules import criteria
from engine.rules.criteria.criterion import Vocabulary
from engine.rules.source import Node

KINDS = ("stipend", "bonus", "grant", "conference", "project", "spotlight", "event", "credit")
SELECTIONS = ("all", "lottery", "committee")
CYCLES = ("quarter", "year")
_NEEDED = ("kind", "holding", "selection", "cycle")
_KEYS = (*_NEEDED, "also", "places", "rest_cycles", "consent")


def parse(node: Node, vocabulary: Vocabulary) -> tuple[Reward, ...]:
    """Read all rewards."""
    return tuple(_reward(name, body, vocabulary) for name, body in node.mapping("rewards").items())


def _reward(name: str, node: Node, vocabulary: Vocabulary) -> Reward:
    what = f"reward `{name}`"
    check_name(name, what, node)
    entries = node.mapping(what, _KEYS)
    for needed in _NEEDED:
        if isinstance(node.value, dict) and needed not in entries:
            node.fault(f"{what} lacks `{needed}`")
    kind, selection, cycle = (
        entries[key].one_of(f"{key} of {what}", choices) if key in entries else choices[0]
        for key, choices in (("kind", KINDS), ("selection", SELECTIONS), ("cycle", CYCLES))
    )
    places = entries.get("places")
    rest = entries.get("rest_cycles")
    if "selection" in entries and entries["selection"].value == selection:
        _check_limits(node, what, selection, places, rest)
    return Reward(
        name=name,
        kind=kind,
        holding=_holding(entries["holding"], what, vocabulary) if "holding" in entries else (),
        also=criteria.parse(entries["also"], vocabulary) if "also" in entries else None,
        selection=selection,
        places=places.whole(f"places of {what}", least=1) if places else None,
        rest_cycles=rest.whole(f"rest_cycles of {what}", least=1) if rest else None,
        cycle=cycle,
        consent="consent" in entries and bool(_consent(entries["consent"], what)),
    )


def _check_limits(
    node: Node, what: str, selection: str, places: Node | None, rest: Node | None
) -> None:
    if selection == "all" and places is not None:
        places.fault(f"{what} is for all, so there are no places to be counted")
    elif selection != "all" and places is None:
        node.fault(f"{what} is for some, so say how many `places` there are")
    if selection != "lottery" and rest is not None:
        rest.fault(f"{what} is not drawn by lot: rest_cycles is for those who won a lottery")


def _holding(node: Node, what: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = []
    for entry in node.sequence(f"holding of {what}"):
        name = entry.text(f"an entry of holding of {what}")
        if name in names:
            entry.fault(f"holding of {what} names `{name}` twice")
        elif name and vocabulary.of_program(name, entry) is not None:
            names.append(name)
    return tuple(names)


def _consent(node: Node, what: str) -> str:
    return node.one_of(f"consent of {what}", ["required"])


SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": list(_NEEDED),
        "additionalProperties": False,
        "properties": {
            "kind": {"enum": list(KINDS)},
            "holding": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": True,
                "items": {"type": "string"},
            },
            "also": {"$ref": "#/$defs/as_of_criterion"},
            "selection": {"enum": list(SELECTIONS)},
            "places": {"type": "integer", "minimum": 1},
            "rest_cycles": {"type": "integer", "minimum": 1},
            "cycle": {"enum": list(CYCLES)},
            "consent": {"enum": ["required"]},
        },
    },
}
