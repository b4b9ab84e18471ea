"""Invitations to give kudos: which wait for me, and that I do not want to answer one."""

from fastapi import APIRouter, Response

from engine.store.postgres.connection import transaction
from web.api.asking import Desk, Known, Me, PeoplePool
from web.http.path_ids import InvitationId, PathId
from web.problems import Problem
from web.store import invitations as stored
from web.views import invitations
from web.views.invitations import InvitationsShown

router = APIRouter(prefix="/v1/programs/{program}/me/invitations", tags=["me"])


@router.get("", operation_id="getMyInvitations")
def read(program: PathId, me: Me, pool: PeoplePool, desk: Desk, known: Known) -> InvitationsShown:
    """Invitations of the last 30 days that I have neither answered nor dismissed."""
    with transaction(pool) as tx:
        return invitations.read(tx, program, me, desk.now())


@router.post("/{invitation_id}/dismiss", operation_id="dismissMyInvitation", status_code=204)
def dismiss(
    program: PathId, invitation_id: InvitationId, me: Me, pool: PeoplePool, desk: Desk, known: Known
) -> Response:
    """Not now: it is not shown again."""
    with transaction(pool) as tx:
        if not stored.dismiss(tx, program, me, invitation_id, desk.now()):
            raise Problem.not_found()
        stored.mark_read(tx, program, me, invitation_id, desk.now())
    return Response(status_code=204)
