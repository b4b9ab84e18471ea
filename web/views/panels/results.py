"""What panels that have closed say, as a whole. Who sat on them is nowhere here."""

from web.views.line_facts import RowMean
from web.views.model import InstantText, View


class HistogramRow(View):
    """A row of a rubric, and how often each level, 0 to 4, was given."""

    row: str
    counts: list[int]


class PanelResultShown(View):
    """What a panel that has closed says, as a whole. `rows`, `score`: means, empty and null where
    they are `withheld`, as too few reviews count. `histogram`: null below five reviews.
    `narratives`: in no order and without names; empty below three, and to coordinators.
    `spread_stays`: the scores of its reviews are far apart."""

    rubric: str
    version: int
    closed_at: InstantText
    reviews: int
    score: str | None
    rows: list[RowMean]
    histogram: list[HistogramRow] | None
    narratives: list[str]
    spread_stays: bool
    withheld: bool
