"""What endpoints of the committee ask of a request: that there is a committee, and as what somebody
asks it. Refusals of use cases become problems here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request

from governance.committee import Committee, Sitting
from governance.errors import CaseRefused, RefusalKind
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.identity.authenticate import identify
from web.identity.principal import Principal
from web.policy import access
from web.policy.committee_access import CommitteeStanding
from web.problems import Fault, Kind, Problem
from web.views.committee.docket import Docket


class Hearing:
    """One request to the committee of a program: who asks, and their sittings."""

    def __init__(self, committee: Committee, program: str, principal: Principal) -> None:
        self._committee = committee
        self.program = program
        self.principal = principal
        self.by_token = CommitteeStanding(
            access.as_participant(principal, program), access.as_coordinator(principal, program)
        )

    @property
    def participant(self) -> str | None:
        """Their id in the program."""
        return self.by_token.participant

    @contextmanager
    def sitting(self) -> Iterator[Sitting]:
        """A sitting, with whose refusals the request is answered. Raises Problem."""
        with refusals(), self._committee.sitting() as sitting:
            yield sitting

    @contextmanager
    def docket(self) -> Iterator[Docket]:
        """A sitting with what its answers share. Raises Problem."""
        asks = self.by_token
        with self.sitting() as sitting:
            yield Docket.of(sitting, self.program, asks.participant, asks.coordinates)


def hearing(
    request: Request, program: PathId, principal: Annotated[Principal, Depends(identify)]
) -> Hearing:
    """The request of somebody who has to do with a program that has a committee. Raises Problem."""
    committee: Committee | None = request.app.state.committee
    if committee is None or not access.as_member(principal, program):
        raise denied(request)
    return Hearing(committee, program, principal)


Heard = Annotated[Hearing, Depends(hearing)]


def allow(
    request: Request, heard: Hearing, allowed: Callable[[CommitteeStanding], bool]
) -> Hearing:
    """The request, of somebody whose standing allows it. Their part in governing is read only where
    the token does not say enough. Raises Problem."""
    if allowed(heard.by_token):
        return heard
    if heard.participant is None:
        raise denied(request)
    with heard.docket() as docket:
        standing = docket.standing
    if not allowed(standing):
        raise denied(request)
    return heard


def asked_as(allowed: Callable[[CommitteeStanding], bool]) -> Callable[[Request, Hearing], Hearing]:
    """A dependency, as `allow`: it is looked at before the body is."""

    def of_standing(request: Request, heard: Heard) -> Hearing:
        return allow(request, heard, allowed)

    return of_standing


AsSubject = Annotated[Hearing, Depends(asked_as(lambda standing: standing.participant is not None))]
AsCoordinator = Annotated[Hearing, Depends(asked_as(lambda standing: standing.coordinates))]
AsReader = Annotated[Hearing, Depends(asked_as(lambda standing: standing.reads_all))]
AsDesk = Annotated[Hearing, Depends(asked_as(lambda standing: standing.has_desk))]
AsMemberOfCommittee = Annotated[Hearing, Depends(asked_as(lambda standing: standing.sits))]
AsReviewer = Annotated[Hearing, Depends(asked_as(lambda standing: standing.reviews))]
AsCalibrationReader = Annotated[
    Hearing, Depends(asked_as(lambda standing: standing.reviews or standing.reads_all))
]
AsAuditor = Annotated[Hearing, Depends(asked_as(lambda standing: standing.audits))]
AsOpener = Annotated[
    Hearing, Depends(asked_as(lambda standing: standing.coordinates or standing.chairs))
]

_ABSENT: frozenset[RefusalKind] = frozenset({"unknown-case", "not-seated", "is-subject"})
_FAULTS: Mapping[RefusalKind, tuple[str, str]] = {
    "unknown-matter": ("/about", "must be a stage or a waiver that the committee decides"),
    "statement-needed": ("/statement", "must give the reasons in words"),
}
_KINDS: Mapping[RefusalKind, Kind] = {
    "not-in-state": "not-in-state",
    "already-open": "already-open",
    "recused": "recused",
    "already-signed": "already-signed",
    "pack-not-opened": "pack-not-opened",
    "pack-changed": "pack-changed",
    "outcome-not-offered": "outcome-not-offered",
    "too-late": "too-late",
    "not-allowed": "not-allowed",
    "key-erased": "key-erased",
}


@contextmanager
def refusals() -> Iterator[None]:
    """Raises Problem for what a use case refuses: what may not be known is not there."""
    try:
        yield
    except CaseRefused as refused:
        raise problem_of(refused) from None


def problem_of(refused: CaseRefused) -> Problem:
    """The problem that a refusal is answered with."""
    if refused.kind in _ABSENT:
        return Problem.not_found()
    if refused.kind == "authenticate-again":
        return Problem.authenticate_again()
    if refused.kind in _FAULTS:
        return Problem.invalid(Fault(*_FAULTS[refused.kind]))
    return Problem(_KINDS[refused.kind], sentence=str(refused))
