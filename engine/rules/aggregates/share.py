"""`share`: of the facts that count, the part that meets a condition."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.fact import Fact
from engine.rules import conditions
from engine.rules.aggregates.judgement import Judged, Judgement, within
from engine.rules.conditions import Condition
from engine.rules.context import RuleContext
from engine.rules.millionths import MILLION
from engine.rules.source import Node
from events.instants import Instant


@dataclass(frozen=True, slots=True)
class ShareMet(Judged):
    """The share of facts that meet all of `where`. A fact without the field does not meet it, and
    is one of all."""

    where: tuple[Condition, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return ()

    def judge(self, facts: Sequence[Fact], since: Instant | None) -> Judgement:
        counted = within(facts, since)
        met = sum(all(condition.met(fact) for condition in self.where) for fact in counted)
        return Judgement(met * MILLION, len(counted), len(counted), counted)

    def canonical(self) -> object:
        return {"share": [condition.canonical() for condition in self.where]}


def parse(node: Node, context: RuleContext) -> ShareMet:
    """Read `aggregate: {share: {FIELD: {TEST: VALUE}}}`."""
    return ShareMet(conditions.of_data(node, context, "share"))


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["share"],
    "additionalProperties": False,
    "properties": {"share": conditions.DATA_SCHEMA},
}
