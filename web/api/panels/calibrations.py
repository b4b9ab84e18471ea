"""Calibrations over HTTP: how far raters agree, and rating anchors.

Of ratings a rater reads their own alone; what an anchor was agreed to be is nowhere here.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from governance.calibration import rating
from governance.calibration.rating import RaterSheet
from web.api.asking import Known
from web.api.committee.asking import AsCalibrationReader, AsReviewer, Hearing
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.problems import Fault, Problem, pointer
from web.views.panels import anchor_reading, calibration_reading
from web.views.panels.calibrations import AnchorToRate, CalibrationsShown

router = APIRouter(prefix="/v1/programs/{program}", tags=["panels"])

_Row = Annotated[str, Field(min_length=1, max_length=255)]
_Level = Annotated[int, Field(ge=0, le=4, strict=True)]
Number = Annotated[str, Path(max_length=9, description="1 for the first anchor that I rate")]


class AnchorRated(BaseModel):
    """What I give an anchor: exactly the rows of the rubric."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ratings: dict[_Row, _Level] = Field(min_length=1, max_length=12)


@router.get("/calibrations", operation_id="getCalibrations")
def of_program(heard: AsCalibrationReader, known: Known) -> CalibrationsShown:
    """The calibrations of the program: how far raters agree, what waits for me, and my own bias."""
    with heard.docket() as docket:
        return calibration_reading.of_program(docket)


@router.get("/calibrations/{calibration_id}/anchors/{number}", operation_id="getAnchor")
def one(calibration_id: PathId, number: Number, heard: AsReviewer, known: Known) -> AnchorToRate:
    """An anchor that I rate, with what I gave it."""
    with heard.sitting() as sitting:
        return _shown(rating.sheet(sitting, heard.program, calibration_id, _own(heard)), number)


@router.put("/calibrations/{calibration_id}/anchors/{number}", operation_id="putAnchorRating")
def rate(
    calibration_id: PathId,
    number: Number,
    heard: AsReviewer,
    known: Known,
    rated: Annotated[AnchorRated, Depends(json_body(AnchorRated))],
) -> AnchorToRate:
    """Rate an anchor, or change what I gave until the calibration closes."""
    me = _own(heard)
    with heard.sitting() as sitting:
        before = rating.sheet(sitting, heard.program, calibration_id, me)
        rows = {row for row, _ in before.rubric.rows}
        faults = [
            Fault(pointer("ratings", row), "must be rated") for row in rows - set(rated.ratings)
        ]
        faults += [
            Fault(pointer("ratings", row), "is no row of the rubric")
            for row in set(rated.ratings) - rows
        ]
        if faults:
            raise Problem.invalid(*faults)
        place = int(number) if number.isdecimal() else 0
        sheet = rating.rate(sitting, heard.program, calibration_id, me, place, rated.ratings)
    return _shown(sheet, number)


def _shown(sheet: RaterSheet, number: str) -> AnchorToRate:
    view = anchor_reading.to_rate(sheet, int(number) if number.isdecimal() else 0)
    if view is None:
        raise Problem.not_found()
    return view


def _own(heard: Hearing) -> str:
    assert heard.participant is not None, "a reviewer"
    return heard.participant
