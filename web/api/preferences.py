"""My preferences: read with an ETag, changed with If-Match."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from engine.store.postgres.connection import transaction
from notifier.rules.preferences import Preferences
from notifier.store import preferences
from web.api.asking import Known, Me, PeoplePool
from web.api.json_bodies import json_body
from web.http.path_ids import PathId
from web.problems import Problem
from web.views.preferences import PreferencesChosen, PreferencesShown, applied, shown

router = APIRouter(prefix="/v1/programs/{program}/me/preferences", tags=["me"])


@router.get("", operation_id="getMyPreferences")
def read(
    program: PathId, me: Me, pool: PeoplePool, response: Response, known: Known
) -> PreferencesShown:
    """What I have chosen."""
    with transaction(pool) as tx:
        chosen = preferences.read(tx, program, me)
    response.headers["ETag"] = _etag(chosen)
    return shown(chosen)


@router.put("", operation_id="putMyPreferences")
def write(
    program: PathId,
    me: Me,
    pool: PeoplePool,
    response: Response,
    known: Known,
    chosen: Annotated[PreferencesChosen, Depends(json_body(PreferencesChosen))],
    if_match: Annotated[str | None, Header(description="The ETag of what is changed, or *")] = None,
) -> PreferencesShown:
    """Choose, if nothing was changed since I read it."""
    if if_match is None:
        raise Problem("precondition-required")
    expected = _version(if_match)
    stored: Preferences | None
    with transaction(pool) as tx:
        if expected is None:
            stored = preferences.change(tx, program, me, lambda before: applied(before, chosen))
        else:
            wanted = applied(preferences.read(tx, program, me), chosen)
            stored = preferences.write(tx, program, me, wanted, expected)
    if stored is None:
        raise Problem("precondition-failed")
    response.headers["ETag"] = _etag(stored)
    return shown(stored)


def _etag(chosen: Preferences) -> str:
    return f'"{chosen.version}"'


def _version(if_match: str) -> int | None:
    """The version that an If-Match names; None for any."""
    if if_match.strip() == "*":
        return None
    text = if_match.strip().strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Problem("precondition-failed")
    return int(text)
