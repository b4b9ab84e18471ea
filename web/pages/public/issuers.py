"""A program as an issuer of credentials, and the keys that it signs with."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, Response

from credentials import achievement, addresses
from directory.programs import ProgramDescription
from engine.store.postgres.connection import transaction
from web.api.asking import PeoplePool, ReadFrom
from web.http.path_ids import PathId
from web.identity.authenticate import limit_strangers
from web.pages import frame
from web.pages.public.documents import (
    PublicUrl,
    Signing,
    asks_for_json,
    document,
    linked_data,
)
from web.problems import Problem
from web.rendering.templates import render
from web.sharing import achievements, public_programs
from web.sharing.public_programs import NoPublicProgram
from web.store import status_lists
from web.views.moment import Readings

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])


@router.get("/issuers/{program}")
def issuer(request: Request, program: PathId, host: PublicUrl, readings: ReadFrom) -> Response:
    """Who issues: as JSON to programs, as a page to people."""
    description = _known(readings, program)
    issuing = achievements.issuer(description)
    if asks_for_json(request):
        return linked_data(request, achievement.issuer_document(host, issuing))
    text = render(
        "public/issuer.html",
        frame.outside(request),
        issuer=issuing,
        support=description.support_url,
    )
    return HTMLResponse(text, headers={"Vary": "Accept"})


@router.get("/issuers/{program}/keys/{thumbprint}")
def issuers_key(program: PathId, thumbprint: PathId, readings: ReadFrom, keys: Signing) -> Response:
    """A key that credentials of the program name: one JWK."""
    key = keys.public(thumbprint)
    if key is None:
        raise Problem.not_found()
    _known(readings, program)
    return document(key, "application/jwk+json")


@router.get("/.well-known/jwks.json")
def all_keys(host: PublicUrl, pool: PeoplePool, keys: Signing) -> Response:
    """The keys of every program that ever issued a credential: a JWK set."""
    with transaction(pool) as tx:
        issuers = status_lists.programs(tx)
    return document(keys.jwks(addresses.issuer(host, program) for program in issuers))


def _known(readings: Readings, program: str) -> ProgramDescription:
    try:
        with readings.moment() as moment:
            return public_programs.find(moment, program)
    except NoPublicProgram:
        raise Problem.not_found() from None
