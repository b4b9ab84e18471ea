"""Kudos are measured, but none can be given: each kind is a repeatable badge over them."""

from collections.abc import Iterator

from engine.catalog.model import Catalog
from events.schemas.registry import INPUT


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each measure of facts that the catalog has every one of refused."""
    for measure in catalog.measures:
        kind = INPUT[measure.event].KIND
        if kind is not None and not catalog.kinds(measure.event):
            yield (
                f"measure `{measure.name}` is over {measure.event}, but no badge is repeatable "
                f"over it: the `{kind}` of each must name one, so every one of them is refused"
            )
