"""What all that has to do with notes needs: who may read them sealed, what opens them, the time."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from web.notes.opening import NoteOpener


@dataclass(frozen=True, slots=True)
class NotesDesk:
    """Made once a process. `pool`: connections of the role badge_notes."""

    pool: Engine
    opener: NoteOpener
    now: Callable[[], datetime]


def hash_of(subject: str) -> bytes:
    """Somebody who reads, as the tables have them: the audit log alone names them."""
    return hashlib.sha256(subject.encode()).digest()
