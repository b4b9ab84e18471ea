"""The pages of reviews over made-up requests."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tests.pages import review_samples
from tests.pages.frames import coordinator, layout, page
from web.rendering import panels, reviews
from web.rendering.layout import Layout
from web.rendering.panels import PanelForm
from web.rendering.texts import panels as panel_texts
from web.rendering.texts import reviews as texts

router = APIRouter()


@router.get("/p/{program}/reviews")
def of_reviewer(request: Request, program: str, done: bool = False) -> HTMLResponse:
    view = review_samples.LISTS[program]
    return page(
        request,
        "panels/reviews.html",
        _reviewer(request, program),
        view=view,
        open=[reviews.row(line) for line in view.open],
        over=[reviews.row(line) for line in view.over],
        done=texts.DONE["given"] if done else "",
    )


@router.get("/p/{program}/reviews/{request_id}")
def one(request: Request, program: str, request_id: str, wrong: bool = False) -> HTMLResponse:
    review = review_samples.REVIEWS[request_id]
    form = reviews.filled(review)
    if wrong:
        form = replace(
            form,
            faults={"understanding": texts.RATE_ROW},
            narrative_fault=texts.BAD_NARRATIVE,
            why_fault=texts.CHOOSE_WHY,
            refused=texts.ROWS_MISSING[0].format(n=1),
        )
    return page(
        request,
        "panels/review.html",
        _reviewer(request, program),
        review=review,
        page=reviews.cards(review),
        numbers={row.row: number for number, row in enumerate(review.rows, start=1)},
        form=form,
        done="",
    )


@router.get("/p/{program}/panels")
def of_program(
    request: Request, program: str, of: str = "", wrong: bool = False, seats: bool = False
) -> HTMLResponse:
    view = review_samples.PANELS[program]
    auditor = of == "auditor"
    around = _reviewer(request, program) if auditor else coordinator(request, program, "cases")
    form = PanelForm()
    if wrong:
        fault = panel_texts.REASON_NEEDED if auditor else panel_texts.BAD_DAYS
        form = PanelForm("open" if auditor else "lacking", days="soon", fault=fault)
    elif seats:
        form = PanelForm("open", seats=review_samples.SEATS)
    return page(
        request,
        "panels/panels.html",
        around,
        view=view,
        open=panels.rows(view.open),
        closed=panels.rows(view.closed),
        auditor=auditor,
        form=form,
        done="",
    )


def _reviewer(request: Request, program: str) -> Layout:
    around = layout(request, program, "reviews")
    return replace(around, committee=True, governs=frozenset({"reviewer"}))
