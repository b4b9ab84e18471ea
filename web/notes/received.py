"""The notes of somebody, for themselves; and what they report."""

from collections.abc import Iterable

from directory import names
from engine.queries import notes
from engine.queries.notes import NotedKudos
from engine.store.awards.kudos import KudosReceived, KudosWanted
from engine.store.postgres.connection import transaction
from events.instants import from_datetime
from web.notes.desk import NotesDesk
from web.store import note_reads, note_reports
from web.store.note_reads import NEVER_READ
from web.views import cursors, people
from web.views.moment import Moment
from web.views.notes import CoordinatorReads, NotesToMe, NoteToMe


class UnknownNote(Exception):
    """Somebody has no kudos of this id with a note."""


def read(
    desk: NotesDesk, moment: Moment, program: str, me: str, after: str | None, limit: int
) -> NotesToMe:
    """My latest notes, or those behind `after`.

    Raises:
        BadCursor, CatalogAltered
    """
    before = None if after is None else cursors.position(after)
    noted = notes.with_notes(moment.engine, program, KudosWanted(recipient=me), before, limit)
    last = noted.kudos[-1].position if noted.more else None
    return NotesToMe(
        items=_opened(desk, moment, program, noted), next=cursors.cursor(*last) if last else None
    )


def read_one(desk: NotesDesk, moment: Moment, program: str, me: str, kudos_id: str) -> NoteToMe:
    """One of my notes.

    Raises:
        UnknownNote, CatalogAltered
    """
    shown = _opened(desk, moment, program, _mine(moment, program, me, kudos_id))
    if not shown:
        raise UnknownNote
    return shown[0]


def report(desk: NotesDesk, moment: Moment, program: str, me: str, kudos_id: str) -> None:
    """Let coordinators see that a note of mine is not as it should be. Safe to repeat.

    Raises:
        UnknownNote, CatalogAltered
    """
    if not _mine(moment, program, me, kudos_id).kudos:
        raise UnknownNote
    with transaction(desk.pool) as tx:
        note_reports.add(tx, program, kudos_id, desk.now())


def _mine(moment: Moment, program: str, me: str, kudos_id: str) -> NotedKudos:
    wanted = KudosWanted(recipient=me, ids=[kudos_id])
    return notes.with_notes(moment.engine, program, wanted, None, 1)


def _opened(desk: NotesDesk, moment: Moment, program: str, noted: NotedKudos) -> list[NoteToMe]:
    if not noted.kudos:
        return []
    ids = [given.kudos_id for given in noted.kudos]
    with transaction(desk.pool) as tx:
        stored = notes.stored(tx, noted.kudos)
        reads = note_reads.tallies(tx, program, ids)
        reported = note_reports.known(tx, program, ids)
    givers = names.people(moment.directory, program, _givers(noted.kudos))
    shown = []
    for given in noted.kudos:
        if given.award_id not in stored:
            continue  # deleted since
        opened = desk.opener.open(given, stored[given.award_id], "recipient")
        tally = reads.get(given.kudos_id, NEVER_READ)
        last = None if tally.last is None else from_datetime(tally.last)
        shown.append(
            NoteToMe(
                kudos_id=given.kudos_id,
                kind=given.badge,
                name=noted.badges[given.badge].title,
                artwork=given.badge,
                loop_id=given.loop,
                giver=people.of(givers[given.giver]),
                at=given.time,
                note=opened.note,
                state=opened.state,
                coordinator_reads=CoordinatorReads(count=tally.times, last=last),
                reported=given.kudos_id in reported,
            )
        )
    return shown


def _givers(given: Iterable[KudosReceived]) -> set[str]:
    return {one.giver for one in given}
