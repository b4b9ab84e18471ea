"""Who governs a program: members, chairs, auditors, reviewers and the bench, as coordinators keep
them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args

from engine.store.postgres.connection import Row, Transaction
from governance.errors import OfficerChanged
from governance.store import log

Role = Literal["member", "chair", "auditor", "reviewer", "bench"]
ROLES: tuple[Role, ...] = get_args(Role)

_COLUMNS = "program, participant, roles, term_until, leave_until, employer, version"

_INSERT = """
INSERT INTO governance.people
  (roles, term_until, leave_until, employer, version, program, participant)
SELECT %s::text[], %s::date, %s::date, %s::text, %s::integer, %s::text, %s::text WHERE %s = 0
ON CONFLICT DO NOTHING
"""
_UPDATE = """
UPDATE governance.people
SET roles = %s, term_until = %s, leave_until = %s, employer = %s, version = %s
WHERE program = %s AND participant = %s AND version = %s
"""


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody with a role in governing a program. `term_until`, `leave_until`: the last local day
    of their term, and of their leave. `employer`: as declared. `version`: 0 before they are first
    written."""

    program: str
    participant: str
    roles: frozenset[Role] = frozenset()
    term_until: date | None = None
    leave_until: date | None = None
    employer: str | None = field(default=None, repr=False)
    version: int = 0

    def serves(self, role: Role, today: date) -> bool:
        """Whether they have a role on a local day: their term is running. Leave is not looked
        at."""
        return role in self.roles and (self.term_until is None or today <= self.term_until)

    def is_away(self, today: date) -> bool:
        """Whether they are on leave on a local day."""
        return self.leave_until is not None and today <= self.leave_until


def of(tx: Transaction, program: str, participant: str) -> Officer | None:
    """What is known of somebody; None: they never governed."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM governance.people WHERE program = %s AND participant = %s",
        program, participant,
    )  # fmt: skip
    return _officer(row) if row is not None else None


def all_of(tx: Transaction, program: str) -> list[Officer]:
    """Everybody who governs a program or did, by participant."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM governance.people WHERE program = %s ORDER BY participant", program
    )
    return [_officer(row) for row in rows]


def write(tx: Transaction, officer: Officer, by: str, now: datetime) -> Officer:
    """Write somebody as they are to be, with the version that was read; gives them as written. The
    log gets an entry, which does not name the employer.

    Raises:
        OfficerChanged: they are at another version now.
    """
    written = replace(officer, version=officer.version + 1)
    values = (
        sorted(written.roles), written.term_until, written.leave_until, written.employer,
        written.version, written.program, written.participant,
    )  # fmt: skip
    if not tx.execute(_UPDATE if officer.version else _INSERT, *values, officer.version):
        raise OfficerChanged("Somebody else has changed this person. Read them again.")
    log.note(tx, officer.program, None, "people.changed", by, _body(written), now)
    return written


def _body(officer: Officer) -> dict[str, object]:
    return {
        "participant": officer.participant,
        "roles": sorted(officer.roles),
        "term_until": officer.term_until and officer.term_until.isoformat(),
        "leave_until": officer.leave_until and officer.leave_until.isoformat(),
        "employer_declared": officer.employer is not None,
    }


def _officer(row: Row) -> Officer:
    program, participant, roles, *rest = row
    return Officer(program, participant, frozenset(roles), *rest)
