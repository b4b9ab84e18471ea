"""GET /: to the first page of the console."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse

from web.identity.authenticate import identify_page
from web.identity.principal import Principal
from web.policy import access
from web.problems import Problem

router = APIRouter(include_in_schema=False)


async def operator(principal: Annotated[Principal, Depends(identify_page)]) -> Principal:
    """The operator who looks."""
    if not access.as_operator(principal):
        raise Problem.not_found()
    return principal


@router.get("/")
def home(visitor: Annotated[Principal, Depends(operator)]) -> RedirectResponse:
    """The console, for operators; for others nothing is here."""
    return RedirectResponse("/ops", 303)
