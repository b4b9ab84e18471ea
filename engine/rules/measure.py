"""A measure: a number folded from the facts of one type, for the people its fields name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.fact import Fact
from engine.rules import aggregates, conditions, people
from engine.rules.aggregates import Aggregate
from engine.rules.aggregates.count import Count
from engine.rules.aggregates.distinct import Distinct
from engine.rules.calendar import Calendar
from engine.rules.conditions import Condition
from engine.rules.conditions.field_value import FieldValue
from engine.rules.conditions.list_size import ListSize
from engine.rules.context import RuleContext
from engine.rules.people import People
from engine.rules.source import Node
from events.schemas.model import InLoop
from events.schemas.registry import FACT_TYPES, INPUT


@dataclass(frozen=True, slots=True)
class Measure:
    """Folds facts of type `event` that meet `where`, for each of the people `who` names.

    `index` is its position in a participant's list of values: the catalog's measures by name.
    """

    name: str
    event: str
    who: People
    where: tuple[Condition, ...]
    aggregate: Aggregate
    index: int = -1
    tests: tuple[Condition, ...] = field(init=False)
    """`where`, and what the aggregate asks of a fact."""

    def __post_init__(self) -> None:
        asked: tuple[Condition, ...] = ()
        if isinstance(self.aggregate, Distinct) and self.aggregate.others:
            asked = (ListSize(self.aggregate.field, "at_least", (2,)),)
        object.__setattr__(self, "tests", self.where + asked)

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
        for condition in self.tests:  # noqa: SIM110  # of every fact: `all` takes twice as long
            if not condition.met(fact):
                return False
        return True

    def people(self, fact: Fact) -> Sequence[str]:
        """Whose value the fact changes."""
        only = self.who.only
        if only is None:
            return self.who.of(fact)
        named = fact.data.get(only)
        if isinstance(named, str):
            return (named,)
        return named if isinstance(named, list) else ()

    def canonical(self) -> dict[str, object]:
        """What decides, as JSON values, for the catalog's digest."""
        return {
            "event": self.event,
            "who": self.who.canonical(),
            "where": [condition.canonical() for condition in self.where],
            "aggregate": self.aggregate.canonical(),
        }


Kind = Literal["measure", "indicator", "repeatable"]


def parse(name: str, node: Node, calendar: Calendar, kind: Kind = "measure") -> Measure:
    """Read `{event, who, where?, aggregate}`; a repeatable badge has no aggregate: it counts. An
    indicator is a measure that is not folded: it may have an aggregate whose value falls."""
    repeatable = kind == "repeatable"
    what = f"badge `{name}` repeatable" if repeatable else f"{kind} `{name}`"
    known = ["event", "who", "where"] if repeatable else ["event", "who", "where", "aggregate"]
    entries = node.mapping(what, known)
    for needed in ("event", "who") if repeatable else ("event", "who", "aggregate"):
        if needed not in entries:
            node.fault(f"{what} lacks `{needed}`")
    event = _event(entries.get("event"), what)
    context = RuleContext(event, calendar, indicator=kind == "indicator")
    who = people.parse(entries["who"], event, what) if "who" in entries else People(())
    if repeatable and event and "who" in entries:
        _check_repeatable(entries["who"], who, event, what)
    aggregate: Aggregate = Count()
    if "aggregate" in entries:
        aggregate = aggregates.parse(entries["aggregate"], context)
        _check_others(entries["aggregate"], aggregate, who)
    where = conditions.parse(entries["where"], context) if "where" in entries else ()
    return Measure(name, event, who, where, aggregate)


def _event(node: Node | None, what: str) -> str:
    if node is None:
        return ""
    event = node.one_of(f"{what} event", sorted(FACT_TYPES))
    return event if event == node.value else ""


def _check_repeatable(node: Node, who: People, event: str, what: str) -> None:
    """The id of an award without a loop is of its recipient and its fact,
    whose id is unique in its place alone: so the recipient must be the participant of the place."""
    model = INPUT[event]
    if not issubclass(model, InLoop) and who.only != model.PERSON:
        node.fault(
            f"{what}: facts of {event} may have no loop, so each is an award of the participant "
            f"it belongs to: write `who: {model.PERSON}`"
        )


def _check_others(node: Node, aggregate: Aggregate, who: People) -> None:
    if isinstance(aggregate, Distinct) and aggregate.others and who.only != aggregate.field:
        node.fault(
            f"`others` leaves out the person itself, whom the same list must name: write "
            f"`who: {aggregate.field}`, or leave `others` out"
        )


SCHEMA: dict[str, object] = {
    "type": "object",
    "required": ["event", "who", "aggregate"],
    "additionalProperties": False,
    "properties": {
        "event": {"enum": sorted(FACT_TYPES)},
        "who": people.SCHEMA,
        "where": conditions.SCHEMA,
        "aggregate": aggregates.SCHEMA,
    },
}
_PROPERTIES: Any = SCHEMA["properties"]
INDICATOR_SCHEMA: dict[str, object] = {
    **SCHEMA,
    "properties": {**_PROPERTIES, "aggregate": aggregates.INDICATOR_SCHEMA},
}
