"""A learner's portfolio was assessed by a rubric of six rows."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from events.schemas.model import FieldFault, InLoop
from events.schemas.values import Mentors, Name, Rating, WholeNumber

ROWS = ("breadth", "coherence", "iteration", "mastery", "timeliness", "articulation")


class PortfolioAssessed(InLoop):
    """What a learner's portfolio was judged to be at the beginning, in between or at the end of a
    cohort, and who mentors the learner. Its time is when the assessment was signed."""

    TYPE: ClassVar = "mentoring.portfolio.assessed.v1"
    KEY: ClassVar = "assessment_id"
    PEOPLE: ClassVar = ("learner_id", "mentor_ids")

    assessment_id: Name
    cohort_id: Name
    learner_id: Name
    mentor_ids: Mentors
    phase: Literal["baseline", "interim", "final"]
    rubric: Name
    rubric_version: Annotated[int, WholeNumber(1)]
    assessed_by: Literal["independent", "mentor", "self"]
    raters: Annotated[int, WholeNumber(1, 5)]
    track: Literal["introductory", "advanced"]
    context: Name | None = None
    project_id: Name | None = None
    breadth: Rating
    coherence: Rating
    iteration: Rating
    mastery: Rating
    timeliness: Rating
    articulation: Rating
    total: Annotated[int, WholeNumber(0, 24)]

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        if fields.get("learner_id") in fields.get("mentor_ids", ()):
            yield FieldFault("mentor_ids", "must not name the learner")
        rows = [fields[row] for row in ROWS if row in fields]
        if len(rows) == len(ROWS) and "total" in fields and fields["total"] != sum(rows):
            yield FieldFault("total", "must be the sum of the six rows")
