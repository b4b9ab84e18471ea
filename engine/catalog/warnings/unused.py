"""Measures that no badge asks for."""

from collections.abc import Iterator

from engine.catalog.model import Catalog


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each."""
    used = {
        leaf.measure.name
        for badge in catalog.badges
        for level in badge.levels
        for leaf in level.criterion.leaves()
    }
    for measure in catalog.measures:
        if measure.name not in used and measure.name not in catalog.repeatable:
            yield f"measure `{measure.name}` is used by no badge"
