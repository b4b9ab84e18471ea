"""Anchors: raters rate them one after the other, coordinators keep them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.calibration import keeping, rating
from governance.calibration.keeping import AnchorGiven
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import CoordinatingPage, Done, ReviewerPage
from web.pages.frame import is_part
from web.problems import Problem
from web.rendering import wording
from web.rendering.addresses import in_program
from web.rendering.calibrations import KeepForm, RatingForm
from web.rendering.templates import render
from web.rendering.texts import calibrations as texts
from web.views.panels import anchor_reading
from web.views.panels.calibrations import AnchorToRate

router = APIRouter(include_in_schema=False)

_ANCHOR = "/p/{program}/calibrations/{calibration_id}/anchors/{number}"
_ROW = "row."
_MOST_FIELDS = 40
_LEVELS = {str(level): level for level in range(5)}
Number = Annotated[str, Path(max_length=9)]


async def sent_fields(request: Request) -> dict[str, str]:
    """The fields of a form. Raises HTTPException for one that is too large."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(sent_fields)]


@router.get(_ANCHOR)
def one(
    request: Request,
    program: PathId,
    calibration_id: PathId,
    number: Number,
    heard: ReviewerPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """An anchor, with what who looks gave it."""
    words = texts.DONE.get(done, "")
    return HTMLResponse(_rating_page(request, pool, heard, calibration_id, number, done=words))


@router.post(_ANCHOR)
def rate(
    request: Request,
    program: PathId,
    calibration_id: PathId,
    number: Number,
    heard: ReviewerPage,
    pool: PeoplePool,
    sent: Sent,
) -> Response:
    """Rate it, and go on to the next one that is not rated; or say what is missing."""
    me, chosen = asking.own(heard), _ratings(sent)
    form = RatingForm(chosen)
    try:
        with heard.sitting() as sitting:
            sheet = rating.sheet(sitting, program, calibration_id, me)
            rows = [row for row, _ in sheet.rubric.rows]
            lacking = [row for row in rows if chosen.get(row) not in _LEVELS]
            if not lacking:
                given = {row: _LEVELS[chosen[row]] for row in rows}
                place = int(number) if number.isdecimal() else 0
                sheet = rating.rate(sitting, program, calibration_id, me, place, given)
    except Problem as problem:
        if problem.kind not in ("not-in-state", "not-allowed"):
            raise
        refused = RatingForm(chosen, refused=problem.sentence or "")
        page = _rating_page(request, pool, heard, calibration_id, number, refused)
        return HTMLResponse(page, problem.status)
    if lacking:
        faults = dict.fromkeys(lacking, texts.RATE_ROW)
        form = RatingForm(chosen, faults, wording.counted(len(lacking), texts.ROWS_MISSING))
        page = _rating_page(request, pool, heard, calibration_id, number, form)
        return HTMLResponse(page, 422)
    following = anchor_reading.next_number(sheet)
    if following is None:
        return RedirectResponse(in_program(program, "calibrations", done="rated"), 303)
    return RedirectResponse(
        in_program(
            program, "calibrations", calibration_id, "anchors", str(following), done="saved"
        ),
        303,
    )


@router.get("/p/{program}/anchors")
def kept(
    request: Request,
    program: PathId,
    heard: CoordinatingPage,
    pool: PeoplePool,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """All anchors, with what they were agreed to be."""
    return HTMLResponse(_kept_page(request, pool, heard, done=texts.DONE.get(done, "")))


@router.post("/p/{program}/anchors")
def keep(
    request: Request, program: PathId, heard: CoordinatingPage, pool: PeoplePool, sent: Sent
) -> Response:
    """Keep one, or say what is wrong, with all that was written."""
    form = KeepForm(
        sent.get("rubric", ""),
        sent.get("title", ""),
        sent.get("text", "").replace("\r\n", "\n"),
        sent.get("whose", ""),
        _ratings(sent),
        "consent" in sent,
    )
    if not form.consent:
        return _not_kept(request, pool, heard, form, texts.NO_CONSENT, 422)
    ratings = {row: _LEVELS[of] for row, of in form.ratings.items() if of in _LEVELS}
    given = AnchorGiven(form.rubric, form.title, form.text, ratings, form.whose)
    try:
        with heard.sitting() as sitting:
            keeping.keep(sitting, program, heard.principal.subject, given)
    except Problem as problem:
        if problem.kind not in ("not-allowed", "invalid"):
            raise
        fault = problem.sentence or texts.NO_RUBRIC
        return _not_kept(request, pool, heard, form, fault, problem.status)
    return RedirectResponse(in_program(program, "anchors", done="kept"), 303)


@router.post("/p/{program}/anchors/{anchor_id}/retire")
def retire(program: PathId, anchor_id: PathId, heard: CoordinatingPage) -> Response:
    """Let one be in no new calibration."""
    with heard.sitting() as sitting:
        keeping.retire(sitting, program, anchor_id, heard.principal.subject)
    return RedirectResponse(in_program(program, "anchors", done="retired"), 303)


def _ratings(sent: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix(_ROW): of for name, of in sent.items() if name.startswith(_ROW)}


def _not_kept(
    request: Request, pool: Engine, heard: Hearing, form: KeepForm, fault: str, status: int
) -> Response:
    wrong = KeepForm(
        form.rubric, form.title, form.text, form.whose, form.ratings, form.consent, fault
    )
    return HTMLResponse(_kept_page(request, pool, heard, wrong), status)


def _kept_page(
    request: Request, pool: Engine, heard: Hearing, form: KeepForm | None = None, *, done: str = ""
) -> str:
    with heard.docket() as docket:
        view = anchor_reading.kept(docket)
    framed = asking.framed(request, pool, heard, "cases")
    return render(
        "panels/anchors.html",
        framed.layout,
        part=is_part(request),
        view=view,
        form=form or KeepForm(),
        done=done,
    )


def _rating_page(
    request: Request,
    pool: Engine,
    heard: Hearing,
    calibration_id: str,
    number: str,
    form: RatingForm | None = None,
    *,
    done: str = "",
) -> str:
    """The page of an anchor. Raises Problem where there is none to who asks."""
    with heard.sitting() as sitting:
        sheet = rating.sheet(sitting, heard.program, calibration_id, asking.own(heard))
    view = anchor_reading.to_rate(sheet, int(number) if number.isdecimal() else 0)
    if view is None:
        raise denied(request)
    framed = asking.framed(request, pool, heard, "reviews")
    return render(
        "panels/anchor.html",
        framed.layout,
        part=is_part(request),
        anchor=view,
        numbers={row.row: place for place, row in enumerate(view.rows, start=1)},
        form=form or filled(view),
        done=done,
    )


def filled(view: AnchorToRate) -> RatingForm:
    """The form as it begins: with what was given before."""
    return RatingForm({row: str(of) for row, of in (view.given or {}).items()})
