"""Why a criterion is met or not: its parts, each with how much there is of how much is needed.

Every number is the criterion's own progress, the same that decides. A badge that is asked for is
opened up in turn: what it lacks is what is lacking.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.catalog.model import Catalog, Scope
from engine.rules.criteria.criterion import Criterion, Progress, Standing


@dataclass(frozen=True, slots=True)
class CriterionStatus:
    """A criterion in words, how far it is, and what it is made of. `criterion`: the one asked."""

    criterion: Criterion
    words: str
    met: bool
    progress: Progress
    parts: "tuple[CriterionStatus, ...]"


def criterion_status(
    catalog: Catalog,
    scope: Scope,
    criterion: Criterion,
    standings: Mapping[Scope, Standing],
) -> CriterionStatus:
    """A criterion of a badge of `scope`, asked of what a participant has reached in the loop and
    in the program."""
    standing = standings[scope]
    parts = tuple(criterion_status(catalog, scope, part, standings) for part in criterion.parts)
    if not parts:
        for holding in criterion.holdings():
            badge = catalog.badge[holding.badge]
            level = next(level for level in badge.levels if level.name == holding.occurrence)
            parts = (*parts, criterion_status(catalog, badge.scope, level.criterion, standings))
    return CriterionStatus(
        criterion, criterion.words(), criterion.met(standing), criterion.progress(standing), parts
    )
