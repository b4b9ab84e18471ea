"""What a catalog says, in words: what a measure folds, and what a badge asks for."""

from collections.abc import Sequence

from engine.catalog.model import Badge, Catalog
from engine.rules.aggregates import Aggregate
from engine.rules.aggregates.distinct import Distinct
from engine.rules.aggregates.gain import Gain
from engine.rules.aggregates.grouping import Grouping
from engine.rules.aggregates.share import ShareMet
from engine.rules.aggregates.streak import Streak
from engine.rules.calendar import PERIODS
from engine.rules.conditions import Condition
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.any_of import AnyOf
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion, Holding
from engine.rules.criteria.holds import Holds
from engine.rules.criteria.includes_all import IncludesAll
from engine.rules.criteria.points import Points
from engine.rules.criteria.some_of import SomeOf
from engine.rules.measure import Measure
from engine.rules.millionths import MILLION
from engine.rules.number_text import number


def facts(measure: Measure) -> str:
    """Which facts a measure is over, such as "mentoring.kudos.given.v1 where kind is trust"."""
    where = _conditions(measure.where)
    return f"{measure.event} where {where}" if where else measure.event


def aggregate(measure: Measure) -> str:
    """Such as "count" or "distinct milestone"."""
    return _aggregate(measure.aggregate)


def _aggregate(item: Aggregate) -> str:
    if isinstance(item, Distinct) and item.others:
        return f"distinct {item.field} other than oneself"
    if isinstance(item, Grouping):
        name = f"{item.by}s" if item.by in PERIODS else f"values of {item.by}"
        kind = "longest run of" if isinstance(item, Streak) else "number of"
        return f"{kind} {name} with {_aggregate(item.of_each)} at least {number(item.each)}"
    if isinstance(item, ShareMet):
        return f"share with {_conditions(item.where)}"
    if isinstance(item, Gain):
        ends = f"from {_conditions(item.start)} to {_conditions(item.end)}"
        return f"mean gain in {item.field} by {' and '.join(item.by)}, {ends},"
    canonical = item.canonical()
    if isinstance(canonical, dict):
        return ", ".join(f"{kind} {field}" for kind, field in canonical.items())
    return str(canonical)


def _conditions(where: Sequence[Condition]) -> str:
    return " and ".join(condition.words() for condition in where)


def criteria(badge: Badge) -> list[tuple[str, str]]:
    """Each level of a badge ("" for none) with what it asks for."""
    if badge.repeatable is not None:
        words = f"each {facts(badge.repeatable)}, for its {badge.repeatable.who.words()}"
        return [("", words if badge.valid_for is None else f"{words}, {badge.validity()}")]
    return [(level.name, level.criterion.words()) for level in badge.levels]


def plain(catalog: Catalog, criterion: Criterion) -> str:
    """A criterion for the people whose badges it decides: "meetings attended: 15"."""
    match criterion:
        case AtLeast(measure, wanted):
            return f"{spaced(measure.name)}: {number(wanted)}"
        case IncludesAll(measure, values):
            named = (spaced(number(v) if isinstance(v, float) else str(v)) for v in values)
            return f"{spaced(measure.name)}: {', '.join(sorted(named))}"
        case Holds(wanted):
            return _listed([plain_holding(catalog, holding) for holding in wanted], "and")
        case AllOf(parts):
            return _listed([plain(catalog, part) for part in parts], "and")
        case AnyOf(parts):
            return _listed([plain(catalog, part) for part in parts], "or")
        case Points(_, of):
            each = (f"{spaced(measure.name)} {number(weight / MILLION)}" for measure, weight in of)
            return f"{number(criterion.number)} points ({', '.join(each)})"
        case SomeOf(wanted, parts):
            return f"{wanted} of: {'; '.join(plain(catalog, part) for part in parts)}"
    return criterion.words()


def plain_holding(catalog: Catalog, holding: Holding) -> str:
    """A badge at a level, such as "Momentum, gold"."""
    title = catalog.badge[holding.badge].title
    return f"{title}, {holding.occurrence}" if holding.occurrence else title


def things(event: str, count: int) -> str:
    """What facts of a type are called, one or several: "meeting" or "meetings"."""
    word = event.split(".")[1]
    one, several = _IRREGULAR.get(word, (word, f"{word}s"))
    return one if count == 1 else several


_IRREGULAR = {
    "kudos": ("kudos", "kudos"),
    "portfolio": ("assessment", "assessments"),
    "quiz": ("quiz", "quizzes"),
    "stewardship": ("record of stewardship", "records of stewardship"),
}


def _listed(phrases: list[str], conjunction: str) -> str:
    if len(phrases) == 1 or (len(phrases) < 3 and not any(", " in phrase for phrase in phrases)):
        return f" {conjunction} ".join(phrases)
    return "; ".join([*phrases[:-1], f"{conjunction} {phrases[-1]}"])


def spaced(name: str) -> str:
    """A name of a catalog as words."""
    return name.replace("_", " ").replace("-", " ")
