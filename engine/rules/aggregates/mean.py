"""`mean`: the mean of a number field over the facts that have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.fact import Fact
from engine.rules.aggregates.judgement import Judged, Judgement, number_in, within
from engine.rules.context import RuleContext
from engine.rules.event_fields import named
from engine.rules.source import Node
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class Mean(Judged):
    """The mean of `field`. Each number is rounded once to millionths; nothing is divided."""

    field: str

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.field,)

    def judge(self, facts: Sequence[Fact], since: Instant | None) -> Judgement:
        counted = within(facts, since)
        total = sum(number_in(fact, self.field) for fact in counted)
        return Judgement(total, len(counted), len(counted), counted)

    def canonical(self) -> object:
        return {"mean": self.field}


def parse(node: Node, context: RuleContext) -> Mean:
    """Read `aggregate: {mean: FIELD}`."""
    name = node.text("mean")
    field = named(node, context.event, name)
    if field is not None and field.shape != "number":
        node.fault(f"`mean` is of numbers, but field `{name}` is not a number")
    return Mean(name)


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["mean"],
    "additionalProperties": False,
    "properties": {"mean": {"type": "string"}},
}
