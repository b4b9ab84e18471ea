"""What a catalog says, in words: what a measure folds, and what a badge asks for."""

import math

from engine.catalog.model import Badge
from engine.rules.conditions import Condition
from engine.rules.measure import Measure


def number(value: float) -> str:
    """A number for people: whole ones without a point, others with at most six digits after it."""
    if math.isfinite(value) and value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0").rstrip(".")


def condition(item: Condition) -> str:
    """Such as "rating at least 4"."""
    wanted = " or ".join(w if isinstance(w, str) else number(w) for w in item.wanted)
    test = {"equals": "is", "one_of": "is"}.get(item.test, item.test.replace("_", " "))
    return f"{item.field} {test} {wanted}"


def facts(measure: Measure) -> str:
    """Which facts a measure is over, such as "mentoring.kudos.given.v1 where kind is trust"."""
    where = " and ".join(condition(item) for item in measure.where)
    return f"{measure.event} where {where}" if where else measure.event


def aggregate(measure: Measure) -> str:
    """Such as "count" or "distinct milestone"."""
    canonical = measure.aggregate.canonical()
    if isinstance(canonical, dict):
        return ", ".join(f"{kind} {field}" for kind, field in canonical.items())
    return str(canonical)


def criteria(badge: Badge) -> list[tuple[str, str]]:
    """Each level of a badge ("" for none) with what it asks for."""
    if badge.repeatable is not None:
        return [("", f"each {facts(badge.repeatable)}, for its {badge.repeatable.who}")]
    return [(level.name, level.criterion.words()) for level in badge.levels]
