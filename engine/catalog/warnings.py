"""What a catalog may say but hardly means: it can be used as it is."""

from engine.catalog.model import Catalog
from events.schemas.model import InLoop
from events.schemas.registry import INPUT


def warnings(catalog: Catalog) -> list[str]:
    """A sentence for each, in the order of the file; [] if there is nothing to warn of."""
    return _loop_badges_over_facts_without_loops(catalog)


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
