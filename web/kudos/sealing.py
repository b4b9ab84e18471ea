"""Seals notes before they are stored: nothing here, and nothing behind here, can read them."""

from sqlalchemy import Engine

from engine.store.note_keys import NoteOwner, keys_for, look_up
from engine.store.postgres.connection import transaction
from events.public_key import PublicKey
from events.sealing import seal_note
from web.store.gifts import Gift


class NoteSealer:
    """Seals to the key of each recipient; one that is missing is made, and wrapped to `master`.
    `notes`: connections of the role badge_notes."""

    def __init__(self, notes: Engine, master: PublicKey) -> None:
        self._notes = notes
        self._master = master

    def __call__(self, gift: Gift, note: str) -> str | None:
        """The sealed note of a gift; None if its recipient was erased."""
        owner = NoteOwner(gift.program, gift.recipient)
        with transaction(self._notes) as tx:
            key = look_up(tx, owner) or keys_for(tx, [owner], self._master)[owner]
        if key is None:
            return None
        return seal_note(
            note,
            key,
            program_id=gift.program,
            loop_id=gift.loop,
            kudos_id=gift.kudos_id,
            recipient_id=gift.recipient,
        )
