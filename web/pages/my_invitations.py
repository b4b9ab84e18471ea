"""The button "Not now" of an invitation, on the pages that show it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse

from engine.store.postgres.connection import transaction
from web.api.asking import Desk, PeoplePool
from web.http.path_ids import InvitationId, PathId
from web.pages.frame import MyPage
from web.problems import Problem
from web.rendering.addresses import in_program
from web.store import invitations

router = APIRouter(include_in_schema=False)


@router.post("/p/{program}/invitations/{invitation_id}/dismiss")
def dismiss(
    program: PathId,
    invitation_id: InvitationId,
    me: MyPage,
    pool: PeoplePool,
    desk: Desk,
    back: Annotated[Literal["kudos", "notifications"], Form()] = "kudos",
) -> RedirectResponse:
    """Take it off my pages, and go back to the one it was on."""
    with transaction(pool) as tx:
        if not invitations.dismiss(tx, program, me, invitation_id, desk.now()):
            raise Problem.not_found()
        invitations.mark_read(tx, program, me, invitation_id, desk.now())
    return RedirectResponse(in_program(program, back), 303)
