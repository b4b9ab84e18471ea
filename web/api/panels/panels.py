"""Panels and draws of a program: for coordinators, who widen a draw where nobody is free, and for
auditors, who may open who sits."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, model_validator

from governance.panels import opened_seats, widening
from web.api.asking import Known
from web.api.committee.asking import AsAuditor, AsCoordinator, AsReader
from web.api.committee.cases import Words
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.views.panels import panel_reading
from web.views.panels.panels import PanelsShown, SeatsOpened

router = APIRouter(prefix="/v1/programs/{program}", tags=["panels"])

_BODY = ConfigDict(extra="forbid", frozen=True)
MOST_DAYS = 1_000


class DrawWidened(BaseModel):
    """How the draw of a panel with open seats is widened. `conflict_days`: how long a shared loop
    counts against a reviewer, null to go by the policy; `outside`: whether reviewers without a
    stage may be picked. One of them at least."""

    model_config = _BODY

    conflict_days: Annotated[int, Field(ge=0, le=MOST_DAYS)] | None = None
    outside: bool = False

    @model_validator(mode="after")
    def _widens(self) -> "DrawWidened":
        if self.conflict_days is None and not self.outside:
            raise ValueError("must widen the draw in some way")
        return self


class SeatsAsked(BaseModel):
    """Why an auditor opens who sits on a panel; it is logged."""

    model_config = _BODY

    reason: Words


@router.get("/panels", operation_id="getPanels")
def listed(heard: AsReader, known: Known) -> PanelsShown:
    """The panels and draws of the program, without who sits."""
    with heard.docket() as docket:
        return panel_reading.read(docket)


@router.post("/panels/{panel_id}/widen", operation_id="widenPanel", status_code=204)
def widen(
    panel_id: PathId,
    heard: AsCoordinator,
    known: Known,
    widened: Annotated[DrawWidened, Depends(json_body(DrawWidened))],
) -> None:
    """Widen the draw of a panel whose seats stay open, and draw those again."""
    by = heard.participant or heard.principal.subject
    with heard.sitting() as sitting:
        widening.widen(sitting, heard.program, panel_id, by, widened.conflict_days, widened.outside)


@router.post("/panels/{panel_id}/seats", operation_id="openSeats")
def seats(
    panel_id: PathId,
    heard: AsAuditor,
    known: Known,
    asked: Annotated[SeatsAsked, Depends(json_body(SeatsAsked))],
) -> SeatsOpened:
    """Open who sits on a panel, and what each gave. That I looked, and why, is logged."""
    with heard.docket() as docket:
        me = docket.standing.participant or ""
        opened = opened_seats.open_seats(docket.sitting, heard.program, panel_id, me, asked.reason)
        return panel_reading.seats(docket, panel_id, opened)
