"""Tests that no fact can meet, and thresholds that no history can reach."""

from collections.abc import Iterator

from engine.catalog.model import Catalog
from engine.catalog.warnings.allowed import Allowed, allowed
from engine.rules.aggregates.distinct import Distinct
from engine.rules.conditions import Condition
from engine.rules.conditions.fact_time import FactTime
from engine.rules.conditions.field_value import FieldValue
from engine.rules.conditions.list_size import ListSize
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.criteria.points import Points
from engine.rules.effects.kudos_invited import InviteKudos
from engine.rules.event_fields import fields
from engine.rules.measure import Measure
from engine.rules.number_text import number
from engine.rules.people import People
from events.schemas.registry import INPUT


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each."""
    for measure in catalog.measures:
        what = "badge" if measure.name in catalog.repeatable else "measure"
        if _is_nobody(measure.who):
            yield f"{what} `{measure.name}` is for {measure.who.words()}, which is nobody"
        yield from _of_where(f"{what} `{measure.name}`", measure.event, measure.tests, catalog)
    for indicator in catalog.policy.indicators:
        yield from _of_where(
            f"indicator `{indicator.name}`", indicator.event, indicator.tests, catalog
        )
    for effect in catalog.effects:
        if isinstance(effect, InviteKudos):
            yield from _of_where("an effect", effect.event, effect.where, catalog)
    for badge in catalog.badges:
        for level in badge.levels:
            what = f"level `{level.name}` of badge" if level.name else "badge"
            for sentence in _of_criterion(level.criterion):
                yield f"{what} `{badge.name}` can never be met: {sentence}"


def _is_nobody(who: People) -> bool:
    left = set(who.any_of) - set(who.none_of)
    return not left or ("attendee_ids" in who.none_of and left == {"mentor_ids"})


def _of_where(
    what: str, event: str, where: tuple[Condition, ...], catalog: Catalog
) -> Iterator[str]:
    limits = {item.test: item for item in where if isinstance(item, FactTime) and item.limit}
    begin, end = limits.get("from"), limits.get("until")
    if begin is not None and end is not None and begin.limit >= end.limit:
        yield f"{what} asks for `{begin.words()} and {end.words()}`, which no fact meets"
    tested = [item for item in where if isinstance(item, FieldValue | ListSize)]
    for kind in (FieldValue, ListSize):
        of_kind = [item for item in tested if isinstance(item, kind)]
        for name in dict.fromkeys(item.field for item in of_kind):
            tests = [item for item in of_kind if item.field == name]
            possible = allowed(fields(event)[name], tests)
            words = " and ".join(item.words() for item in tests)
            if possible.is_empty:
                yield f"{what} asks for `{words}`, which no fact meets"
            elif name == INPUT[event].KIND and not _kinds(possible, catalog.kinds(event)):
                yield (
                    f"{what} asks for `{words}`, which no fact meets: no badge of that name is "
                    f"repeatable over {event}, so it is refused"
                )


def _kinds(possible: Allowed, kinds: tuple[str, ...]) -> bool:
    return not kinds or any(possible.has(kind) for kind in kinds)


def _of_criterion(criterion: Criterion) -> Iterator[str]:
    """The tests of measures in it that no history meets, each with the reason."""
    for part in criterion.parts:
        yield from _of_criterion(part)
    match criterion:
        case AtLeast(measure, wanted) if wanted > (most := _most(measure)):
            yield f"`{criterion.words()}`, but there are at most {number(most)} values"
        case Points(wanted, of) if wanted > sum(w * _most(measure) for measure, w in of):
            yield f"`{criterion.words()}`, but there are never so many"
        case IncludesAll(measure, wanted) if not criterion.parts:
            assert isinstance(measure.aggregate, Distinct)
            possible = _values(measure, measure.aggregate.field)
            if not all(possible.has(value) for value in wanted):
                yield f"`{criterion.words()}`, but no fact of the measure has that value"


def _most(measure: Measure) -> float:
    """The most that the size of the measure can come to, as far as the fields say."""
    aggregate = measure.aggregate
    if isinstance(aggregate, Distinct) and fields(measure.event)[aggregate.field].shape != "list":
        return _values(measure, aggregate.field).count
    return float("inf")


def _values(measure: Measure, name: str) -> Allowed:
    """The values that a field has in the facts of the measure."""
    field = fields(measure.event)[name]
    tests = [item for item in measure.where if isinstance(item, FieldValue) and item.field == name]
    return allowed(field, tests) if field.shape != "list" else allowed(None, [])
