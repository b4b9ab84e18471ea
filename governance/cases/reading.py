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


def desk(sitting: Sitting, rules: CommitteeRules, program: str) -> list[DeskEntry]:
    """The cases of a program, whose rules these are, that wait for signatures; those due first."""
    listed = cases.page(sitting.tx, program, _ON_DESK, KINDS)
    return entries(sitting, rules, listed) if listed else []


def entry(sitting: Sitting, case: Case) -> DeskEntry:
    """One case in the same way, whatever its state.

    Raises:
        CatalogAltered, PolicyAltered
    """
    return entries(sitting, rules_in_force.in_force(sitting, case.program), [case])[0]


def entries(sitting: Sitting, rules: CommitteeRules, listed: Sequence[Case]) -> list[DeskEntry]:
    """Cases of one program, whose rules these are, in the same way and in their order."""
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
