"""The public page of a mentor, for anybody: off, never made and unknown look alike."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from web.api.asking import Known
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.pages.public.documents import PublicUrl
from web.problems import Problem
from web.rendering.templates import render
from web.sharing.mentor_pages import PublicPages

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])

UNLISTED = {"X-Robots-Tag": "noindex, nofollow"}
"""Of a page that search engines are asked not to list."""


@router.get("/m/{slug}")
def page(request: Request, slug: str, host: PublicUrl, known: Known) -> HTMLResponse:
    """The page: it asks for no session, sets no cookie, and is read again at each look."""
    pages: PublicPages = request.app.state.mentor_pages
    mentor = pages.at(slug)
    if mentor is None:
        raise Problem.not_found()
    text = render(
        "mentors/public_page.html",
        frame.outside(request),
        mentor=mentor,
        url=f"{host}/m/{slug}",
        host=host,
    )
    return HTMLResponse(text, headers=None if mentor.indexed else UNLISTED)
