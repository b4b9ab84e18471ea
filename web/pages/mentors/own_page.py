"""My public page: a mentor turns it on and off, links to work, and chooses testimonials."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy import Engine
from starlette.responses import HTMLResponse, RedirectResponse, Response

from governance.errors import PageRefused
from governance.mentors import exemplars, pages, voices
from web.api.asking import Known, PeoplePool
from web.api.committee.asking import Hearing
from web.http.path_ids import PathId
from web.http.request_metrics import denied
from web.pages.committee import asking
from web.pages.committee.asking import Done, OwnPage
from web.pages.frame import is_part
from web.pages.public.documents import PublicUrl
from web.rendering.addresses import in_program
from web.rendering.templates import render
from web.rendering.texts import mentor_page as texts
from web.sharing.mentor_pages import PublicPages
from web.views.mentors import own_page

router = APIRouter(include_in_schema=False)

_PAGE = "/p/{program}/mentor-page"
Line = Annotated[str, Form(max_length=600)]
Id = Annotated[str, Form(max_length=255)]


@dataclass(frozen=True, slots=True)
class LinkForm:
    """A link as it was sent."""

    title: str
    address: str
    learner: str


@router.get(_PAGE)
def mine(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    host: PublicUrl,
    known: Known,
    done: Done = "",
) -> HTMLResponse:
    """My page, what is on it, and what others see."""
    return HTMLResponse(_page(request, pool, heard, host, done=texts.DONE.get(done, "")))


@router.post(_PAGE)
def write(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    host: PublicUrl,
    slug: Annotated[str, Form(max_length=100)],
    indexed: Annotated[bool, Form()] = False,
) -> Response:
    """Turn it on, or change where it is."""
    try:
        with heard.sitting() as sitting:
            pages.write(
                sitting, program, asking.own(heard), slug.strip(), shown=True, indexed=indexed
            )
    except PageRefused as refused:
        text = _page(request, pool, heard, host, fault=texts.FAULTS[refused.kind], slug=slug)
        return HTMLResponse(text, 422)
    return _done(program, "on")


@router.post(f"{_PAGE}/off")
def turn_off(program: PathId, heard: OwnPage) -> Response:
    """Turn it off. Done already: nothing happens."""
    with heard.sitting() as sitting:
        pages.turn_off(sitting, program, asking.own(heard))
    return _done(program, "off")


@router.post(f"{_PAGE}/links")
def add_link(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    host: PublicUrl,
    title: Line,
    address: Line,
    learner: Id = "",
) -> Response:
    """Add a link to work."""
    sent = LinkForm(title.strip(), address.strip(), learner)
    try:
        with heard.sitting() as sitting:
            me = asking.own(heard)
            exemplars.add(sitting, program, me, sent.title, sent.address, learner or None)
    except PageRefused as refused:
        text = _page(request, pool, heard, host, fault=texts.FAULTS[refused.kind], filled=sent)
        return HTMLResponse(text, 422)
    return _done(program, "added")


@router.post(f"{_PAGE}/links/removed")
def remove_link(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    host: PublicUrl,
    link_id: Id,
) -> Response:
    """Remove a link to work."""
    try:
        with heard.sitting() as sitting:
            exemplars.remove(sitting, program, asking.own(heard), link_id)
    except PageRefused as refused:
        text = _page(request, pool, heard, host, fault=texts.FAULTS[refused.kind])
        return HTMLResponse(text, 404)
    return _done(program, "removed")


@router.post(f"{_PAGE}/voices")
def choose_voice(
    request: Request,
    program: PathId,
    heard: OwnPage,
    pool: PeoplePool,
    host: PublicUrl,
    testimonial_id: Id,
    wanted: Annotated[bool, Form()],
) -> Response:
    """Want a testimonial on the page, or no longer."""
    choose = voices.choose if wanted else voices.end
    try:
        with heard.sitting() as sitting:
            choose(sitting, program, asking.own(heard), testimonial_id)
    except PageRefused as refused:
        text = _page(request, pool, heard, host, fault=texts.FAULTS[refused.kind])
        return HTMLResponse(text, 404)
    return _done(program, "voice")


def _done(program: str, done: str) -> Response:
    return RedirectResponse(in_program(program, "mentor-page", done=done), 303)


def _page(
    request: Request,
    pool: Engine,
    heard: Hearing,
    host: str,
    *,
    done: str = "",
    fault: str = "",
    slug: str | None = None,
    filled: LinkForm | None = None,
) -> str:
    public: PublicPages = request.app.state.mentor_pages
    with heard.sitting() as sitting:
        page = own_page.page_of(sitting, heard.program, asking.own(heard))
        reading = public.read(sitting, page)
        if reading is None:
            raise denied(request)
        view = own_page.read(sitting, reading)
    view = own_page.completed(
        view, public.complete(reading), public.opened(reading.mentor.testimonials)
    )
    framed = asking.framed(request, pool, heard, "mentor-page")
    return render(
        "mentors/own_page.html",
        framed.layout,
        part=is_part(request),
        view=view,
        url=f"{host}/m/{view.slug}",
        host=host,
        slug=view.slug if slug is None else slug,
        filled=filled,
        done=done,
        fault=fault,
    )
