"""The pages of fairness reports over made-up mentors."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from tests.pages import fairness_samples
from tests.pages.frames import layout, page
from web.rendering.texts import fairness as texts

router = APIRouter()


@router.get("/p/{program}/fairness")
def report(request: Request, program: str, chair: bool = False) -> HTMLResponse:
    return page(
        request,
        "outcomes/fairness.html",
        layout(request, program, "fairness"),
        view=fairness_samples.REPORTS[program],
        may_answer=chair,
        done=texts.DONE["answered"] if chair else "",
    )


@router.get("/p/{program}/fairness/mine")
def mine(request: Request, program: str, done: str = "") -> HTMLResponse:
    return page(
        request,
        "outcomes/own_groups.html",
        layout(request, program, "fairness"),
        groups=fairness_samples.GROUPS[program],
        done=texts.DONE.get(done, ""),
    )
