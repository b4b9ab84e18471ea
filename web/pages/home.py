"""GET /: to the first program of whoever is signed in."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from web.pages.frame import Visitor
from web.pages.paths import in_program
from web.problems import Problem

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(visitor: Visitor) -> RedirectResponse:
    """The Kudos page of the first program they take part in. Raises Problem if there is none."""
    mine = [name for name in visitor.programs() if visitor.participant_in(name) is not None]
    if not mine:
        raise Problem.not_found()
    return RedirectResponse(in_program(mine[0], "kudos"), 303)
