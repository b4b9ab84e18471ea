"""The lists that say which credentials were withdrawn."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from engine.store.postgres.connection import transaction
from web.api.asking import PeoplePool
from web.identity.authenticate import limit_strangers
from web.pages.public.documents import PublicUrl, Signing, file
from web.problems import Problem
from web.sharing import issuing
from web.store import status_lists

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_strangers)])

_MOST_DIGITS = 9
MEDIA_TYPE = "application/vc+jwt"


@router.get("/credentials/status/{number}")
def one_list(
    request: Request, number: str, host: PublicUrl, keys: Signing, pool: PeoplePool
) -> Response:
    """A list as a signed credential: signed at the first read after one of it was withdrawn."""
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        raise Problem.not_found()
    now: datetime = request.app.state.settings.now()
    with transaction(pool) as tx:
        listed = status_lists.find(tx, int(number))
        if listed is None or number != str(listed.list):
            raise Problem.not_found()
        signed = listed.signed
        if signed is None:
            # No other is withdrawn until this is kept; after that it is signed again.
            withdrawn = status_lists.revoked(tx, listed.list)
            signed = issuing.list_withdrawn(keys, host, listed.program, listed.list, withdrawn, now)
            status_lists.keep(tx, listed.list, signed, now)
    return file(signed, MEDIA_TYPE)
