"""Which measures a fact counts in, and for whom, without asking every measure of the catalog."""

from collections.abc import Iterable, Mapping

from engine.fact import Fact
from engine.rules.conditions.field_value import FieldValue
from engine.rules.measure import Measure

# A measure that a fact may count in, and whether that is certain: nothing is left to be tested.
_Candidate = tuple[Measure, bool]


class MeasureIndex:
    """Measures by the type of their facts and, where all of a type ask one field to equal
    something, by that value."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        by_event: dict[str, list[Measure]] = {}
        for measure in measures:
            by_event.setdefault(measure.event, []).append(measure)
        self._by_event = {event: _by_value(of_event) for event, of_event in by_event.items()}

    def contributions(self, fact: Fact) -> list[tuple[Measure, str]]:
        """A pair for each measure that the fact counts in and each person it names there."""
        known = self._by_event.get(fact.type)
        if known is None:
            return []
        field, candidates = known
        pairs = []
        for measure, certain in candidates.get(fact.data.get(field), ()):
            if certain or measure.counts(fact):
                for person in measure.people(fact):
                    pairs.append((measure, person))
        return pairs


def _by_value(measures: list[Measure]) -> tuple[str, Mapping[object, tuple[_Candidate, ...]]]:
    """The field that all these measures ask to equal something, "" if there is none, and the
    measures by that value."""
    field = min(set.intersection(*({*m.equals} for m in measures)), default="")
    by_value: dict[object, tuple[_Candidate, ...]] = {}
    for measure in measures:
        value = measure.equals.get(field)
        certain = not measure.aggregate.fields and all(
            isinstance(condition, FieldValue)
            and condition.field == field
            and condition.test == "equals"
            for condition in measure.where
        )
        by_value[value] = (*by_value.get(value, ()), (measure, certain))
    return field, by_value
