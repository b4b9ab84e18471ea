"""My progress: where somebody stands, what the next stage asks, and the facts behind each line."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from events.instants import from_datetime
from web.api.asking import After, Known, ReadFrom
from web.api.committee.asking import Hearing
from web.api.recognition import LineAddress, OfRenewal, StageName, line_read, way_read
from web.http.path_ids import PathId
from web.identity.principal import Principal
from web.pages import frame
from web.pages.frame import Framed, MyPage, Visitor, is_part
from web.rendering import cards, checklists
from web.rendering import progress as progress_cards
from web.rendering.templates import render
from web.rendering.texts import case as texts
from web.views.committee import case_lines
from web.views.committee.cases import CasesOfPerson
from web.views.committee.docket import Docket
from web.views.way import LineAsked, LineRead, ProgressRead

router = APIRouter(include_in_schema=False)

FACTS = 50
"""How many facts a page has."""


@router.get("/p/{program}/progress")
def my_progress(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    known: Known,
    stage: StageName = None,
    refused: Annotated[str, Query(max_length=20)] = "",
) -> HTMLResponse:
    """My stages and what is asked next, or of one stage; with my cases, where there is a committee.
    `refused`: why one could not be opened."""
    now = from_datetime(request.app.state.settings.now())
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "progress")
        read = way_read(moment, program, me, now, stage or None, exists=True)
    of_mine = _my_cases(request, program, me, visitor, read)
    fault = texts.REFUSALS.get(refused, "")
    return page(
        request, framed, read, ["progress"], stage or None, own=True, of_mine=of_mine, fault=fault
    )


@router.get("/p/{program}/progress/{stage}/facts")
def my_facts(
    request: Request,
    program: PathId,
    stage: PathId,
    me: MyPage,
    visitor: Visitor,
    readings: ReadFrom,
    after: After,
    known: Known,
    line: LineAddress,
    renewal: OfRenewal = False,
) -> HTMLResponse:
    """What is behind a line of mine."""
    now = from_datetime(request.app.state.settings.now())
    asked = LineAsked(stage, line, renewal, after, FACTS)
    with readings.moment() as moment:
        framed = frame.read(moment.directory, request, visitor, program, "progress")
        read = line_read(moment, program, me, now, asked, exists=True)
    return facts_page(request, framed, read, asked, ["progress"])


def _my_cases(
    request: Request, program: str, me: str, visitor: Principal, read: ProgressRead
) -> CasesOfPerson | None:
    committee = request.app.state.committee
    if committee is None:
        return None
    with Hearing(committee, program, visitor).sitting() as sitting:
        docket = Docket.under(sitting, program, me, read.way.catalog, read.way.policy)
        return case_lines.with_way(docket, read.shown.person, read.way)


def page(
    request: Request,
    framed: Framed,
    read: ProgressRead,
    address: list[str],
    stage: str | None,
    *,
    own: bool,
    of_mine: CasesOfPerson | None = None,
    fault: str = "",
) -> HTMLResponse:
    """The page of somebody's progress. `address`: its parts, behind the program. `stage`: the one
    that was asked for. `own`: whether it is theirs who looks; then `of_mine` are their cases, if
    there is a committee."""
    zone = framed.layout.zone
    text = render(
        "progress.html",
        framed.layout,
        part=is_part(request),
        view=read.shown,
        page=progress_cards.cards(
            read.shown, read.next_facts, read.renewal_facts, zone, own=own, of_mine=of_mine
        ),
        own=own,
        chosen=stage,
        address=address,
        fault=fault,
        achievements=[card for group in cards.overview(read.others, []) for card in group.cards],
    )
    return HTMLResponse(text)


def facts_page(
    request: Request, framed: Framed, read: LineRead, asked: LineAsked, address: list[str]
) -> HTMLResponse:
    """The page of what is behind a line. `address`: of the progress it belongs to."""
    text = render(
        "progress_facts.html",
        framed.layout,
        part=is_part(request),
        shown=read.facts,
        title=checklists.title(read.line),
        stage=read.stage,
        renewal=asked.renewal,
        address=address,
        after=asked.after or None,
    )
    return HTMLResponse(text)
