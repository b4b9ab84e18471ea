"""What somebody is asked to review: the list, the dossier with the form, handing it back."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.panels import requests
from governance.panels.requests import WhyDeclined
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.pages.committee import asking
from web.pages.committee.asking import Done, ReviewerPage, Written
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering import reviews, wording
from web.rendering.addresses import in_program
from web.rendering.reviews import ReviewForm
from web.rendering.templates import render
from web.rendering.texts import reviews as texts
from web.views.panels import review_reading
from web.views.panels.reviews import ReviewShown

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/reviews"
_ONE = f"{_PAGE}/{{request_id}}"
_ROW = "row."
_MOST_FIELDS = 40
_WHY: tuple[WhyDeclined, ...] = ("conflict", "no_time")
_LEVELS = {str(level): level for level in range(5)}


async def sent_review(request: Request) -> ReviewForm:
    """What the form has of a review. Raises HTTPException for one that is too large."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    texts_of = {name: value for name, value in form.items() if isinstance(value, str)}
    ratings = {
        name.removeprefix(_ROW): value for name, value in texts_of.items() if name.startswith(_ROW)
    }
    return ReviewForm(ratings, texts_of.get("narrative", "").replace("\r\n", "\n"))


@router.get(_PAGE)
def listed(
    request: Request,
    program: PathId,
    heard: ReviewerPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """What who looks is and was asked to review."""
    with heard.docket() as docket:
        view = review_reading.listed(docket)
    framed = asking.framed(request, pool, heard, "reviews")
    return HTMLResponse(
        render(
            "panels/reviews.html",
            framed.layout,
            part=is_part(request),
            view=view,
            open=[reviews.row(line) for line in view.open],
            over=[reviews.row(line) for line in view.over],
            done=texts.DONE.get(done, ""),
        )
    )


@router.get(_ONE)
def one(
    request: Request,
    program: PathId,
    request_id: PathId,
    heard: ReviewerPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """A request, with the dossier and the form."""
    return HTMLResponse(_page(request, pool, heard, request_id, done=texts.DONE.get(done, "")))


@router.post(_ONE)
def give(
    request: Request,
    program: PathId,
    request_id: PathId,
    heard: ReviewerPage,
    pool: PeoplePool,
    sent: Annotated[ReviewForm, Depends(sent_review)],
) -> Response:
    """Give the review, or say what is missing, with all that was chosen and written."""
    written = asking.words(sent.narrative)
    me = asking.own(heard)
    try:
        with heard.sitting() as sitting:
            asked = requests.one(sitting, program, request_id, me)
            rows = [] if asked.rubric is None else [row for row, _ in asked.rubric.rows]
            ratings = {row: _LEVELS[sent.ratings[row]] for row in rows if _is_rated(sent, row)}
            lacking = [row for row in rows if row not in ratings]
            if written is not None and not lacking:
                requests.give(sitting, program, request_id, me, ratings, written)
    except Problem as problem:
        return _refused(request, pool, heard, request_id, sent, problem)
    if written is None or lacking:
        wrong = replace(
            sent,
            faults=dict.fromkeys(lacking, texts.RATE_ROW),
            narrative_fault=texts.BAD_NARRATIVE if written is None else "",
            refused=wording.counted(len(lacking), texts.ROWS_MISSING) if lacking else "",
        )
        return HTMLResponse(_page(request, pool, heard, request_id, wrong), 422)
    return RedirectResponse(in_program(program, "reviews", request_id, done="given"), 303)


@router.post(f"{_ONE}/decline")
def decline(
    request: Request,
    program: PathId,
    request_id: PathId,
    heard: ReviewerPage,
    pool: PeoplePool,
    why: Annotated[str, Form(max_length=20)] = "",
    words: Written = "",
) -> Response:
    """Hand it back, so that somebody else is asked."""
    written = asking.words(words)
    chosen: WhyDeclined | None = next((one for one in _WHY if one == why), None)
    if chosen is None or (written is None and words.strip()):
        form = ReviewForm(why_fault=texts.CHOOSE_WHY)
        return HTMLResponse(_page(request, pool, heard, request_id, form), 422)
    try:
        with heard.sitting() as sitting:
            requests.decline(sitting, program, request_id, asking.own(heard), chosen, written or "")
    except Problem as problem:
        return _refused(request, pool, heard, request_id, ReviewForm(), problem)
    return RedirectResponse(in_program(program, "reviews", done=chosen), 303)


def _is_rated(sent: ReviewForm, row: str) -> bool:
    return sent.ratings.get(row) in _LEVELS


def _refused(
    request: Request,
    pool: Engine,
    heard: Hearing,
    request_id: str,
    sent: ReviewForm,
    problem: Problem,
) -> Response:
    """The page again, with why nothing was kept. Raises a problem that is not about the form."""
    if problem.kind not in texts.REFUSALS:
        raise problem
    form = replace(sent, refused=texts.REFUSALS[problem.kind])
    return HTMLResponse(_page(request, pool, heard, request_id, form), problem.status)


def _page(
    request: Request,
    pool: Engine,
    heard: Hearing,
    request_id: str,
    form: ReviewForm | None = None,
    *,
    done: str = "",
) -> str:
    """The page of a request. Raises Problem where there is none to who asks."""
    with heard.docket() as docket:
        review = review_reading.one(docket, request_id)
    framed = asking.framed(request, pool, heard, "reviews")
    return render(
        "panels/review.html",
        framed.layout,
        part=is_part(request),
        review=review,
        page=reviews.cards(review),
        numbers=_numbers(review),
        form=_merged(form, review),
        done=done,
    )


def _numbers(review: ReviewShown) -> dict[str, int]:
    return {row.row: number for number, row in enumerate(review.rows, start=1)}


def _merged(form: ReviewForm | None, review: ReviewShown) -> ReviewForm:
    """The form as it was sent; of what was not in it, such as where a review was handed back, as it
    begins."""
    begun = reviews.filled(review)
    if form is None:
        return begun
    if not form.ratings and not form.narrative:
        return replace(form, ratings=begun.ratings, narrative=begun.narrative)
    return form
