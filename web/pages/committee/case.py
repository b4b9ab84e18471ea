"""A case: to whom it is about, with what they may do; to coordinators and auditors, who follow it.
A member who has a seat on it is sent to the desk."""

from fastapi import APIRouter, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.cases import reading
from governance.store import cases as stored
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import Done, PageHeard
from web.pages.frame import is_part
from web.rendering import cases
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import case as texts
from web.views.committee import case_reading

router = APIRouter(include_in_schema=False)

_STANDING = ("granted", "renewed")


@router.get("/p/{program}/cases/{case_id}")
def one(
    request: Request,
    program: PathId,
    case_id: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> Response:
    """A case with its names, or the way to the desk."""
    text = page(request, pool, heard, case_id, done=done)
    if text is not None:
        return HTMLResponse(text)
    if heard.participant is not None and _is_seated(heard, case_id):
        return RedirectResponse(in_program(program, "desk", case_id), 303)
    raise denied(request)


def page(
    request: Request,
    pool: Engine,
    heard: Hearing,
    case_id: str,
    *,
    done: str = "",
    fault: str = "",
    filled: str = "",
    audits: bool = True,
) -> str | None:
    """The page of a case; None where who asks may not read it, or there is none. `fault`: the kind
    of refusal to show, with what was `filled` in. `audits` False: not to auditors, who write
    nothing."""
    with heard.docket() as docket:
        case = stored.of(docket.sitting.tx, heard.program, case_id)
        viewer = None if case is None else docket.standing.reads_case_of(case.subject)
        if case is None or viewer is None or (viewer == "auditor" and not audits):
            return None
        shown = case_reading.read(docket, case, viewer)
    own = viewer == "subject"
    layout = asking.framed(request, pool, heard, "progress" if own else "cases").layout
    way = ["progress"] if own else ["people", shown.person.participant_id, "progress"]
    return render(
        "case.html",
        layout,
        part=is_part(request),
        case=shown,
        page=cases.cards(shown, layout.zone, own=own),
        own=own,
        again=viewer == "coordinator" and shown.outcome in _STANDING,
        done=texts.DONE.get(done, ""),
        fault=texts.REFUSALS[fault] if fault else "",
        filled=filled,
        facts_at=way,
    )


def address(program: str, case_id: str, done: str) -> str:
    """The page of a case that says what was done."""
    return in_program(program, "cases", case_id, done=done)


def _is_seated(heard: Hearing, case_id: str) -> bool:
    """Whether who asks has, or had, a seat on a case."""
    with heard.docket() as docket:
        case = stored.of(docket.sitting.tx, heard.program, case_id)
        if case is None or not docket.standing.sits:
            return False
        seats = reading.entry(docket.sitting, case).seats
        return any(seat.member == heard.participant for seat in seats)
