"""Minutes: what the log says of some days, without a name, sealed by its hash.

They follow one another: each begins with the entry after the one before was sealed, so nothing is
left out.
"""

import hashlib
from datetime import date, datetime

from engine.queries.snapshot import Snapshot
from engine.rules.calendar import Calendar
from engine.store import policies
from events.instants import from_datetime, parse_instant
from governance.cases import rules_in_force
from governance.committee import Sitting
from governance.errors import CaseRefused
from governance.fairness import answering
from governance.rules import deadlines, minutes
from governance.rules.case_ref import case_ref
from governance.rules.minutes import MinutesCase, MinutesEntry, MinutesOf
from governance.rules.states import KINDS, STATES
from governance.store import cases, log
from governance.store import minutes as stored
from governance.store.log import LogEntry
from governance.store.minutes import SealedMinutes

_SHORT = 12
"""How many digits of a digest minutes show."""


def drafted(sitting: Sitting, program: str) -> SealedMinutes:
    """The minutes of what happened since the last ones; they are not stored.

    Raises:
        CatalogAltered
    """
    calendar = rules_in_force.in_force(sitting, program).calendar
    earlier = next(iter(stored.of_program(sitting.tx, program)), None)
    number = 1 if earlier is None else earlier.number + 1
    entries = [_entry(calendar, entry) for entry in _since_the_last(sitting, program)]
    today = deadlines.day_of(calendar, sitting.now)
    if earlier is not None:
        first = deadlines.day_of(calendar, earlier.sealed_at)
    else:
        first = min((entry.day for entry in entries), default=today)
    known = {
        case_ref(case.case_id): MinutesCase(case.kind, case.about)
        for case in cases.page(sitting.tx, program, STATES, KINDS)
    }
    adopted = _adopted(sitting.engine, calendar, None if earlier is None else earlier.sealed_at)
    document = minutes.text(MinutesOf(program, number, first, today, adopted), known, entries)
    digest = hashlib.sha256(document.encode()).hexdigest()
    return SealedMinutes(program, number, first, today, document, digest, sitting.now)


def seal(sitting: Sitting, program: str, by: str) -> SealedMinutes:
    """Store the minutes of what happened since the last ones, and their hash in the log.

    Raises:
        CaseRefused: too-late, as somebody else seals them at the same moment; not-allowed, as a
            share that a fairness report flags red has no answer yet.
        CatalogAltered
    """
    if answering.unanswered(sitting, program):
        raise CaseRefused("not-allowed", "A fairness report has a red flag without an answer.")
    made = drafted(sitting, program)
    if not stored.add(sitting.tx, made):
        raise CaseRefused("too-late", "Somebody else has sealed these minutes just now.")
    body = {
        "number": made.number,
        "from_day": made.from_day.isoformat(),
        "to_day": made.to_day.isoformat(),
        "digest": made.digest,
    }
    log.note(sitting.tx, program, None, "minutes.sealed", by, body, sitting.now)
    return made


def _since_the_last(sitting: Sitting, program: str) -> list[LogEntry]:
    """The entries after the one that the last minutes were sealed with."""
    entries = log.of_program(sitting.tx, program)
    sealed = [number for number, entry in enumerate(entries) if entry.kind == "minutes.sealed"]
    return entries[sealed[-1] + 1 :] if sealed else entries


def _entry(calendar: Calendar, entry: LogEntry) -> MinutesEntry:
    case = None if entry.case_id is None else case_ref(entry.case_id)
    return MinutesEntry(calendar.day(parse_instant(entry.at)), case, entry.kind, entry.details)


def _adopted(
    snapshot: Snapshot, calendar: Calendar, since: datetime | None
) -> list[tuple[date, str]]:
    """The policies that were adopted since a moment, for any program of the deployment."""
    return [
        (calendar.day(parse_instant(entry.at)), str(entry.details["policy"])[:_SHORT])
        for entry in policies.adoptions(snapshot.tx)
        if since is None or parse_instant(entry.at) > from_datetime(since)
    ]
