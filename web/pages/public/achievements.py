"""What can be achieved in a program, a badge at a level: its document, its page, its picture."""

from dataclasses import dataclass
from functools import lru_cache

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from credentials import achievement, addresses, card
from credentials.achievement import Achievement
from credentials.artwork.drawing import Art
from web.api.asking import ReadFrom
from web.http.path_ids import PathId
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.pages.public.documents import PublicUrl, asks_for_json, file, linked_data
from web.problems import Problem
from web.rendering.templates import render
from web.sharing import achievements, public_programs
from web.sharing.public_programs import NoPublicProgram
from web.views.moment import Readings

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])

PIXELS = 512
"""The side of a picture of a badge."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An achievement, and how its badge is drawn."""

    achievement: Achievement
    art: Art


@router.get("/achievements/{program}/{badge}.png")
def picture(program: PathId, badge: PathId, readings: ReadFrom) -> Response:
    """The badge alone."""
    return _picture(_known(readings, program, badge, None))


@router.get("/achievements/{program}/{badge}/{level}.png")
def picture_of_level(program: PathId, badge: PathId, level: PathId, readings: ReadFrom) -> Response:
    """The badge alone, at a level."""
    return _picture(_known(readings, program, badge, level))


@router.get("/achievements/{program}/{badge}")
def without_level(
    request: Request, program: PathId, badge: PathId, host: PublicUrl, readings: ReadFrom
) -> Response:
    """A badge without levels."""
    return _answer(request, host, _known(readings, program, badge, None))


@router.get("/achievements/{program}/{badge}/{level}")
def at_level(
    request: Request,
    program: PathId,
    badge: PathId,
    level: PathId,
    host: PublicUrl,
    readings: ReadFrom,
) -> Response:
    """A badge at a level."""
    return _answer(request, host, _known(readings, program, badge, level))


def _answer(request: Request, host: str, offered: Offered) -> Response:
    of = offered.achievement
    if asks_for_json(request):
        return linked_data(request, achievement.achievement_document(host, of))
    text = render(
        "public/achievement.html",
        frame.outside(request),
        achievement=of,
        art_of=offered.art,
        issuer_address=addresses.issuer(host, of.issuer.program),
    )
    return HTMLResponse(text, headers={"Vary": "Accept"})


def _picture(offered: Offered) -> Response:
    return file(drawn(offered.art), "image/png")


@lru_cache(maxsize=64)
def drawn(art: Art) -> bytes:
    """A badge as PNG. Drawing costs 10 ms; a program has some dozen."""
    return card.badge(art, PIXELS)


def _known(readings: Readings, program: str, badge: str, level: str | None) -> Offered:
    with readings.moment() as moment:
        try:
            description = public_programs.find(moment, program)
        except NoPublicProgram:
            raise Problem.not_found() from None
        catalog = moment.engine.generation_for(program).catalog
    offered = achievements.achievement(description, catalog, badge, level)
    if offered is None:
        raise Problem.not_found()
    return Offered(offered, achievements.art(catalog.badge[badge], level))
