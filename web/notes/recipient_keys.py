"""The public key that notes to somebody are sealed to, for services that seal themselves."""

from directory.erased import described_since
from engine.store import note_keys
from engine.store.note_keys import NoteOwner
from engine.store.postgres.connection import Transaction, transaction
from events.public_key import PublicKey
from web.notes.desk import NotesDesk


class PersonErased(Exception):
    """Somebody was erased, and nobody has described them since."""


def read(desk: NotesDesk, directory: Transaction, program: str, participant: str) -> PublicKey:
    """The key of somebody, made if they have none: also a new one for who was erased and then
    described again. `directory`: a transaction that reads who is who.

    Raises:
        PersonErased
    """
    owner = NoteOwner(program, participant)
    master = desk.opener.master
    with transaction(desk.pool) as tx:
        key = note_keys.keys_for(tx, [owner], master)[owner]
        if key is None and described_since(directory, program, participant):
            key = note_keys.renew(tx, owner, master)
    if key is None:
        raise PersonErased
    return key
