"""What `badge-web notes` does, with the settings of a web process."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.queries.snapshot import Reader
from web import bootstrap, settings
from web.notes import erasure, rewrapping
from web.notes.desk import NotesDesk
from web.notes.erasure import ErasedPerson
from web.notes.opening import NoteOpener
from web.notes.rewrapping import Rewrapping

_SUBJECT = "badge-web notes erase"


def erase_from_audit() -> Iterator[ErasedPerson]:
    """Erase everybody again whom the audit log says was erased; gives those of whom something was
    there.

    Raises:
        SettingsError, DatabaseUnreachable, AuditBroken
    """
    with _desk() as (desk, reader):
        yield from erasure.erase_again(desk, reader, _SUBJECT)


def rewrap() -> Rewrapping:
    """Wrap all keys of recipients to the current master key.

    Raises:
        SettingsError, DatabaseUnreachable
    """
    with _desk() as (desk, _):
        return rewrapping.rewrap(desk)


@contextmanager
def _desk() -> Iterator[tuple[NotesDesk, Reader]]:
    loaded = settings.load()
    loaded.check()
    with bootstrap.pools(loaded) as pools:
        desk = NotesDesk(pools.notes, NoteOpener(loaded.master_keys), loaded.now)
        yield desk, Reader(pools.reader)
