"""A program's outcomes as an answer for its coordinators."""

from typing import Literal

from web.views.model import InstantText, View
from web.views.outcomes.shown import UsualShown
from web.views.people import Person


class CohortTrendShown(View):
    """A cohort, from its first to its last local day. `n`: pairs with a gain; `gain`, `before`:
    over them, and over those of all cohorts before it; null over fewer than five; `difference`: of
    the two medians, null before the cohort has ended: until then there are few finals."""

    cohort: str
    first: str
    last: str
    ended: bool
    learners: int
    n: int
    gain: UsualShown | None
    before_n: int
    before: UsualShown | None
    difference: float | None


class BaselineShown(View):
    """What was usual in a cohort and track. `frozen_at`: null before the cohort has ended, then it
    is as of now; `reviewed_at`: when a coordinator last looked whether it fits."""

    cohort: str
    track: str
    learners: int
    totals: UsualShown | None
    gains: UsualShown | None
    kept: UsualShown | None
    frozen_at: InstantText | None
    reviewed_at: InstantText | None


class WarningsCounted(View):
    """How many warnings of a kind stand: not answered, and answered in each way."""

    kind: Literal["silent", "late", "flat", "low", "due"]
    open: int
    helped: int
    wrong: int
    excused: int


class RetentionShown(View):
    """Of the mentors who were active in the quarter a year before, how many still are. `stage`: of
    those who held it then, null of all; `rate`: null of fewer than five."""

    quarter: str
    stage: str | None
    stayed: int
    of: int
    rate: float | None


class LapsingShown(View):
    """A mentor whose stage ends soon, or has ended: `ended`, within the time of grace."""

    person: Person
    stage: str
    until: InstantText
    ended: bool


class LoadShown(View):
    """A mentor with so many learners at a time."""

    person: Person
    learners: int


class QuietShown(View):
    """An input that has not been seen for three times its usual gap. `last`: a local day: the
    instant would say whose fact it was."""

    type: str
    last: str
    usual_days: float


class ProgramOutcomesShown(View):
    """How a program does. `unrecognised`: mentors who met learners within a year and received
    nothing."""

    as_of: InstantText
    cohorts: list[CohortTrendShown]
    baselines: list[BaselineShown]
    warnings: list[WarningsCounted]
    retention: list[RetentionShown]
    by_stage: list[RetentionShown]
    lapsing: list[LapsingShown]
    overloaded: list[LoadShown]
    unrecognised: list[Person]
    quiet: list[QuietShown]
