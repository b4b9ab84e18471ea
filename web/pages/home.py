"""GET /: to the first program of the person who is signed in."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.http.path_ids import PathId
from web.identity.principal import Principal
from web.pages import frame
from web.pages.frame import Visitor
from web.policy import access
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}")
def program_home(program: PathId, visitor: Visitor) -> RedirectResponse:
    """The first page of a program: for who takes part their Kudos, for other coordinators the
    overview."""
    if not access.as_member(visitor, program):
        raise Problem.not_found()
    return _first_page(visitor, program)


@router.get("/")
def home(request: Request, visitor: Visitor) -> Response:
    """The first program they take part in, else the first that they coordinate; for others, that
    there is none."""
    mine = [name for name in visitor.programs() if visitor.participant_in(name) is not None]
    coordinated = [name for name in visitor.programs() if access.as_coordinator(visitor, name)]
    for program in (*mine, *coordinated):
        return _first_page(visitor, program)
    return HTMLResponse(render("home.html", frame.outside(request)))


def _first_page(visitor: Principal, program: str) -> RedirectResponse:
    takes_part = access.as_participant(visitor, program) is not None
    return RedirectResponse(in_program(program, "kudos" if takes_part else "overview"), 303)
