"""A measure: a number folded from the facts of one type, for the people one field names."""

from dataclasses import dataclass

from engine.fact import Fact
from engine.rules import aggregates, conditions
from engine.rules.aggregates import Aggregate
from engine.rules.aggregates.count import Count
from engine.rules.calendar import Calendar
from engine.rules.conditions import Condition
from engine.rules.conditions.field_value import FieldValue
from engine.rules.context import RuleContext
from engine.rules.event_fields import fields
from engine.rules.source import Node
from events.schemas.registry import FACT_TYPES


@dataclass(frozen=True, slots=True)
class Measure:
    """Folds facts of type `event` that meet `where`, for each participant in field `who`.

    `index` is its position in a participant's list of values: the catalog's measures by name.
    """

    name: str
    event: str
    who: str
    where: tuple[Condition, ...]
    aggregate: Aggregate
    index: int = -1

    @property
    def equals(self) -> dict[str, object]:
        """The fields that must equal one value, with the value."""
        return {
            condition.field: condition.wanted[0]
            for condition in self.where
            if isinstance(condition, FieldValue) and condition.test == "equals"
        }

    def counts(self, fact: Fact) -> bool:
        """Whether the fact is one of this measure's."""
        if fact.type != self.event:
            return False
        for needed in self.aggregate.fields:
            if needed not in fact.data:
                return False
        for condition in self.where:  # noqa: SIM110  # of every fact: `all` takes twice as long
            if not condition.met(fact):
                return False
        return True

    def people(self, fact: Fact) -> tuple[str, ...] | list[str]:
        """Whose value the fact changes."""
        named = fact.data.get(self.who)
        if isinstance(named, str):
            return (named,)
        return named if isinstance(named, list) else ()

    def canonical(self) -> dict[str, object]:
        """What decides, as JSON values, for the catalog's digest."""
        return {
            "event": self.event,
            "who": self.who,
            "where": [condition.canonical() for condition in self.where],
            "aggregate": self.aggregate.canonical(),
        }


def parse(name: str, node: Node, calendar: Calendar, *, repeatable: bool = False) -> Measure:
    """Read `{event, who, where?, aggregate}`; a repeatable badge has no aggregate: it counts."""
    what = f"badge `{name}` repeatable" if repeatable else f"measure `{name}`"
    known = ["event", "who", "where"] if repeatable else ["event", "who", "where", "aggregate"]
    entries = node.mapping(what, known)
    for needed in ("event", "who") if repeatable else ("event", "who", "aggregate"):
        if needed not in entries:
            node.fault(f"{what} lacks `{needed}`")
    event = _event(entries.get("event"), what)
    context = RuleContext(event, calendar)
    return Measure(
        name,
        event,
        _who(entries.get("who"), event, what),
        conditions.parse(entries["where"], context) if "where" in entries else (),
        aggregates.parse(entries["aggregate"], context) if "aggregate" in entries else Count(),
    )


def _event(node: Node | None, what: str) -> str:
    if node is None:
        return ""
    event = node.one_of(f"{what} event", sorted(FACT_TYPES))
    return event if event == node.value else ""


def _who(node: Node | None, event: str, what: str) -> str:
    if node is None or not event:
        return ""
    people = [name for name, field in fields(event).items() if field.people]
    return node.one_of(f"{what} who (of {event})", people)


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["event", "who", "aggregate"],
    "additionalProperties": False,
    "properties": {
        "event": {"enum": sorted(FACT_TYPES)},
        "who": {"type": "string"},
        "where": conditions.SCHEMA,
        "aggregate": aggregates.SCHEMA,
    },
}
