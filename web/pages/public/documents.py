"""How documents for anybody are answered: from any site, and kept for a while."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import JSONResponse, Response

from credentials.signing import SigningKeys
from web.http.accepting import prefers_json

SECONDS = 300
"""For how long an answer may be kept: so much later others may learn of a change."""

_ANYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": f"public, max-age={SECONDS}",
}


def document(members: Mapping[str, Any], media_type: str = "application/json") -> Response:
    """A JSON document."""
    return JSONResponse(members, headers=_ANYBODY, media_type=media_type)


def linked_data(request: Request, members: Mapping[str, Any]) -> Response:
    """A JSON-LD document at an address that also has a page."""
    asked = "application/ld+json" in request.headers.get("accept", "")
    answer = document(members, "application/ld+json" if asked else "application/json")
    answer.headers["Vary"] = "Accept"
    return answer


def file(content: bytes | str, media_type: str, **headers: str) -> Response:
    """Something to download."""
    return Response(content, media_type=media_type, headers={**_ANYBODY, **headers})


def asks_for_json(request: Request) -> bool:
    """Whether a document is wanted rather than a page."""
    return prefers_json(request.headers.get("accept", ""))


async def public_url(request: Request) -> str:
    """Scheme and host of these pages, as others call them."""
    origin: str = request.app.state.settings.identity.origin
    return origin


async def signing_keys(request: Request) -> SigningKeys:
    """The keys that sign credentials here."""
    keys: SigningKeys = request.app.state.settings.signing_keys
    return keys


PublicUrl = Annotated[str, Depends(public_url)]
Signing = Annotated[SigningKeys, Depends(signing_keys)]
