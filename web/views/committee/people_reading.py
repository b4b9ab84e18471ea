"""Reads who governs a program, and which conflicts stand."""

from datetime import date
from typing import Any

from governance.rules import matters
from governance.store import conflicts, people, seats
from governance.store.conflicts import DeclaredConflict
from governance.store.people import ROLES, Officer
from web.views.committee.docket import Docket, NamedPeople, instant
from web.views.committee.people import CommitteeShown, ConflictShown, OfficerShown


def read(docket: Docket) -> CommitteeShown:
    """The committee, as far as who asks may see it."""
    tx, program, standing = docket.sitting.tx, docket.program, docket.standing
    officers = people.all_of(tx, program)
    declared = conflicts.all_of(tx, program)
    sitting = sum(_decides(docket, officer) for officer in officers)
    if not (standing.reads_all or standing.parts):
        officers = [each for each in officers if each.participant == standing.participant]
    if not standing.reads_all:
        declared = [each for each in declared if standing.participant in (each.one, each.other)]
    known = docket.known(
        *(officer.participant for officer in officers),
        *(name for each in declared for name in (each.one, each.other)),
    )
    load = seats.load(tx, program)
    shown = [of(docket, officer, known, load.get(officer.participant, 0)) for officer in officers]
    shown.sort(key=lambda one: (one.person.display_name, one.person.participant_id))
    declared.sort(key=lambda each: each.declared_at, reverse=True)
    asked: Any = docket.rules.policy.governance.get("committee", {})
    least, most = asked.get("members", (0, 0))
    return CommitteeShown(
        people=shown,
        conflicts=[_conflict(docket, each, known) for each in declared],
        members=sitting,
        quorum=docket.rules.quorum,
        least=least,
        most=most,
        approvers=matters.approvers(docket.rules.policy),
        may_edit=standing.coordinates,
        me=next((one for one in shown if one.person.participant_id == standing.participant), None),
    )


def of(docket: Docket, officer: Officer, known: NamedPeople, load: int) -> OfficerShown:
    """Somebody with a part in governance. `load`: how many seats they have open."""
    standing = docket.standing
    private = standing.reads_all or standing.participant == officer.participant
    return OfficerShown(
        person=known.person(officer.participant),
        roles=[role for role in ROLES if role in officer.roles],
        term_until=_day(officer.term_until) if private else None,
        leave_until=_day(officer.leave_until) if private else None,
        employer=officer.employer if private else None,
        sits=_decides(docket, officer),
        open_seats=load if private else None,
        version=officer.version,
    )


def _decides(docket: Docket, officer: Officer) -> bool:
    serves = any(officer.serves(role, docket.today) for role in ("member", "chair"))
    return serves and not officer.is_away(docket.today)


def _conflict(docket: Docket, declared: DeclaredConflict, known: NamedPeople) -> ConflictShown:
    at = instant(declared.declared_at)
    assert at is not None, "a conflict was declared at some time"
    return ConflictShown(
        one=known.person(declared.one),
        other=known.person(declared.other),
        why=declared.why,
        declared_at=at,
        mine=docket.standing.participant in (declared.one, declared.other),
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
