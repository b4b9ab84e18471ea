"""What a fact may set off besides awards: one file per kind, one line per kind here."""

from engine.rules.calendar import Calendar
from engine.rules.effects import kudos_invited
from engine.rules.effects.effect import Effect, Outgoing
from engine.rules.source import Node

KINDS = {
    "kudos_invited": kudos_invited,
}


def parse(name: str, node: Node, calendar: Calendar) -> Effect | None:
    """Read `NAME: {KIND: …}`; None, with the faults reported, if it cannot be read."""
    entry = node.only_entry(f"effect `{name}`")
    if entry is None:
        return None
    kind, body = entry
    if kind not in KINDS:
        body.fault(f"no effect is called `{kind}`; there are {', '.join(KINDS)}")
        return None
    effect: Effect | None = KINDS[kind].parse(body, calendar)
    return effect


SCHEMA: dict[str, object] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
    "properties": {name: module.SCHEMA for name, module in KINDS.items()},
}

__all__ = ["KINDS", "SCHEMA", "Effect", "Outgoing", "parse"]
