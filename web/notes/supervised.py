"""Notes of a program for its coordinators: never without a purpose, and never without a trace.

Each answer is one entry of the audit log, written in the transaction that reads the notes and
before any is opened; and each note's recipient sees how often it was read.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from directory import lookup, programs
from engine.queries import notes
from engine.queries.notes import NotedKudos
from engine.store import audit_log
from engine.store.awards.kudos import KudosWanted
from engine.store.postgres.connection import Transaction, transaction
from events.instants import Instant, from_datetime
from web.notes.desk import NotesDesk, hash_of
from web.store import note_reads, note_reports
from web.views import cursors, people
from web.views.moment import Moment
from web.views.notes import NoteInProgram, NotesInProgram

ACTION = "notes.read"
MOST_CHARACTERS = 200
"""Of a purpose."""
MOST_AN_HOUR = 600
"""Notes that one coordinator may read in any hour."""
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class TooManyNotes(Exception):
    """A coordinator has read as many notes as they may. `wait`: seconds until more."""

    def __init__(self, wait: int) -> None:
        super().__init__("too many notes in an hour")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notes. `since`, `until`: days in the program's time zone, both included. `reported`:
    only those whose reports nobody has settled."""

    recipient: str | None = None
    giver: str | None = None
    loop: str | None = None
    since: date | None = None
    until: date | None = None
    reported: bool = False


def readable_purpose(sent: str) -> str | None:
    """A purpose as it is written down; None if there is nothing to read in it, or too much. Of a
    header, which may be UTF-8 though HTTP says Latin-1."""
    try:
        text = sent.encode("latin-1").decode()
    except UnicodeError:
        text = sent
    text = text.strip()
    return text if 1 <= len(text) <= MOST_CHARACTERS and text.isprintable() else None


def read(
    desk: NotesDesk,
    moment: Moment,
    program: str,
    subject: str,
    purpose: str,
    wanted: Wanted,
    after: str | None = None,
    limit: int = 20,
    *,
    reported_first: bool = False,
) -> NotesInProgram:
    """The latest wanted notes of a program, for a coordinator. `subject`: who reads, as the audit
    log names them; `purpose`: why. `reported_first`: the first page begins with those whose reports
    nobody has settled, and no page has them again.

    Raises:
        BadCursor, CatalogAltered, TooManyNotes
    """
    before = None if after is None else cursors.position(after)
    of_kudos = _wanted(moment, program, wanted)
    with transaction(desk.pool) as tx:
        waiting = note_reports.waiting(tx, program) if wanted.reported or reported_first else []
        if wanted.reported:
            of_kudos = of_kudos._replace(ids=waiting)
        elif reported_first:
            of_kudos = of_kudos._replace(but=waiting)
        noted = notes.with_notes(moment.engine, program, of_kudos, before, limit)
        last = noted.kudos[-1].position if noted.more else None
        if reported_first and not wanted.reported and before is None and waiting:
            first = of_kudos._replace(ids=waiting, but=())
            noted = _joined(notes.with_notes(moment.engine, program, first, None, limit), noted)
        ids = [given.kudos_id for given in noted.kudos]
        stored = notes.stored(tx, noted.kudos)
        reports = note_reports.known(tx, program, ids)
        _record(desk, tx, program, subject, purpose, ids)
    known, labels = lookup.of(moment.directory, program, *_named(noted))
    items = []
    for given in noted.kudos:
        if given.award_id not in stored:
            continue  # deleted since
        opened = desk.opener.open(given, stored[given.award_id], "coordinator")
        loop = labels.get(given.loop)
        items.append(
            NoteInProgram(
                kudos_id=given.kudos_id,
                kind=given.badge,
                name=noted.badges[given.badge].title,
                artwork=given.badge,
                giver=people.of(known[given.giver]),
                recipient=people.of(known[given.recipient]),
                loop_id=given.loop,
                loop_name=loop.name if loop is not None else None,
                at=given.time,
                note=opened.note,
                state=opened.state,
                reported=reports.get(given.kudos_id, "settled") is None,
            )
        )
    return NotesInProgram(items=items, next=cursors.cursor(*last) if last else None)


def _joined(first: NotedKudos, then: NotedKudos) -> NotedKudos:
    return NotedKudos(first.kudos + then.kudos, first.badges | then.badges, then.more)


def _wanted(moment: Moment, program: str, wanted: Wanted) -> KudosWanted:
    since = until = None
    if wanted.since is not None or wanted.until is not None:
        zone = ZoneInfo(programs.described(moment.directory, program).timezone)
        since = None if wanted.since is None else _begin_of(wanted.since, timedelta(), zone)
        until = None if wanted.until is None else _begin_of(wanted.until, _DAY, zone)
    return KudosWanted(wanted.recipient, wanted.giver, wanted.loop, since, until)


def _begin_of(day: date, after: timedelta, zone: ZoneInfo) -> Instant | None:
    """When the day some days after one begins; None: beyond all instants."""
    try:
        return from_datetime(datetime.combine(day + after, time(), zone))
    except OverflowError:
        return None


def _record(
    desk: NotesDesk, tx: Transaction, program: str, subject: str, purpose: str, ids: list[str]
) -> None:
    """Write down who reads what, or refuse. Entries are written one after the other, so the count
    that is looked at is that of all before."""
    now, by_hash = desk.now(), hash_of(subject)
    audit_log.note(tx, ACTION, subject, purpose, {"program": program, "kudos_ids": ids})
    count, first = note_reads.of_reader(tx, by_hash, now - _HOUR)
    if first is not None and count + len(ids) > MOST_AN_HOUR:
        raise TooManyNotes(max(1, math.ceil((first + _HOUR - now).total_seconds())))
    note_reads.add(tx, program, ids, now, by_hash)


def _named(noted: NotedKudos) -> tuple[set[str], set[str]]:
    """The people and the loops that an answer names."""
    who = {name for given in noted.kudos for name in (given.giver, given.recipient)}
    return who, {given.loop for given in noted.kudos}
