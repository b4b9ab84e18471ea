"""Measures and indicators that nothing asks for."""

from collections.abc import Iterator

from engine.catalog.model import Catalog


def warnings(catalog: Catalog) -> Iterator[str]:
    """A sentence for each."""
    asked = {
        leaf.measure.name
        for badge in catalog.badges
        for level in badge.levels
        for leaf in level.criterion.leaves()
    }
    policy = catalog.policy
    criteria = [criterion for stage in policy.stages for criterion in (stage.given, stage.renewed)]
    criteria += [reward.also for reward in policy.rewards]
    used = asked.union(
        leaf.measure.name for criterion in criteria if criterion for leaf in criterion.leaves()
    )
    for measure in catalog.measures:
        if measure.name not in used and measure.name not in catalog.repeatable:
            nobody = "no badge, stage or reward" if policy else "no badge"
            yield f"measure `{measure.name}` is used by {nobody}"
    for indicator in policy.indicators:
        if indicator.name not in used:
            yield f"indicator `{indicator.name}` is used by no stage or reward"
