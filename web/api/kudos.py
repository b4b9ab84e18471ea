"""Giving kudos: to give, to see what became of it, and to undo it."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from events.instants import from_datetime
from events.schemas.values import Name
from web.api.asking import After, Known, Limit, Me
from web.api.json_bodies import json_body
from web.http.path_ids import KudosId, PathId
from web.kudos import rules
from web.kudos.giving import Giving
from web.kudos.rules import AskedGift
from web.problems import Fault, Problem
from web.views.cursors import BadCursor
from web.views.gifts import GivenKudos, GivenPage
from web.views.model import InstantText, View

router = APIRouter(prefix="/v1/programs/{program}", tags=["kudos"])


class KudosToGive(BaseModel):
    """What is given. `invitation_id`: the invitation that it answers, one of mine."""

    model_config = ConfigDict(extra="forbid", strict=True)

    loop_id: Name
    recipient_id: Name
    kind: Name
    note: Annotated[
        str | None,
        Field(
            max_length=rules.MOST_NOTE,
            description="For the recipient and the program's coordinators only",
            repr=False,
        ),
    ] = None
    invitation_id: Annotated[
        str | None,
        Field(
            pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
            json_schema_extra={"format": "uuid"},
        ),
    ] = None


class KudosHeld(View):
    """Kudos that were given and are held back until `undo_until`."""

    kudos_id: str
    state: Literal["held"]
    undo_until: InstantText
    award_id: str
    status_url: str


class KudosWithdrawn(View):
    """Kudos that are withdrawn, or will be once they are awarded."""

    kudos_id: str
    state: Literal["withdrawing", "withdrawn"]
    status_url: str


async def giving(request: Request) -> Giving:
    """What gives kudos in this process."""
    there: Giving = request.app.state.giving
    return there


async def idempotency_key(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="16 to 64 visible ASCII characters, new for each gift; required. "
            "A retry with the same key and body gets the same answer."
        ),
    ] = None,
) -> str:
    """The one key of a request."""
    given = request.headers.getlist("idempotency-key")
    if len(given) != 1 or not rules.is_key(given[0]):
        raise Problem("idempotency-key-missing")
    return given[0]


GivenBy = Annotated[Giving, Depends(giving)]


@router.post("/kudos", operation_id="giveKudos", status_code=202, response_model=KudosHeld)
def give(
    program: PathId,
    me: Me,
    here: GivenBy,
    known: Known,
    key: Annotated[str, Depends(idempotency_key)],
    asked: Annotated[KudosToGive, Depends(json_body(KudosToGive))],
) -> Response:
    """Give kudos to somebody in a loop of mine. They are sent when they can no longer be undone."""
    gift = here.give(
        program,
        me,
        key,
        AskedGift(
            asked.loop_id, asked.recipient_id, asked.kind, asked.note or "", asked.invitation_id
        ),
    )
    held = KudosHeld(
        kudos_id=gift.kudos_id,
        state="held",
        undo_until=from_datetime(gift.send_after),
        award_id=gift.award_id,
        status_url=_address(program, gift.kudos_id),
    )
    return JSONResponse(held.model_dump(), 202, headers={"Location": held.status_url})


@router.get("/kudos/{kudos_id}", operation_id="getGivenKudos")
def read(program: PathId, kudos_id: KudosId, me: Me, here: GivenBy, known: Known) -> GivenKudos:
    """Kudos that I gave, and what became of them."""
    return here.state_of(program, me, kudos_id)


@router.delete(
    "/kudos/{kudos_id}",
    operation_id="undoKudos",
    status_code=202,
    response_model=KudosWithdrawn,
    responses={
        204: {"description": "Cancelled: they were still held, and nothing is left of them"}
    },
)
def undo(program: PathId, kudos_id: KudosId, me: Me, here: GivenBy, known: Known) -> Response:
    """Undo kudos that I gave: cancel them while they are held, later withdraw them."""
    state = here.undo_gift(program, me, kudos_id)
    if state == "cancelled":
        return Response(status_code=204)
    assert state in ("withdrawing", "withdrawn")
    answer = KudosWithdrawn(kudos_id=kudos_id, state=state, status_url=_address(program, kudos_id))
    return JSONResponse(answer.model_dump(), 202)


@router.get("/me/given", operation_id="getMyGiven")
def my_given(
    program: PathId, me: Me, here: GivenBy, after: After, known: Known, limit: Limit = 20
) -> GivenPage:
    """Kudos that I gave here in the last 30 days, latest first; never their notes."""
    try:
        return here.given(program, me, after or None, limit)
    except BadCursor:
        raise Problem.invalid(Fault("/query/after", "must be the `next` of an answer")) from None


def _address(program: str, kudos_id: str) -> str:
    return f"/v1/programs/{quote(program, safe='')}/kudos/{kudos_id}"
