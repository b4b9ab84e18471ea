"""The stream of changes to one's own pages: what to ask for again, never what it says."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from web.api.asking import Known
from web.http.head_requests import IS_HEAD
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.identity.authenticate import identify_uncounted, session_of
from web.identity.principal import Principal
from web.live.changes import Listener
from web.live.hub import Admission, Hub, HubFull, TooManyOfOne
from web.live.stream import MEDIA_TYPE, EventStream, HeadOfStream, StreamTimes, Wake
from web.policy import access
from web.problems import Problem

router = APIRouter(prefix="/v1/programs/{program}/me", tags=["me"])

_PATIENCE_SECONDS = 20.0
_LOOK_SECONDS = 1.0
_AGAIN_SECONDS = 60


async def _listening(
    request: Request, program: PathId, principal: Annotated[Principal, Depends(identify_uncounted)]
) -> tuple[Listener, Principal]:
    """The participant of the program who asks. An open stream is no request of a minute."""
    own = access.as_participant(principal, program)
    if own is None:
        raise denied(request)
    return Listener(program, own), principal


@router.get(
    "/events",
    operation_id="getMyEvents",
    status_code=200,
    response_class=EventStream,
    responses={
        200: {
            "description": "Server-sent events `changed`, each with the id of an award and, as "
            "data, what is to be asked for again. At most 3 streams a person; a stream ends after "
            "30 minutes, and with its token, session or role.",
            "content": {
                MEDIA_TYPE: {
                    "schema": {"type": "string"},
                    "example": "event: changed\nid: 6e2a3b0e-6c0f-5a4e-9d62-0b9f6f3f0c11\n"
                    'data: {"what":"badges","id":"6e2a3b0e-6c0f-5a4e-9d62-0b9f6f3f0c11"}\n\n',
                }
            },
        }
    },
)
async def my_events(
    request: Request,
    program: PathId,
    asking: Annotated[tuple[Listener, Principal], Depends(_listening)],
    known: Known,
) -> Response:
    """Changes to my badges, kudos, notes, notifications and highlights, as they happen."""
    listener, principal = asking
    hub: Hub = request.app.state.hub
    if request.scope.get(IS_HEAD):
        return HeadOfStream()
    wake = Wake()
    try:
        subscription = hub.open(listener, Admission(session_of(request), principal.until), wake)
    except TooManyOfOne:
        raise Problem.too_many(_AGAIN_SECONDS) from None
    except HubFull:
        raise Problem.unavailable(_AGAIN_SECONDS) from None
    try:
        await _until_reading(hub, wake, request)
    except BaseException:
        hub.close(subscription)
        raise
    times: StreamTimes = request.app.state.stream_times
    return EventStream(hub, subscription, wake, times)


async def _until_reading(hub: Hub, wake: Wake, request: Request) -> None:
    """Until no change is missed any more. Raises Problem (unavailable): Kafka is away."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not hub.is_reading:
        if time.monotonic() > until or await request.is_disconnected():
            raise Problem.unavailable()
        await wake.within(_LOOK_SECONDS)
