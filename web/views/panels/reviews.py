"""Reviews that somebody is asked for, and the dossier that they read.

Nothing here says whose work it is, nor who else reviews it.
"""

from typing import Literal

from web.views.model import InstantText, View
from web.views.progress import DayText
from web.views.rubrics import RubricRow

RequestState = Literal["asked", "given", "declined", "lapsed", "closed"]
"""Asked for; given, and open to change until the panel closes; handed back; too late; closed with
what was given."""
HandedBack = Literal["conflict", "no_time"]
Phase = Literal["baseline", "interim", "final"]


class ReviewLine(View):
    """A review that somebody is asked for. `rubric`, `version`: under which; `of`: what is rated.
    `due_on`: the last day for it where the program is, null where nothing is due; `days_left`:
    until then, negative once it is `overdue`. `readable`: whether there is more to see of it."""

    request_id: str
    rubric: str
    version: int
    of: str
    state: RequestState
    asked_at: InstantText
    due_on: DayText | None
    days_left: int | None
    overdue: bool
    readable: bool


class ReviewsShown(View):
    """What somebody is asked to review. `open`: due first ahead; `over`: latest first. `today`:
    where the program is."""

    today: DayText
    open: list[ReviewLine]
    over: list[ReviewLine]


class DossierMonth(View):
    """A month, such as "2026-03", and how many meetings it had."""

    month: str
    meetings: int


class WorkOfKind(View):
    """How many pieces of a kind were accepted."""

    kind: str
    number: int


class CheckpointRead(View):
    """A checkpoint of a learner: the month in which it was due, and what became of it."""

    month: str
    result: str
    cause: str


class AssessmentRead(View):
    """What independent assessors gave a learner's portfolio. `rows`: each from 0 to 4, in the order
    of the rubric."""

    month: str
    phase: Phase
    rows: dict[str, int]
    total: int


class LearnerRead(View):
    """A learner, as a number."""

    number: int
    meetings: int
    work: list[WorkOfKind]
    checkpoints: list[CheckpointRead]
    assessments: list[AssessmentRead]


class DossierShown(View):
    """Six months of mentoring, without names, days and loops. `work`: over all learners."""

    months: list[DossierMonth]
    meetings: int
    work: list[WorkOfKind]
    learners: list[LearnerRead]


class ReviewShown(ReviewLine):
    """A review that somebody is asked for, with what they read. `rows`: what is rated, with the
    texts of its levels, 0 to 4. `dossier`: null once the panel has closed, and to who handed it
    back. `ratings`: what they gave, by row, null before; `narrative`: their words. `may_change`:
    whether they can give it, or give it in another way."""

    rows: list[RubricRow]
    dossier: DossierShown | None
    ratings: dict[str, int] | None
    narrative: str | None
    may_change: bool
