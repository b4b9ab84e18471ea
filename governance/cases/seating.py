"""Seats of a case on the desk: filled, filled again, one more when votes are split."""

from collections.abc import Sequence
from dataclasses import dataclass

from governance import notices
from governance.cases import rules_in_force
from governance.cases.moving import ITSELF
from governance.cases.rules_in_force import CommitteeRules
from governance.committee import Sitting
from governance.packs import relations
from governance.panels import sealed
from governance.rules import deadlines
from governance.rules import seats as rules_of_seats
from governance.rules.seats import SeatsWanted, Sitter
from governance.rules.states import APPLICATIONS
from governance.store import cases, log, packs, people, seats, signatures
from governance.store.cases import Case
from governance.store.people import Officer, Role
from governance.store.seats import Recusal, Seat

DECIDE: frozenset[Role] = frozenset({"member", "chair", "bench"})
"""The roles of those who may have a seat."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Who is assigned to a case, and what was signed. `votes`: outcome by member, of the current
    pack; a signature of somebody who is recused since does not count."""

    seats: Sequence[Seat]
    recused: frozenset[str]
    votes: dict[str, str]

    @property
    def seated(self) -> list[Seat]:
        """The seats that are not left."""
        return [seat for seat in self.seats if seat.left_at is None]


def bench_of(sitting: Sitting, case: Case) -> Bench:
    """The seats, recusals and votes of a case."""
    recused = frozenset(each.member for each in seats.recusals(sitting.tx, case.case_id))
    return Bench(
        seats.of_case(sitting.tx, case.case_id),
        recused,
        {
            each.member: each.outcome
            for each in signatures.of_case(sitting.tx, case.case_id)
            if each.number == case.pack and each.member not in recused
        },
    )


def fill(sitting: Sitting, rules: CommitteeRules, case: Case) -> bool:
    """Assign the seats that a case on the desk lacks; False if it stays below the quorum, which its
    chairs are notified of."""
    recuse_in_conflict(sitting, rules, case)
    bench = bench_of(sitting, case)
    pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
    approvers = rules_in_force.approvers(sitting, rules, case, pack)
    first = rules_of_seats.APPEAL_SEATS if case.kind == "appeal" else approvers
    seated = len(bench.seated)
    lacking = rules_of_seats.seats_needed(approvers, first, bench.votes, seated) - seated
    if lacking <= 0:
        return True
    chosen = _choose(sitting, rules, case, bench, lacking)
    for member in chosen:
        _assign(sitting, case, member)
    if not chosen:
        notices.notify(sitting, case, "below_quorum", chairs(sitting, case.program))
    return bool(chosen)


def replace_silent(sitting: Sitting, rules: CommitteeRules, case: Case) -> None:
    """Let others have the seats of members who have not signed for too long, or who without signing
    have left the committee, are past their term or on leave. A seat stays with who has it while
    nobody else is there."""
    bench = bench_of(sitting, case)
    pack = packs.of(sitting.tx, case.case_id, case.pack or 0)
    assert pack is not None, "what is on the desk has a pack"
    today = deadlines.day_of(rules.calendar, sitting.now)
    deciding = {
        each.member
        for each in sitters(sitting, rules, case.program)
        if rules_of_seats.present(each, today)
    }
    for seat in bench.seated:
        since = max(seat.assigned_at, pack.frozen_at)
        last = deadlines.last_day(rules.calendar, since, deadlines.SEAT_DAYS)
        is_late = deadlines.is_over(rules.calendar, last, sitting.now)
        if seat.member in bench.votes or (seat.member in deciding and not is_late):
            continue
        chosen = _choose(sitting, rules, case, bench_of(sitting, case), 1)
        if chosen:
            seats.leave(sitting.tx, case.case_id, seat.member, "silent", sitting.now)
            _assign(sitting, case, chosen[0])


def recuse_in_conflict(sitting: Sitting, rules: CommitteeRules, case: Case) -> None:
    """Note who of the committee is in conflict with the subject, as computed now."""
    known = {each.member for each in seats.recusals(sitting.tx, case.case_id)}
    members = [
        each.member for each in sitters(sitting, rules, case.program) if each.member not in known
    ]
    members = [member for member in members if member != case.subject]
    related = relations.conflicted(sitting, case.program, case.subject, members)
    for member, conflicts in sorted(related.items()):
        recuse(sitting, case, member, conflicts[0].kind, declared=False)


def recuse(
    sitting: Sitting,
    case: Case,
    member: str,
    why: str,
    *,
    declared: bool,
    sealed: bytes | None = None,
) -> None:
    """Note that a member keeps out of a case; a seat of theirs is left."""
    if not seats.recuse(sitting.tx, Recusal(case.case_id, member, why, declared, sitting.now)):
        return
    seats.leave(sitting.tx, case.case_id, member, "recused", sitting.now)
    log.note(
        sitting.tx, case.program, case.case_id, "member.recused",
        member if declared else ITSELF, {"member": member, "why": why, "declared": declared},
        sitting.now, sealed,
    )  # fmt: skip


def is_of_committee(sitting: Sitting, program: str, member: str) -> bool:
    """Whether somebody is of the committee or its bench, also past their term or on leave."""
    officer = people.of(sitting.tx, program, member)
    return officer is not None and bool(officer.roles & DECIDE)


def decides(sitting: Sitting, rules: CommitteeRules, program: str, member: str) -> bool:
    """Whether somebody is of the committee or its bench today, their term running and not on leave.
    Who is not decides nothing, also with a seat."""
    officer = people.of(sitting.tx, program, member)
    today = deadlines.day_of(rules.calendar, sitting.now)
    return (
        officer is not None
        and any(officer.serves(role, today) for role in DECIDE)
        and not officer.is_away(today)
    )


def chairs(sitting: Sitting, program: str) -> list[str]:
    """Who presides over the committee of a program."""
    return [
        each.participant for each in people.all_of(sitting.tx, program) if "chair" in each.roles
    ]


def sitters(sitting: Sitting, rules: CommitteeRules, program: str) -> list[Sitter]:
    """The committee and its bench; a chair is a member."""
    load = seats.load(sitting.tx, program)
    return [
        Sitter(
            each.participant,
            not _is_member(each),
            each.term_until,
            each.leave_until,
            load.get(each.participant, 0),
        )
        for each in people.all_of(sitting.tx, program)
        if _is_member(each) or "bench" in each.roles
    ]


def signed_before(sitting: Sitting, case: Case) -> frozenset[str]:
    """Who signed what led to a case: of an appeal the first case; of a case after an upheld appeal
    the appeal, and what it was about."""
    signed: set[str] = set()
    of_case = case.of_case
    while of_case is not None:
        signed |= {each.member for each in signatures.of_case(sitting.tx, of_case)}
        before = cases.of(sitting.tx, case.program, of_case)
        is_appeal = before is not None and before.kind == "appeal"
        of_case = before.of_case if before is not None and is_appeal else None
    return frozenset(signed)


def _choose(
    sitting: Sitting, rules: CommitteeRules, case: Case, bench: Bench, number: int
) -> tuple[str, ...]:
    before = signed_before(sitting, case)
    # Who reviewed the subject has no seat either; that they did is noted nowhere.
    had_seat = frozenset(seat.member for seat in bench.seats) | sealed.reviewers_about(
        sitting, case.program, case.subject
    )
    is_appeal = case.kind == "appeal"
    wanted = SeatsWanted(
        case_id=case.case_id,
        number=number,
        today=deadlines.day_of(rules.calendar, sitting.now),
        quorum=rules.quorum,
        subject=case.subject,
        unfit=had_seat | before if is_appeal else had_seat,
        recused=bench.recused,
        rather_not=before if case.kind in APPLICATIONS else (),
        bench_too=is_appeal,
    )
    return rules_of_seats.assigned(wanted, sitters(sitting, rules, case.program))


def _assign(sitting: Sitting, case: Case, member: str) -> None:
    seats.assign(sitting.tx, Seat(case.case_id, member, sitting.now))
    kind: log.LogKind = "appeal.assigned" if case.kind == "appeal" else "member.assigned"
    log.note(sitting.tx, case.program, case.case_id, kind, ITSELF, {"member": member}, sitting.now)
    notices.notify(sitting, case, "seat", [member])


def _is_member(officer: Officer) -> bool:
    return bool(officer.roles & {"member", "chair"})
