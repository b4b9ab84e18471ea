"""Who I am: my programs and roles."""

from typing import Annotated

from fastapi import APIRouter, Depends

from engine.store.postgres.connection import transaction
from web.api.asking import Known, PeoplePool
from web.identity.authenticate import identify
from web.identity.principal import Principal
from web.views import me
from web.views.me import Myself

router = APIRouter(tags=["me"])


@router.get("/v1/me", operation_id="getMe")
def read(
    principal: Annotated[Principal, Depends(identify)], pool: PeoplePool, known: Known
) -> Myself:
    """My programs, and what I am in each."""
    with transaction(pool) as tx:
        return me.read(tx, principal)
