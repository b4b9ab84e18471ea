"""Cases on the desk, as the committee sees them: seats, votes, who keeps out."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.catalog.policy import Policy
from engine.store import policies
from governance.cases import rules_in_force
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.rules import seats as rules_of_seats
from governance.rules.states import KINDS, CaseState, Outcome
from governance.store import cases
from governance.store import desk as tables
from governance.store.cases import Case
from governance.store.desk import DeskParts
from governance.store.seats import Seat


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A case on the desk. `seats`: also those that were left. `votes`: outcome by member, of the
    present pack; `opened`: whether names stayed out, by who has opened it. `recused`: why, in a
    word, by member. `approvers`: how many must sign the same. `below_quorum`: there are too few for
    its seats."""

    case: Case
    seats: Sequence[Seat]
    votes: dict[str, Outcome]
    opened: dict[str, bool]
    recused: dict[str, str]
    approvers: int
    below_quorum: bool


_ON_DESK: tuple[CaseState, ...] = ("on_desk",)


def desk(sitting: Sitting, program: str) -> list[DeskEntry]:
    """The cases of a program that wait for signatures, those due first.

    Raises:
        CatalogAltered, PolicyAltered
    """
    listed = cases.page(sitting.tx, program, _ON_DESK, KINDS)
    return _entries(sitting, program, listed) if listed else []


def entry(sitting: Sitting, case: Case) -> DeskEntry:
    """One case in the same way, whatever its state. Raises as `desk` does."""
    return _entries(sitting, case.program, [case])[0]


def _entries(sitting: Sitting, program: str, listed: Sequence[Case]) -> list[DeskEntry]:
    rules = rules_in_force.in_force(sitting, program)
    parts = tables.of_cases(sitting.tx, [case.case_id for case in listed])
    digests = {one.policy for one in parts.values() if one.policy is not None}
    known = {digest: policies.by_digest(sitting.engine.tx, digest) for digest in sorted(digests)}
    return [
        _entry(rules, known.get(parts[case.case_id].policy or ""), case, parts[case.case_id])
        for case in listed
    ]


def _entry(rules: CommitteeRules, policy: Policy | None, case: Case, parts: DeskParts) -> DeskEntry:
    approvers = rules_in_force.approvers_under(rules, policy, case)
    first = rules_of_seats.APPEAL_SEATS if case.kind == "appeal" else approvers
    seated = sum(seat.left_at is None for seat in parts.seats)
    needed = rules_of_seats.seats_needed(approvers, first, parts.votes, seated)
    return DeskEntry(
        case,
        parts.seats,
        parts.votes,
        parts.opened,
        parts.recused,
        approvers,
        below_quorum=case.state == "on_desk" and needed > seated,
    )
