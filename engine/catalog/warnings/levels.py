"""Levels of one badge that rest on different measures: one may be held without the one below."""

from collections.abc import Iterator
from itertools import pairwise

from engine.catalog.model import Catalog
from engine.rules.criteria.all_of import AllOf
from engine.rules.criteria.any_of import AnyOf
from engine.rules.criteria.at_least import AtLeast
from engine.rules.criteria.criterion import Criterion


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each level that reads other measures than the one below it, unless what the
    lower one asks for is plainly part of what the higher one does."""
    for badge in catalog.badges:
        for lower, higher in pairwise(badge.levels):
            read = [_measures(level.criterion) for level in (lower, higher)]
            if read[0] != read[1] and not _contains(higher.criterion, lower.criterion):
                yield (
                    f"levels `{lower.name}` and `{higher.name}` of badge `{badge.name}` stand on "
                    f"different measures ({_listed(read[0])}; {_listed(read[1])}): `{higher.name}` "
                    f"may be held without `{lower.name}`"
                )


def _measures(criterion: Criterion) -> frozenset[str]:
    return frozenset(leaf.measure.name for leaf in criterion.leaves())


def _listed(measures: frozenset[str]) -> str:
    return ", ".join(sorted(measures)) or "none"


def _contains(higher: Criterion, lower: Criterion) -> bool:
    """Whether all that `lower` asks for, or one of its ways, is asked for by `higher` too."""
    asked = _together(higher)
    highest: dict[str, int] = {}
    for part in asked:
        if isinstance(part, AtLeast):
            name = part.measure.name
            highest[name] = max(part.wanted, highest.get(name, 0))
    others = [part.canonical() for part in asked if not isinstance(part, AtLeast)]

    def included(part: Criterion) -> bool:
        if isinstance(part, AtLeast):
            return part.wanted <= highest.get(part.measure.name, 0)
        return part.canonical() in others

    if isinstance(lower, AnyOf) and any(map(included, lower.parts)):
        return True
    return all(map(included, _together(lower)))


def _together(criterion: Criterion) -> list[Criterion]:
    """The criteria that are all asked for."""
    if isinstance(criterion, AllOf):
        return [part for inner in criterion.parts for part in _together(inner)]
    return [criterion]
