"""What a catalog may say but hardly means: it can be used as it is. One file per doubt."""

from engine.catalog.model import Catalog
from engine.catalog.warnings import kudos, levels, loops, never_true, stages, unused

KINDS = (kudos, loops, never_true, unused, levels, stages)


def warnings(catalog: Catalog) -> list[str]:
    """A sentence for each; [] if there is nothing to warn of."""
    return [sentence for kind in KINDS for sentence in kind.warnings(catalog)]


__all__ = ["KINDS", "warnings"]
