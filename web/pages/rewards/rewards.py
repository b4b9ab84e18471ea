"""Rewards and spotlights: by which rules, for how many, drawn how; and whom the committee
chooses."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.rewards import choosing
from governance.rewards.choosing import RewardChoice
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import Done, OwnPage, PageHeard, VoterPage, Written
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import rewards as texts
from web.views.rewards import reward_reading

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/rewards"
Id = Annotated[str, Form(min_length=1, max_length=255)]


@router.get(_PAGE)
def rewards(
    request: Request,
    program: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """All rewards of the program."""
    return HTMLResponse(_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post(f"{_PAGE}/choices")
def choose(
    request: Request,
    program: PathId,
    heard: VoterPage,
    pool: PeoplePool,
    reward: Id,
    cycle: Id,
    participant: Id,
    words: Written = "",
) -> Response:
    """Sign for somebody, and show the page; or again with why it was not signed."""
    choice = RewardChoice(reward, cycle, participant.strip(), asking.words(words) or "")
    try:
        with heard.sitting() as sitting:
            state = choosing.sign(
                sitting, program, asking.own(heard), heard.principal.authenticated_at, choice
            )
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "granted" if state.granted else "signed")


@router.post(f"{_PAGE}/consents")
def consent(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    reward: Id,
    cycle: Id,
    given: Annotated[bool, Form()],
) -> Response:
    """Let something be shown about oneself, or not any more."""
    try:
        with heard.sitting() as sitting:
            choosing.consent(sitting, program, asking.own(heard), reward, cycle, given=given)
    except Problem as problem:
        return _refused(request, pool, heard, problem)
    return _done(program, "consented" if given else "hidden")


@router.get("/p/{program}/draws/{draw_id}")
def draw(
    request: Request,
    program: PathId,
    draw_id: PathId,
    heard: PageHeard,
    pool: PeoplePool,
    known: Known,
) -> HTMLResponse:
    """A draw, and how everybody can draw it again."""
    with heard.docket() as docket:
        view = reward_reading.draw(docket, draw_id)
    if view is None:
        raise denied(request)
    framed = asking.framed(request, pool, heard, "rewards")
    text = render("rewards/draw.html", framed.layout, part=is_part(request), view=view)
    return HTMLResponse(text)


def _refused(request: Request, pool: Engine, heard: Hearing, problem: Problem) -> HTMLResponse:
    fault = texts.REFUSALS.get(problem.kind)
    if fault is None:
        raise problem
    return HTMLResponse(_page(request, pool, heard, fault=fault), problem.status)


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "rewards", done=done), 303)


def _page(
    request: Request, pool: Engine, heard: Hearing, *, done: str = "", fault: str = ""
) -> str:
    with heard.docket() as docket:
        view = reward_reading.read(docket)
    framed = asking.framed(request, pool, heard, "rewards")
    return render(
        "rewards/rewards.html",
        framed.layout,
        part=is_part(request),
        view=view,
        done=done,
        fault=fault,
    )
