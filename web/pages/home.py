"""GET /: to the first program of the person who is signed in."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from web.api.asking import PeoplePool
from web.http.path_ids import PathId
from web.pages import frame
from web.pages.frame import MyPage, Visitor
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.views import me

router = APIRouter(include_in_schema=False)


@router.get("/p/{program}")
def program_home(program: PathId, visitor: MyPage) -> RedirectResponse:
    """The Kudos page of a program."""
    return RedirectResponse(in_program(program, "kudos"), 303)


@router.get("/")
def home(request: Request, visitor: Visitor, pool: PeoplePool) -> Response:
    """The Kudos page of the first program they take part in; for others, what there is for them."""
    mine = [name for name in visitor.programs() if visitor.participant_in(name) is not None]
    if mine:
        return RedirectResponse(in_program(mine[0], "kudos"), 303)
    with transaction(pool) as tx:
        coordinated = me.read(tx, visitor).programs
    return HTMLResponse(render("home.html", frame.outside(request), coordinated=coordinated))
