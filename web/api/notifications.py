"""My notifications: what there is, and that I have read it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from engine.store.postgres.connection import transaction
from web.api.asking import After, Desk, Known, Limit, Me, PeoplePool, ReadFrom
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.problems import Fault, Problem
from web.store import notifications as stored
from web.views import notifications
from web.views.cursors import BadCursor
from web.views.notifications import NotificationsPage

router = APIRouter(prefix="/v1/programs/{program}/me", tags=["me"])


class NotificationsRead(BaseModel):
    """Up to which notification all is read: an `id`, or the `up_to` of an answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    up_to: int = Field(ge=0, le=stored.HIGHEST)


@router.get("/notifications", operation_id="getMyNotifications")
def read(
    program: PathId, me: Me, readings: ReadFrom, after: After, known: Known, limit: Limit = 20
) -> NotificationsPage:
    """What I was notified of, latest first. To read it does not mark it as read."""
    with readings.moment() as moment:
        try:
            return notifications.read(moment, program, me, after or None, limit)
        except BadCursor:
            fault = Fault("/query/after", "must be the `next` of an answer")
            raise Problem.invalid(fault) from None


@router.post("/notifications/read", operation_id="readMyNotifications", status_code=204)
def mark_read(
    program: PathId,
    me: Me,
    pool: PeoplePool,
    desk: Desk,
    known: Known,
    seen: Annotated[NotificationsRead, Depends(json_body(NotificationsRead))],
) -> Response:
    """Mark notifications as read."""
    with transaction(pool) as tx:
        stored.mark_read(tx, program, me, seen.up_to, desk.now())
    return Response(status_code=204)
