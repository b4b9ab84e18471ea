"""Sharing an award of mine with everybody, and ending that."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict
from starlette.responses import JSONResponse

from web.api.asking import Known, Me
from web.api.json_bodies import json_body
from web.http.path_ids import AwardId, PathId
from web.sharing.sharing import Sharing
from web.views import shares
from web.views.shares import ShareShown

router = APIRouter(prefix="/v1/programs/{program}/me/awards/{award_id}/share", tags=["me"])


class AwardToShare(BaseModel):
    """How it is shared. `show_name`: with my name."""

    model_config = ConfigDict(extra="forbid", strict=True)

    show_name: bool = False


async def sharing(request: Request) -> Sharing:
    """What shares awards in this process."""
    there: Sharing = request.app.state.sharing
    return there


async def public_host(request: Request) -> str:
    """Scheme and host of the public pages."""
    host: str = request.app.state.settings.identity.origin
    return host


SharedBy = Annotated[Sharing, Depends(sharing)]
PublicHost = Annotated[str, Depends(public_host)]


@router.put(
    "",
    operation_id="shareMyAward",
    response_model=ShareShown,
    responses={201: {"description": "It is shared now", "model": ShareShown}},
)
def share(
    program: PathId,
    award_id: AwardId,
    me: Me,
    here: SharedBy,
    host: PublicHost,
    known: Known,
    asked: Annotated[AwardToShare, Depends(json_body(AwardToShare))],
) -> Response:
    """Share an award that I hold on a public page, with or without my name. The page and its
    addresses stay while it is shared."""
    shared = here.share(program, me, award_id, show_name=asked.show_name)
    answer = shares.of(host, shared)
    return JSONResponse(answer.model_dump(), 201 if shared.is_new else 200)


@router.delete("", operation_id="stopSharingMyAward", status_code=204)
def stop(program: PathId, award_id: AwardId, me: Me, here: SharedBy, known: Known) -> Response:
    """End the public page of an award of mine, for good, and withdraw its credential."""
    here.stop(program, me, award_id)
    return Response(status_code=204)
