"""What the addresses of a shared award have in common: it is there, has ended, or never was."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from starlette.responses import HTMLResponse, Response

from web.api.asking import ReadFrom
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.problems import Problem
from web.rendering.templates import render
from web.sharing import public
from web.sharing.public import EndedShare, Ending, PublicAward, UnknownShare

GONE = 410


@dataclass(eq=False)
class ShareGone(Exception):
    """What is asked for is shared no longer."""

    why: Ending


def shared_here(
    share_id: str, readings: ReadFrom, limited: Annotated[None, Depends(limit_strangers)]
) -> PublicAward:
    """The award that is shared under an address.

    Raises:
        Problem (too-many-requests, not-found), ShareGone, CatalogAltered
    """
    with readings.moment() as moment:
        try:
            seen = public.look(moment, share_id)
        except UnknownShare:
            raise Problem.not_found() from None
    if isinstance(seen, EndedShare):
        raise ShareGone(seen.why)
    return seen


SharedHere = Annotated[PublicAward, Depends(shared_here)]
"""Of a route under /a/{share_id}."""


def install(app: FastAPI) -> None:
    """Answer what is shared no longer."""

    @app.exception_handler(ShareGone)
    def _gone(request: Request, error: ShareGone) -> Response:
        text = render("public/award_ended.html", frame.outside(request), why=error.why)
        return HTMLResponse(text, GONE)
