"""`gain`: how far a number rose between a first and a last fact, in the mean over those who have
both.

A fact that meets `from` is a start and one that meets `to` an end; one that meets both, or neither,
is not counted. The first start and the last end of one key (the values of the fields in `by`) are a
pair, if they come in this order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.fact import Fact
from engine.rules import conditions
from engine.rules.aggregates.judgement import Judged, Judgement, number_in
from engine.rules.conditions import Condition
from engine.rules.context import RuleContext
from engine.rules.event_fields import named
from engine.rules.source import Node
from events.instants import Instant

MOST_KEYS = 3


@dataclass(frozen=True, slots=True)
class Gain(Judged):
    """The mean difference of `field` over the pairs of each key `by`."""

    field: str
    by: tuple[str, ...]
    start: tuple[Condition, ...]
    end: tuple[Condition, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field, *self.by)

    def judge(self, facts: Sequence[Fact], since: Instant | None) -> Judgement:
        """The window is asked of ends alone: a start may lie before it."""
        first: dict[tuple[object, ...], int] = {}
        last: dict[tuple[object, ...], int] = {}
        for position, fact in enumerate(facts):
            starts = all(condition.met(fact) for condition in self.start)
            ends = all(condition.met(fact) for condition in self.end)
            if starts == ends:
                continue
            key = tuple(fact.data[name] for name in self.by)
            if starts:
                first.setdefault(key, position)
            elif since is None or fact.time >= since:
                last[key] = position
        pairs = [(first[key], last[key]) for key in first if key in last and first[key] < last[key]]
        total = sum(
            number_in(facts[end], self.field) - number_in(facts[start], self.field)
            for start, end in pairs
        )
        shown = sorted(position for pair in pairs for position in pair)
        evidence = tuple(facts[position] for position in shown)
        return Judgement(total, len(pairs), len(pairs), evidence)

    def canonical(self) -> object:
        return {
            "gain": {
                "field": self.field,
                "by": sorted(self.by),
                "from": [condition.canonical() for condition in self.start],
                "to": [condition.canonical() for condition in self.end],
            }
        }


_KEYS = ("field", "by", "from", "to")


def parse(node: Node, context: RuleContext) -> Gain:
    """Read `aggregate: {gain: {field: FIELD, by: [FIELD, …], from: {…}, to: {…}}}`."""
    entries = node.mapping("gain", _KEYS)
    for needed in _KEYS:
        if isinstance(node.value, dict) and needed not in entries:
            node.fault(f"gain lacks `{needed}`")
    name = ""
    if "field" in entries:
        name = entries["field"].text("field of gain")
        known = named(entries["field"], context.event, name)
        if known is not None and known.shape != "number":
            entries["field"].fault(f"`gain` is of numbers, but field `{name}` is not a number")
    by = _by(entries["by"], context) if "by" in entries else ()
    start, end = (
        conditions.of_data(entries[key], context, f"{key} of gain") if key in entries else ()
        for key in ("from", "to")
    )
    return Gain(name, by, start, end)


def _by(node: Node, context: RuleContext) -> tuple[str, ...]:
    names: list[str] = []
    for entry in node.sequence("by of gain"):
        name = entry.text("a field in by of gain")
        known = named(entry, context.event, name)
        if known is not None and known.shape != "text":
            entry.fault(f"the pairs of `gain` are told apart by text, which field `{name}` is not")
        if name in names:
            entry.fault(f"by of gain names `{name}` twice")
        names.append(name)
    if len(names) > MOST_KEYS:
        node.fault(f"by of gain names at most {MOST_KEYS} fields")
    return tuple(names)


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["gain"],
    "additionalProperties": False,
    "properties": {
        "gain": {
            "type": "object",
            "required": list(_KEYS),
            "additionalProperties": False,
            "properties": {
                "field": {"type": "string"},
                "by": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MOST_KEYS,
                    "uniqueItems": True,
                    "items": {"type": "string"},
                },
                "from": conditions.DATA_SCHEMA,
                "to": conditions.DATA_SCHEMA,
            },
        }
    },
}
