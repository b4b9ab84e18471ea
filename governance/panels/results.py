"""What a panel that has closed says of its subject: means, and what was written, never by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from governance.committee import Sitting
from governance.store.cases import Case


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A closed panel. `means`: by row, and `score`: of all, for the eye; empty and None if
    `withheld`, as too few reviews count or one was taken out. `histogram`: by row how often each
    level 0 to 4 was given, None below five reviews. `narratives`: in the order of a hash, with all
    names out; empty below three. `spread_stays`: the scores are far apart."""

    panel_id: str
    rubric: str
    closed_at: datetime
    reviews: int
    means: Mapping[str, str]
    score: str | None
    histogram: Mapping[str, tuple[int, ...]] | None
    narratives: tuple[str, ...]
    spread_stays: bool
    withheld: bool


def results_of(sitting: Sitting, case: Case) -> list[PanelResult]:
    """The closed panels of a case, in the order they were drawn."""
    return []
