"""A seat of a panel of peers reviewed a mentor."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from events.schemas.model import FieldFault, OfPerson
from events.schemas.values import Name, Ratings, WholeNumber

_MILLION = 1_000_000
_ROUNDING = 50  # millionths a row: a mean that was written with four decimals is exact enough


class ReviewSubmitted(OfPerson):
    """How one seat of a panel judged the participant, row by row. Who sat there is nowhere: the
    reviews of a panel carry one time, its closing."""

    TYPE: ClassVar = "mentoring.review.submitted.v1"
    KEY: ClassVar = "review_id"
    PEOPLE: ClassVar = ("participant_id",)

    review_id: Name
    participant_id: Name
    panel_id: Name
    seat: Annotated[int, WholeNumber(1, 9)]
    rubric: Name
    rubric_version: Annotated[int, WholeNumber(1)]
    ratings: Ratings
    score: Annotated[float, Field(ge=0, le=4)]

    @classmethod
    def between(cls, fields: Mapping[str, Any]) -> Iterator[FieldFault]:
        ratings, score = fields.get("ratings"), fields.get("score")
        if ratings is None or score is None:
            return
        millionths = round(Fraction(score) * _MILLION)
        away = abs(millionths * len(ratings) - _MILLION * sum(map(int, ratings.values())))
        if away > _ROUNDING * len(ratings):
            yield FieldFault("score", "must be the mean of the ratings")
