"""The progress of somebody, for a coordinator of the program."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from events.instants import from_datetime
from web.api.asking import After, Known, ReadFrom
from web.api.recognition import LineAddress, OfRenewal, StageName, line_read, way_read
from web.http.path_ids import PathId
from web.pages import frame, progress
from web.pages.frame import CoordinatorPage
from web.views.way import LineAsked

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}/people/{participant}/progress")
def of_person(
    request: Request,
    program: PathId,
    participant: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    known: Known,
    stage: StageName = None,
) -> HTMLResponse:
    """Somebody's stages and what is asked of them next, or of one stage."""
    now = from_datetime(request.app.state.settings.now())
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "people")
        read = way_read(moment, program, participant, now, stage or None, exists=False)
    address = ["people", participant, "progress"]
    return progress.page(request, framed, read, address, stage or None, own=False)


@router.get("/p/{program}/people/{participant}/progress/{stage}/facts")
def facts_of_person(
    request: Request,
    program: PathId,
    participant: PathId,
    stage: PathId,
    visitor: CoordinatorPage,
    readings: ReadFrom,
    after: After,
    known: Known,
    line: LineAddress,
    renewal: OfRenewal = False,
) -> HTMLResponse:
    """What is behind a line of somebody's."""
    now = from_datetime(request.app.state.settings.now())
    asked = LineAsked(stage, line, renewal, after, progress.FACTS)
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "people")
        read = line_read(moment, program, participant, now, asked, exists=False)
    address = ["people", participant, "progress"]
    return progress.facts_page(request, framed, read, asked, address)
