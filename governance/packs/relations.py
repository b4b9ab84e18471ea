"""Who is too close to somebody to decide about them: computed from the ledger and from what people
declared, never asked."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from engine.queries import shared_loops
from engine.queries.shared_loops import SharedWith
from engine.rules.calendar import Calendar
from events.instants import Instant, from_datetime
from governance.committee import Sitting
from governance.packs import grounds
from governance.store import conflicts, people

RelationKind = Literal["loop", "pairing", "employer", "family", "declared"]

_DAYS = 730
"""How long a shared loop and a pairing count, where the policy does not say."""


class RelationFound(NamedTuple):
    """Why somebody keeps out. `words` are for auditors: "shared a loop until 2026-01-30"."""

    kind: RelationKind
    words: str


def conflicted(
    sitting: Sitting,
    program: str,
    subject: str,
    members: Collection[str],
    shared_days: int | None = None,
) -> dict[str, list[RelationFound]]:
    """Those of these people who may not decide about a person, with all reasons. `shared_days`: how
    long a shared loop counts, if not as long as the policy says.

    Raises:
        CatalogAltered, PolicyAltered
    """
    others = sorted(set(members) - {subject})
    generation = sitting.engine.generation_for(program)
    rules = grounds.in_force(sitting, program).governance.get("conflict", {})
    if shared_days is not None:
        rules = {**rules, "shared_loop_days": shared_days}
    shared = shared_loops.of_person(sitting.engine, program, subject, others)
    reasons: dict[str, list[RelationFound]] = {}
    for other in others:
        with_them = shared.get(other, SharedWith())
        reasons[other] = list(_shared(sitting, rules, generation.catalog.calendar, with_them))
    for other in _same_employer(sitting, program, subject, rules) & reasons.keys():
        reasons[other].append(RelationFound("employer", "works for the same employer"))
    for declared in conflicts.of_person(sitting.tx, program, subject):
        other = declared.other if declared.one == subject else declared.one
        if other in reasons and (declared.why != "declared" or rules.get("declared", True)):
            reasons[other].append(RelationFound(declared.why, _DECLARED[declared.why]))
    return {other: all_of for other, all_of in reasons.items() if all_of}


_DECLARED = {
    "family": "declared as family",
    "employer": "declared to have the same employer",
    "declared": "declared a conflict",
}


def _shared(
    sitting: Sitting, rules: Mapping[str, Any], calendar: Calendar, shared: SharedWith
) -> Iterator[RelationFound]:
    loop, paired = shared.loop_until, shared.paired
    if loop is not None and loop >= _since(sitting, rules.get("shared_loop_days", _DAYS)):
        yield RelationFound("loop", f"shared a loop until {calendar.day(loop)}")
    if paired is not None and paired >= _since(sitting, rules.get("pairing_days", _DAYS)):
        yield RelationFound("pairing", f"was paired with the subject on {calendar.day(paired)}")


def _since(sitting: Sitting, days: int) -> Instant:
    return from_datetime(sitting.now - timedelta(days=days))


def _same_employer(
    sitting: Sitting, program: str, subject: str, rules: Mapping[str, Any]
) -> set[str]:
    if not rules.get("same_employer", True):
        return set()
    employers = {
        officer.participant: officer.employer.strip().casefold()
        for officer in people.all_of(sitting.tx, program)
        if officer.employer and officer.employer.strip()
    }
    theirs = employers.get(subject)
    return {other for other, employer in employers.items() if employer == theirs} - {subject}
