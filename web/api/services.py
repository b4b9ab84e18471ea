"""What services of the platform do for a person: seal notes to them, erase them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from engine.store.postgres.connection import transaction
from web.api.asking import Desk, Known, PeoplePool, ReadFrom, service
from web.http.path_ids import PathId
from web.identity.principal import Principal
from web.live.changes import Listener
from web.live.hub import Hub
from web.notes import erasure, recipient_keys
from web.notes.recipient_keys import PersonErased
from web.problems import Problem
from web.views import erasure as erasures
from web.views.erasure import ErasureReport
from web.views.model import View

router = APIRouter(prefix="/v1/programs/{program}/people/{participant}", tags=["service"])


class NoteKey(View):
    """A public key (JWK, RFC 8037)."""

    kty: str
    crv: str
    kid: str
    x: str


@router.get("/note-key", operation_id="getNoteKey")
def note_key(
    program: PathId,
    participant: PathId,
    asker: Annotated[Principal, Depends(service("keys"))],
    desk: Desk,
    pool: PeoplePool,
    known: Known,
) -> NoteKey:
    """The key to seal notes to somebody with; made if they have none. 410 for somebody who was
    erased, until they are described again."""
    with transaction(pool) as directory:
        try:
            key = recipient_keys.read(desk, directory, program, participant)
        except PersonErased:
            raise Problem("gone") from None
    return NoteKey.model_validate(key.jwk())


@router.delete("/personal-data", operation_id="erasePersonalData")
def erase(
    request: Request,
    program: PathId,
    participant: PathId,
    asker: Annotated[Principal, Depends(service("erase"))],
    desk: Desk,
    readings: ReadFrom,
    known: Known,
    given_notes: Annotated[bool, Query(description="Also the notes that they wrote")] = False,
) -> ErasureReport:
    """Erase what is personal of somebody: their key and so all notes to them, name, address,
    sessions, preferences, gifts. Facts and awards stay under the pseudonym. Safe to repeat."""
    done = erasure.erase(
        desk, readings.reader, program, participant, asker.subject, given_notes=given_notes
    )
    hub: Hub = request.app.state.hub
    hub.end_of(Listener(program, participant))
    return erasures.of(program, participant, done)
