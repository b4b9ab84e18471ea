"""`who`: the people for whom a fact counts.

A field that names people, or `{any_of: [FIELD, …], none_of: [FIELD, …]}`: those whom one of the
first fields names and none of the others does. Who is named twice counts once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.fact import Fact
from engine.rules.event_fields import fields
from engine.rules.source import Node


@dataclass(frozen=True, slots=True)
class People:
    """Those that `any_of` names without those that `none_of` does. `only` is the one field of
    nearly every measure, and None if it takes more."""

    any_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()
    only: str | None = field(init=False)

    def __post_init__(self) -> None:
        plain = len(self.any_of) == 1 and not self.none_of
        object.__setattr__(self, "only", self.any_of[0] if plain else None)

    def of(self, fact: Fact) -> Sequence[str]:
        """Whom the fact is about, each once."""
        if self.only is not None:
            return _named(fact, self.only)
        named = dict.fromkeys(name for one in self.any_of for name in _named(fact, one))
        for one in self.none_of:
            for name in _named(fact, one):
                named.pop(name, None)
        return tuple(named)

    def words(self) -> str:
        """Such as "attendee_ids without mentor_ids"."""
        words = " or ".join(self.any_of)
        return f"{words} without {' and '.join(self.none_of)}" if self.none_of else words

    def canonical(self) -> object:
        """What decides, as JSON values, for the catalog's digest."""
        if self.only is not None:
            return self.only
        return {"any_of": list(self.any_of), "none_of": list(self.none_of)}


def _named(fact: Fact, name: str) -> Sequence[str]:
    named = fact.data.get(name)
    if isinstance(named, str):
        return (named,)
    return named if isinstance(named, list) else ()


def parse(node: Node, event: str, what: str) -> People:
    """Read the people of facts of type `event`, which is "" if it is not known."""
    what = f"{what} who (of {event})" if event else f"{what} who"
    known = [name for name, field in fields(event).items() if field.people]
    if isinstance(node.value, list):
        listed = ", ".join(str(entry.value) for entry in node.value)
        node.fault(f"{what} must be a field; for several write `who: {{any_of: [{listed}]}}`")
        return People(())
    if not isinstance(node.value, dict):
        return People((_field(node, what, known, event),))
    entries = node.mapping(what, ["any_of", "none_of"])
    if "any_of" not in entries:
        node.fault(f"{what} lacks `any_of`, the fields that name the people")
    named = {
        key: tuple(sorted({_field(entry, f"{what} {key}", known, event) for entry in read}))
        for key in ("any_of", "none_of")
        if (read := entries[key].sequence(f"{what} {key}") if key in entries else [])
    }
    return People(named.get("any_of", ()), named.get("none_of", ()))


def _field(node: Node, what: str, known: Iterable[str], event: str) -> str:
    return node.one_of(what, known) if event else node.text(what)


_FIELDS = {"type": "array", "minItems": 1, "items": {"type": "string"}}
SCHEMA: dict[str, object] = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "required": ["any_of"],
            "additionalProperties": False,
            "properties": {"any_of": _FIELDS, "none_of": _FIELDS},
        },
    ]
}
