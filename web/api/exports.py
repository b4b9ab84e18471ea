"""Everything of a person as a file: for themselves, and for a service that hands it to them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import StreamingResponse

from web.api.asking import Desk, Known, Me, ReadFrom, service
from web.exports.answer import exported
from web.exports.document import PersonExported
from web.http.path_ids import PathId
from web.identity.principal import Principal

router = APIRouter(prefix="/v1/programs/{program}", tags=["me"])


@router.get(
    "/me/export",
    operation_id="exportMe",
    response_class=StreamingResponse,
    responses={200: {"model": PersonExported, "description": "A file"}},
)
def mine(
    request: Request, program: PathId, me: Me, readings: ReadFrom, desk: Desk, known: Known
) -> StreamingResponse:
    """All there is of me in a program, as a file; once an hour."""
    return exported(request, desk, readings, "themselves", program, me)


@router.get(
    "/people/{participant}/export",
    operation_id="exportPerson",
    tags=["service"],
    response_class=StreamingResponse,
    responses={200: {"model": PersonExported, "description": "A file"}},
)
def of_person(
    request: Request,
    program: PathId,
    participant: PathId,
    asker: Annotated[Principal, Depends(service("export"))],
    readings: ReadFrom,
    desk: Desk,
    known: Known,
) -> StreamingResponse:
    """All there is of somebody in a program, as a file; once an hour."""
    return exported(request, desk, readings, asker.subject, program, participant)
