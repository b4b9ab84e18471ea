"""A new master key takes over: recipients' keys are wrapped to it, and notes stay as they are.

Afterwards the old key opens nothing that the database has, and may leave the file.
"""

from typing import NamedTuple

from engine.store import note_keys
from engine.store.postgres.connection import transaction
from web.notes.desk import NotesDesk


class Rewrapping(NamedTuple):
    """How many keys were changed, how many were already, and how many do not open."""

    changed: int
    already: int
    unopenable: int


def rewrap(desk: NotesDesk) -> Rewrapping:
    """Wrap every recipient's key to the current master key. Safe to repeat, and while processes
    run: a key that is erased meanwhile stays erased."""
    done = already = unopenable = 0
    with transaction(desk.pool) as tx:
        known = note_keys.every_wrapped(tx)
    for owner, wrapped in known:
        if desk.opener.is_current(wrapped):
            already += 1
            continue
        again = desk.opener.rewrapped(wrapped)
        if again is None:
            unopenable += 1
            continue
        with transaction(desk.pool) as tx:
            done += note_keys.replace_wrapped(tx, owner, wrapped, again)
    return Rewrapping(done, already, unopenable)
