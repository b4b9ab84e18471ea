"""What endpoints and pages ask of a request before they answer: who, as what, and in which words.

In this order: 401 without a principal, 429, 404 without the role, 422 for a bad parameter.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from sqlalchemy import Engine

from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.identity.authenticate import identify
from web.identity.principal import Permission, Principal
from web.notes.desk import NotesDesk
from web.policy import access
from web.problems import Fault, Problem, pointer
from web.reports.program_reports import ProgramReports
from web.views.moment import Readings


async def readings(request: Request) -> Readings:
    """Where this process reads."""
    where: Readings = request.app.state.readings
    return where


async def people_pool(request: Request) -> Engine:
    """The connections of the role badge_people."""
    pool: Engine = request.app.state.pools.people
    return pool


async def notes_desk(request: Request) -> NotesDesk:
    """What this process reads notes with."""
    desk: NotesDesk = request.app.state.notes
    return desk


async def program_reports(request: Request) -> ProgramReports:
    """The reports that this process keeps."""
    reports: ProgramReports = request.app.state.reports
    return reports


async def known_parameters(request: Request) -> None:
    """Raises Problem for a query parameter that the endpoint does not have, or has once."""
    known = _query_names(request.scope["route"].dependant)
    given = Counter(name for name, _ in request.query_params.multi_items())
    faults = [
        Fault(pointer("query", name), "is given more than once" if name in known else _UNKNOWN)
        for name, times in given.items()
        if name not in known or times > 1
    ]
    if faults:
        raise Problem.invalid(*faults[:_MOST_FAULTS])


def _query_names(dependant: Dependant) -> set[str]:
    own = {field.alias for field in dependant.query_params}
    return own.union(*map(_query_names, dependant.dependencies))


async def participant(
    request: Request, program: PathId, principal: Annotated[Principal, Depends(identify)]
) -> str:
    """The participant of the program who asks."""
    own = access.as_participant(principal, program)
    if own is None:
        raise denied(request)
    return own


async def coordinator(
    request: Request, program: PathId, principal: Annotated[Principal, Depends(identify)]
) -> Principal:
    """The coordinator of the program who asks."""
    if not access.as_coordinator(principal, program):
        raise denied(request)
    return principal


def service(permission: Permission) -> Callable[[Request, str, Principal], Awaitable[Principal]]:
    """A dependency: the service of the program who asks, if it may do this."""

    async def allowed(
        request: Request, program: PathId, principal: Annotated[Principal, Depends(identify)]
    ) -> Principal:
        if not access.as_service(principal, program, permission):
            raise denied(request)
        return principal

    return allowed


async def member(
    request: Request, program: PathId, principal: Annotated[Principal, Depends(identify)]
) -> Principal:
    """Somebody who has to do with the program."""
    if not access.as_member(principal, program):
        raise denied(request)
    return principal


def _text(name: str, value: str | None) -> str | None:
    if value is not None and "\x00" in value:
        raise Problem.invalid(Fault(f"/query/{name}", "must have no NUL"))
    return value


_UNKNOWN = "is not known here"
_MOST_FAULTS = 10


async def after(after: Annotated[str, Query(max_length=512)] = "") -> str:
    """Behind which item the page begins."""
    return _text("after", after) or ""


async def loop(
    loop: Annotated[str | None, Query(min_length=1, max_length=255)] = None,
) -> str | None:
    """The one loop that is asked for."""
    return _text("loop", loop)


Me = Annotated[str, Depends(participant)]
AsMember = Annotated[Principal, Depends(member)]
AsCoordinator = Annotated[Principal, Depends(coordinator)]
ReadFrom = Annotated[Readings, Depends(readings)]
Desk = Annotated[NotesDesk, Depends(notes_desk)]
PeoplePool = Annotated[Engine, Depends(people_pool)]
Reports = Annotated[ProgramReports, Depends(program_reports)]
After = Annotated[str, Depends(after)]
Limit = Annotated[int, Query(ge=1, le=100)]
OneLoop = Annotated[str | None, Depends(loop)]
Known = Annotated[None, Depends(known_parameters)]
"""The last parameter of an endpoint: who may not ask does not learn which parameters there are."""
