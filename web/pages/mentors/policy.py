"""The policy of a program: what it asks, since when and why; what differs; whom another number
would concern; proposals."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.errors import ProposalRefused
from governance.policies import proposals
from governance.policies.proposals import WantedChange
from governance.rules.policies.thresholds import OtherThreshold
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.api.mentors.policy import simulated
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, PageHeard, Written
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import policy as texts
from web.views.committee.docket import Docket
from web.views.mentors import policy
from web.views.mentors.policy import PolicyDifferencesShown, SimulationShown, UnknownPolicy

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/policy"
Text = Annotated[str, Query(max_length=600)]
Short = Annotated[str, Form(max_length=600)]


@dataclass(frozen=True, slots=True)
class PolicyAsked:
    """What a page of the policy is asked for besides; empty where nothing is."""

    before: str = ""
    after: str = ""
    line: str = ""
    number: str = ""
    sample: str = ""

    @property
    def other(self) -> OtherThreshold | None:
        """The threshold that was typed; None if it is none."""
        return typed(self.number, self.sample)


def typed(number: str, sample: str) -> OtherThreshold | None:
    """A threshold as somebody types it; None if it is none."""
    try:
        value = float(number.strip().replace(",", "."))
        return OtherThreshold(value, int(sample) if sample.strip() else None)
    except ValueError:
        return None


def asked(
    before: Annotated[str, Query(alias="from", max_length=64)] = "",
    after: Annotated[str, Query(alias="to", max_length=64)] = "",
    line: Text = "",
    number: Text = "",
    sample: Text = "",
) -> PolicyAsked:
    """What the query has."""
    return PolicyAsked(before, after, line, number, sample)


@router.get(_PAGE)
def page(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    what: Annotated[PolicyAsked, Depends(asked)],
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """The policy; with what differs between two, or whom another number would concern."""
    return HTMLResponse(_page(request, pool, heard, what, done=texts.DONE.get(done, "")))


@router.post(f"{_PAGE}/proposals")
def propose(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    words: Written = "",
    line: Short = "",
    number: Short = "",
    sample: Short = "",
    key: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Propose a change."""
    text = asking.words(words)
    wanted = WantedChange(text or "", line or None, typed(number, sample))
    by = heard.participant or heard.principal.subject
    try:
        with heard.sitting() as sitting:
            proposals.propose(sitting, program, by, wanted, _key(key))
    except ProposalRefused as refused:
        filled = (words, PolicyAsked(line=line, number=number, sample=sample))
        text = _page(
            request, pool, heard, PolicyAsked(), fault=texts.FAULTS[refused.kind], filled=filled
        )
        return HTMLResponse(text, 422)
    return _done(program, "proposed")


@router.post(f"{_PAGE}/answers")
def answer(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    proposal_id: Annotated[str, Form(max_length=64)],
    given: Annotated[Literal["accepted", "declined"], Form(alias="answer")],
    words: Written = "",
) -> Response:
    """Answer a proposal."""
    by = heard.principal.subject
    try:
        with heard.sitting() as sitting:
            proposals.answer(sitting, program, proposal_id, given, asking.words(words) or "", by)
    except ProposalRefused as refused:
        fault = texts.FAULTS[refused.kind]
        text = _page(request, pool, heard, PolicyAsked(), fault=fault)
        return HTMLResponse(text, 409 if refused.kind == "answered" else 404)
    return _done(program, "answered")


def _key(key: str) -> str:
    """The key of a form, by which one that is sent twice acts once; a new one if it has none."""
    return key if len(key) == 36 and key.replace("-", "").isalnum() else str(uuid4())


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "policy", done=done), 303)


def _page(
    request: Request,
    pool: Engine,
    heard: Hearing,
    what: PolicyAsked,
    *,
    done: str = "",
    fault: str = "",
    filled: tuple[str, PolicyAsked] | None = None,
) -> str:
    with heard.docket() as docket:
        view, simulates = policy.read(docket), docket.standing.reads_minutes
        differing = _differing(docket, what)
        result: SimulationShown | None = None
        if simulates and what.line:
            result, failed = _simulated(docket, what)
            fault = fault or failed
        answers = docket.standing.coordinates
    framed = asking.framed(request, pool, heard, "policy")
    return render(
        "mentors/policy.html",
        framed.layout,
        part=is_part(request),
        view=view,
        differing=differing,
        asked=what,
        result=result,
        simulates=simulates,
        answers=answers,
        words=filled[0] if filled else "",
        filled=filled[1] if filled else PolicyAsked(),
        done=done,
        fault=fault,
    )


def _differing(docket: Docket, what: PolicyAsked) -> PolicyDifferencesShown | None:
    if not (what.before and what.after):
        return None
    try:
        return policy.compare(docket, what.before, what.after)
    except UnknownPolicy:
        return None


def _simulated(docket: Docket, what: PolicyAsked) -> tuple[SimulationShown | None, str]:
    """The result, or why there is none."""
    if what.other is None:
        return None, texts.FAULTS["does-not-fit"]
    try:
        return simulated(docket, what.line, what.other), ""
    except ProposalRefused as refused:
        return None, texts.FAULTS[refused.kind]
    except Problem:
        return None, texts.TOO_LONG
