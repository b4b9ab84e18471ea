"""The kudos that somebody gave: what became of each, and the button that takes it back."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from engine.store.postgres.connection import transaction
from web.api.asking import After, Known, PeoplePool
from web.api.kudos import GivenBy
from web.http.path_ids import KudosId, PathId
from web.kudos.giving import Giving
from web.pages import frame
from web.pages.frame import MyPage, Visitor, is_part
from web.problems import Fault, Problem
from web.rendering import given_lines
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import given as texts
from web.views.cursors import BadCursor

router = APIRouter(include_in_schema=False)

_PAGE = 30
_WORDS = {
    "too-late": (texts.TOO_LATE_HEADING, texts.TOO_LATE),
    "not-standing": (texts.NOTHING_STANDS_HEADING, texts.NOTHING_STANDS),
}


@router.get("/p/{program}/given")
def my_given(
    request: Request,
    program: PathId,
    me: MyPage,
    visitor: Visitor,
    pool: PeoplePool,
    here: GivenBy,
    after: After,
    known: Known,
) -> HTMLResponse:
    """My kudos of the last month, a page at a time."""
    with transaction(pool) as tx:
        framed = frame.read(tx, request, visitor, program, "kudos")
    return HTMLResponse(_page(request, framed, here, program, me, after))


@router.post("/p/{program}/given/{kudos_id}/undo")
def undo(
    request: Request,
    program: PathId,
    kudos_id: KudosId,
    me: MyPage,
    visitor: Visitor,
    pool: PeoplePool,
    here: GivenBy,
) -> Response:
    """Take one back, and show the list again; why not, if it cannot be."""
    try:
        here.undo_gift(program, me, kudos_id)
    except Problem as problem:
        if problem.kind not in _WORDS:
            raise
        with transaction(pool) as tx:
            framed = frame.read(tx, request, visitor, program, "kudos")
        words = _WORDS[problem.kind]
        return HTMLResponse(_page(request, framed, here, program, me, "", words), problem.status)
    return RedirectResponse(in_program(program, "given"), 303)


def _page(
    request: Request,
    framed: frame.Framed,
    here: Giving,
    program: str,
    me: str,
    after: str,
    fault: tuple[str, str] | None = None,
) -> str:
    try:
        view = here.given(program, me, after or None, _PAGE)
    except BadCursor:
        raise Problem.invalid(Fault("/query/after", "is no page of this list")) from None
    lines = given_lines.lines(view.items, here.clock())
    return render(
        "given.html",
        framed.layout,
        part=is_part(request),
        lines=lines,
        again=given_lines.again(lines),
        next=view.next,
        after=after or None,
        fault=fault,
    )
