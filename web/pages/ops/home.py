"""GET /: to the first page of the console."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from web.pages.ops.frame import OperatorPage

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(visitor: OperatorPage) -> RedirectResponse:
    """The console, for operators; for others nothing is here."""
    return RedirectResponse("/ops", 303)
