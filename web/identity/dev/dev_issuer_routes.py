"""The dev issuer over HTTP, under /dev/issuer, for requests from this machine only."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from engine.loopback import is_loopback
from web.identity.bodies import bounded_body
from web.identity.dev.dev_issuer import DevIssuer, GrantRefused
from web.identity.dev.personas import Persona
from web.identity.identity_policy import DEV_ISSUER_PATH
from web.identity.login.sign_in_pages import PersonaLink, SignInPages
from web.identity.tokens.jwks import DISCOVERY
from web.problems import Problem

_HEADERS = {"X-Demonstration": "Demonstration", "Cache-Control": "no-store"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via")


def routes(issuer: DevIssuer, pages: SignInPages) -> APIRouter:
    """Discovery, keys, the authorize page, the token endpoint, and tokens for the API."""
    router = APIRouter(
        prefix=DEV_ISSUER_PATH, include_in_schema=False, dependencies=[Depends(_from_this_machine)]
    )

    @router.get(DISCOVERY)
    async def discovery() -> Response:
        return _json(issuer.discovery())

    @router.get("/jwks.json")
    async def jwks() -> Response:
        return _json(issuer.jwks())

    @router.get("/authorize")
    def authorize(request: Request) -> Response:
        asked = dict(request.query_params)
        persona = issuer.persona(asked.get("persona", asked.get("login_hint", "")))
        try:
            issuer.check(asked)
            if persona is not None:
                return RedirectResponse(issuer.granted(asked, persona), 303, _HEADERS)
        except GrantRefused as error:
            return _json({"error": str(error)}, 400)
        page = pages.personas(request, _links(issuer.personas(), asked))
        page.headers.update(_HEADERS)
        return page

    @router.post("/token")
    async def token(request: Request) -> Response:
        body = await bounded_body(request)
        try:
            return _json(issuer.token(dict(parse_qsl(body.decode("ascii", "replace")))))
        except GrantRefused as error:
            return _json({"error": str(error)}, 400)

    @router.get("/token")
    def token_for_api(persona: str) -> Response:
        known = issuer.persona(persona)
        if known is None:
            raise Problem.not_found()
        return _json({"access_token": issuer.access_token(known)})

    return router


def _from_this_machine(request: Request) -> None:
    """Nothing is here for a request that came through a proxy, or under a name that only leads
    here (DNS rebinding)."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    if not is_loopback(host) or any(name in request.headers for name in _FORWARDED):
        raise Problem.not_found()


def _json(content: Mapping[str, Any], status: int = 200) -> Response:
    return JSONResponse(content, status, headers=_HEADERS)


def _links(personas: Sequence[Persona], asked: Mapping[str, str]) -> list[PersonaLink]:
    """Links, each this request again with a persona."""
    return [
        PersonaLink(
            f"{DEV_ISSUER_PATH}/authorize?{urlencode({**asked, 'persona': persona.id})}",
            persona.label,
        )
        for persona in personas
    ]
