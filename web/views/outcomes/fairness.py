"""A fairness report as pages and API answer it. It has what was published, and names nobody."""

from typing import Literal

from web.views.model import InstantText, View

Flag = Literal["none", "amber", "red"]


class ShareRead(View):
    """So many of so many, with the 95% interval of the rate. `ratio`, `p`, `flag`: against the
    highest rate of the dimension, null where it is not compared."""

    part: int
    whole: int
    rate: float
    low: float
    high: float
    ratio: float | None
    p: float | None
    flag: Flag | None


class StepRead(View):
    """A step over everybody. `share`: null where there is nobody to ask."""

    step: str
    of: str
    share: ShareRead | None


class GroupRead(View):
    """A group: its share of each step, null if it is withheld or of nobody. `days`: the median from
    an application to its decision, null if it is withheld."""

    group: str
    shares: dict[str, ShareRead | None]
    days: float | None


class FairnessLineShown(View):
    """A line of a stage: how many do not meet it, in all and by group; null: withheld."""

    key: str
    title: str
    failed: int
    by_group: dict[str, int | None]


class DimensionRead(View):
    """A way to divide mentors into groups; none if nothing is known of anybody. `lines`: those of
    `stage`, where a share is flagged."""

    dimension: str
    groups: list[GroupRead]
    stage: str | None
    lines: list[FairnessLineShown]


class AnswerRead(View):
    """What the committee answers to a share that is flagged red."""

    dimension: str
    group: str
    step: str
    answer: str
    answered_at: InstantText


class FairnessRead(View):
    """The report of a quarter, as of its last instant. `k`, `ratio`, `p`: from where on something
    is shown, looked at, and no chance; `digest`: hex SHA-256 of the document."""

    quarter: str
    as_of: InstantText
    published_at: InstantText
    digest: str
    k: int
    ratio: float
    p: float
    totals: list[StepRead]
    days: float | None
    dimensions: list[DimensionRead]
    answers: list[AnswerRead]


class FairnessShown(View):
    """The reports of a program: the quarters there are, latest first, and one of them; null if
    there is none yet."""

    quarters: list[str]
    report: FairnessRead | None
