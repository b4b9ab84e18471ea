"""Badges of a loop that rest on what has no loop, or on how many loops there are."""

from collections.abc import Iterator

from engine.catalog.model import Badge, Catalog
from engine.rules.measure import Measure
from events.schemas.model import InLoop
from events.schemas.registry import INPUT


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each loop badge and measure. Of repeatable badges there is none: an award of
    theirs is in the loop of its fact, or in none."""
    for badge in catalog.judged("loop"):
        leaves = (leaf for level in badge.levels for leaf in level.criterion.leaves())
        for measure in dict.fromkeys(leaf.measure for leaf in leaves):
            yield from _of(badge, measure)


def _of(badge: Badge, measure: Measure) -> Iterator[str]:
    if not issubclass(INPUT[measure.event], InLoop):
        yield (
            f"badge `{badge.name}` belongs to a loop, but facts of measure "
            f"`{measure.name}` ({measure.event}) may have no loop: those never count for "
            "it. With `scope: program` all of them count."
        )
    aggregate = measure.aggregate
    if "loop_id" in (getattr(aggregate, "field", None), getattr(aggregate, "by", None)):
        yield (
            f"badge `{badge.name}` belongs to a loop, in which measure `{measure.name}` "
            "never sees more than one loop_id. With `scope: program` all loops count."
        )
