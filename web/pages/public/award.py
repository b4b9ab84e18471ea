"""The page of a shared award, and the picture that is shown where the page is linked."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from credentials import addresses
from credentials.card import HEIGHT, WIDTH
from web.api.sharing import PublicHost
from web.pages import frame
from web.pages.public.shared import SharedHere
from web.rendering.templates import render
from web.sharing import cards
from web.sharing.cards import CardMemory
from web.views import shares

router = APIRouter(include_in_schema=False)

_KEPT_SECONDS = 300


async def card_memory(request: Request) -> CardMemory:
    """The pictures that this process keeps."""
    memory: CardMemory = request.app.state.cards
    return memory


@router.get("/a/{share_id}.png")
def picture(award: SharedHere, memory: Annotated[CardMemory, Depends(card_memory)]) -> Response:
    """The picture, whatever version is asked for."""
    return Response(
        memory.png(cards.of(award.shown)),
        media_type="image/png",
        headers={"Cache-Control": f"public, max-age={_KEPT_SECONDS}"},
    )


@router.get("/a/{share_id}")
def page(request: Request, award: SharedHere, host: PublicHost) -> HTMLResponse:
    """The page, for anybody: it asks for no session and sets no cookie."""
    text = render(
        "public/award.html",
        frame.outside(request),
        shown=award.shown,
        url=addresses.share(host, award.share_id),
        picture=shares.picture(host, award),
        size=(WIDTH, HEIGHT),
    )
    return HTMLResponse(text)
