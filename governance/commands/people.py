"""`badge-governance people`: who governs a program, and who is the first to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from governance.committee import Sitting
from governance.store import people
from governance.store.people import Officer, Role


def listed(sitting: Sitting, program: str) -> Iterator[str]:
    """A line for each who governs the program, or did."""
    for officer in people.all_of(sitting.tx, program):
        yield _line(officer)


def appoint(
    sitting: Sitting,
    program: str,
    participant: str,
    roles: Sequence[Role],
    until: date | None,
    by: str,
) -> str:
    """Give somebody these roles and no others, until the end of a day; gives their line. Leave and
    employer stay as they are.

    Raises:
        OfficerChanged: somebody else changes them at the same moment.
    """
    known = people.of(sitting.tx, program, participant) or Officer(program, participant)
    changed = replace(known, roles=frozenset(roles), term_until=until)
    return _line(people.write(sitting.tx, changed, by, sitting.now))


def _line(officer: Officer) -> str:
    roles = ", ".join(sorted(officer.roles)) or "no role"
    until = f", until {officer.term_until}" if officer.term_until else ""
    away = f", on leave until {officer.leave_until}" if officer.leave_until else ""
    return f"{officer.participant}: {roles}{until}{away}"
