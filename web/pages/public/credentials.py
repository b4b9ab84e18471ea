"""The credential of a shared award, as text and inside a picture of its badge."""

from functools import lru_cache

from fastapi import APIRouter
from starlette.responses import Response

from credentials import baking
from credentials.artwork.drawing import Art
from web.pages.public.achievements import drawn
from web.pages.public.documents import file
from web.pages.public.shared import SharedHere
from web.sharing.public import PublicAward

router = APIRouter(include_in_schema=False)


@router.get("/a/{share_id}/credential.jwt")
def credential(award: SharedHere) -> Response:
    """The credential as it was signed: a compact JWS, as text so that it can be looked at."""
    return _download(_signed(award), "text/plain; charset=utf-8", "credential.jwt")


@router.get("/a/{share_id}/badge.png")
def picture(award: SharedHere) -> Response:
    """The badge with the credential in it."""
    shown = award.shown
    art = Art(
        shown.achievement.badge,
        shown.category,
        level=shown.achievement.level,
        levelled=shown.is_levelled,
    )
    return _download(_baked(art, _signed(award)), "image/png", "badge.png")


def _download(content: bytes | str, media_type: str, name: str) -> Response:
    """Asked for again each time: it is gone as soon as it is no longer shared."""
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'inline; filename="{name}"',
    }
    return file(content, media_type, **headers)


@lru_cache(maxsize=64)
def _baked(art: Art, credential: str) -> bytes:
    return baking.bake(drawn(art), credential)


def _signed(award: PublicAward) -> str:
    assert award.credential.signed is not None, "what is shown is signed"
    return award.credential.signed
