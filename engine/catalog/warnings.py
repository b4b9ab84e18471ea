"""What a catalog may say but hardly means: it can be used as it is."""

from collections.abc import Iterator
from itertools import pairwise

from engine.catalog.model import Catalog
from engine.rules.criteria.any_of import AnyOf
from engine.rules.criteria.criterion import Criterion
from events.schemas.model import InLoop
from events.schemas.registry import INPUT


def warnings(catalog: Catalog) -> list[str]:
    """A sentence for each, in the order of the file; [] if there is nothing to warn of."""
    return [*_loop_badges_over_facts_without_loops(catalog), *_levels_apart(catalog)]


def _loop_badges_over_facts_without_loops(catalog: Catalog) -> list[str]:
    sentences = []
    for badge in catalog.judged("loop"):
        leaves = (leaf for level in badge.levels for leaf in level.criterion.leaves())
        for measure in dict.fromkeys(leaf.measure for leaf in leaves):
            if not issubclass(INPUT[measure.event], InLoop):
                sentences.append(
                    f"badge `{badge.name}` belongs to a loop, but facts of measure "
                    f"`{measure.name}` ({measure.event}) may have no loop: those never count for "
                    "it. With `scope: program` all of them count."
                )
    return sentences


def _levels_apart(catalog: Catalog) -> Iterator[str]:
    """Levels that can be held without the one below. What badges or one of several ways may give
    is not followed: of those there is no warning."""
    for badge in catalog.badges:
        for lower, higher in pairwise(badge.levels):
            if any(higher.criterion.holdings()) or _has_ways(lower.criterion):
                continue
            asked = {leaf.measure for leaf in higher.criterion.leaves()}
            for measure in dict.fromkeys(leaf.measure for leaf in lower.criterion.leaves()):
                if measure not in asked:
                    yield (
                        f"level `{higher.name}` of badge `{badge.name}` does not ask for measure "
                        f"`{measure.name}`, as `{lower.name}` below it does: it can be held "
                        f"without `{lower.name}`"
                    )


def _has_ways(criterion: Criterion) -> bool:
    return isinstance(criterion, AnyOf) or any(map(_has_ways, criterion.parts))
