"""Every decision in force is looked at again each day: does what it rests on still hold?

The lines are asked of today's ledger, as of the decision's instant and under the policy that it
names. Where one no longer holds, the facts responsible are named and a case is opened: people
decide whether the decision stands. What changed and leaves every line met opens none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import msgspec

from engine.queries import arrivals, terms_in_force
from engine.queries.terms_in_force import TermInForce
from events.instants import from_datetime
from governance.cases import opening
from governance.committee import Sitting
from governance.packs import differences, grounds
from governance.packs.differences import LineDifference
from governance.packs.sealed import document_of
from governance.store import audits, cases, log
from governance.store.audits import AuditedDecision
from governance.store.cases import Case

AUDIT = "audit"
"""Who opens the case, in the log."""
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """A decision in force as it is today. `asked`: whether its policy is known here, so that
    anything can be asked; `fallen`: the lines that no longer hold. `case_id`: the case that is
    about that, `opened` if this look opened it; None where nothing is to be decided, or where
    people have decided already that it stands in spite of the same."""

    term: TermInForce
    asked: bool
    fallen: tuple[LineDifference, ...]
    case_id: str | None = None
    opened: bool = False

    @property
    def holds(self) -> bool:
        """Whether every line still holds."""
        return not self.fallen


def audit(sitting: Sitting, program: str) -> list[AuditFinding]:
    """Look at all decisions in force of a program, and open the cases that follow.

    Raises:
        CatalogAltered, PolicyAltered
    """
    policy = grounds.in_force(sitting, program)
    now = from_datetime(sitting.now)
    terms = terms_in_force.of_program(sitting.engine, program, policy, now)
    # All is read before anything is written: an entry of the log holds back those of others.
    seen = [
        finding
        for who, theirs in groupby(terms, key=lambda term: term.participant)
        for finding in _of_person(sitting, program, who, list(theirs))
    ]
    earlier = audits.of_program(sitting.tx, program)
    return [
        _noted(sitting, program, finding, earlier.get(finding.term.decision_id)) for finding in seen
    ]


def _of_person(
    sitting: Sitting, program: str, who: str, terms: Sequence[TermInForce]
) -> Iterator[AuditFinding]:
    made_by = {
        term.decision_id: cases.of_decision(sitting.tx, program, term.decision_id) for term in terms
    }
    documents = {
        decision: None if case is None else document_of(sitting, case)
        for decision, case in made_by.items()
    }
    loops = {loop for each in documents.values() if each is not None for loop in each.loops}
    arrived = arrivals.of_person(sitting.engine, program, who, loops)
    for term in terms:
        decision = term.decision_id
        record = grounds.of_arrived(
            sitting, program, who, decision, arrived, made_by[decision], documents[decision]
        )
        yield AuditFinding(term, record.asked is not None, record.fallen())


def _noted(
    sitting: Sitting, program: str, finding: AuditFinding, earlier: AuditedDecision | None
) -> AuditFinding:
    """Open the case that follows from a finding, and note what has changed since the last look."""
    if not finding.holds:
        finding = _with_case(sitting, program, finding)
    differs = _encode(finding.fallen).decode()
    decision = finding.term.decision_id
    before = (True, "[]") if earlier is None else (earlier.met, earlier.differs)
    if before != (finding.holds, differs):
        body = {"decision_id": decision, "met": finding.holds, "differs": finding.fallen}
        log.note(sitting.tx, program, finding.case_id, "decision.audited", AUDIT, body, sitting.now)
    audits.write(
        sitting.tx,
        AuditedDecision(program, decision, sitting.now, finding.holds, differs, finding.case_id),
    )
    return finding


def _with_case(sitting: Sitting, program: str, finding: AuditFinding) -> AuditFinding:
    who, decision = finding.term.participant, finding.term.decision_id
    about_it = [
        case
        for case in cases.of_subject(sitting.tx, program, who)
        if case.kind == "withdrawal" and case.of_decision == decision
    ]
    for case in about_it:
        # Undecided, or decided to withdraw what has not reached the ledger yet.
        if case.outcome in (None, "retracted"):
            return replace(finding, case_id=case.case_id)
    digest = differences.digest(finding.fallen)
    if any(_answers(sitting, case, digest) for case in about_it):
        return finding
    reason = "; ".join(words(finding.fallen))
    case = opening.open_withdrawal(sitting, program, who, decision, AUDIT, reason)
    return replace(finding, case_id=case.case_id, opened=True)


def _answers(sitting: Sitting, case: Case, digest: str) -> bool:
    """Whether a case was decided on just what has fallen now."""
    document = document_of(sitting, case)
    return document is not None and differences.digest(document.ground.fallen) == digest


def words(fallen: Iterable[LineDifference]) -> Iterator[str]:
    """What no longer holds, a phrase for each line, with the facts responsible."""
    for line in fallen:
        have = line.have or "nothing"
        sample = "" if line.sample_needed is None else f", {line.sample} of {line.sample_needed}"
        facts = ", ".join(f"{fact.type.split('.')[1]} {fact.id} {fact.how}" for fact in line.facts)
        yield f"{line.title}: {have} of {line.need}{sample}" + (f" ({facts})" if facts else "")
