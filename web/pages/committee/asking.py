"""What pages of the committee ask of a request: that there is a committee, and as what somebody
asks it. What a use case refuses is shown on the page."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Form, Query, Request
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine

from engine.store.postgres.connection import transaction
from web.api.committee import asking
from web.api.committee.asking import Hearing
from web.api.committee.cases import Words
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages import frame
from web.pages.frame import Framed, Visitor
from web.policy.committee_access import CommitteeStanding

Done = Annotated[str, Query(max_length=20)]
"""What was done just now, of which the page says that it was."""
Written = Annotated[str, Form(max_length=48_000)]
"""A text as a form sends it."""

_WORDS: TypeAdapter[str] = TypeAdapter(Words)


def hearing(request: Request, program: PathId, visitor: Visitor) -> Hearing:
    """The request of somebody who has to do with a program that has a committee. Raises Problem."""
    return asking.hearing(request, program, visitor)


PageHeard = Annotated[Hearing, Depends(hearing)]


def _asked_as(
    allowed: Callable[[CommitteeStanding], bool],
) -> Callable[[Request, Hearing], Hearing]:
    def of_standing(request: Request, heard: PageHeard) -> Hearing:
        return asking.allow(request, heard, allowed)

    return of_standing


OwnPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.participant is not None))]
CoordinatingPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.coordinates))]
VoterPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.sits))]
ReviewerPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.reviews))]
AuditorPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.audits))]
ChairPage = Annotated[Hearing, Depends(_asked_as(lambda standing: standing.chairs))]


def framed(request: Request, pool: Engine, heard: Hearing, here: str) -> Framed:
    """The frame of a page, read before its case is: nobody who holds one connection waits for
    another."""
    with transaction(pool) as tx:
        return frame.read(tx, request, heard.principal, heard.program, here)


def permit(request: Request, allowed: bool) -> None:
    """Raises Problem where who asks may not see a page. It is asked within the sitting that reads
    the page, so that it takes no statement of its own."""
    if not allowed:
        raise denied(request)


def own(heard: Hearing) -> str:
    """The participant who asks; they were asked for as one."""
    assert heard.participant is not None, "asked as a participant"
    return heard.participant


def words(text: str) -> str | None:
    """A text of a form, with the line ends of texts; None if it says nothing or cannot be kept."""
    try:
        return _WORDS.validate_python(text.replace("\r\n", "\n").strip())
    except ValidationError:
        return None
