"""Decisions in force are looked at every day: what took their ground away is named, and a case is
opened for it once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.catalog import loader
from engine.store import policies
from governance.audit import daily
from governance.audit.daily import AuditFinding
from governance.packs import freezing
from governance.rules.states import Outcome
from governance.store import cases, log
from governance.store.cases import Case
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom, committee_room
from tests.integration.governance.reviewed_mentor import (
    DECISION,
    REVIEW,
    ReviewedMentor,
    decision,
    retraction,
    review,
)
from tests.support.databases import new_database
from tests.unit.governance.reviewed import CATALOG


@pytest.fixture
def mentor(postgres_url: str, _governed_schemas: str) -> Iterator[ReviewedMentor]:
    """The mentor, to whom the stage was given."""
    with (
        new_database(postgres_url, _governed_schemas) as url,
        committee_room(url, CATALOG) as there,
    ):
        made = ReviewedMentor(there)
        made.begin()
        made.tell(decision())
        yield made


def audited(mentor: ReviewedMentor) -> AuditFinding:
    """What the audit says of the one decision in force."""
    (finding,) = _all(mentor.room)
    return finding


def _all(room: CommitteeRoom) -> list[AuditFinding]:
    with room.sitting() as sitting:
        return daily.audit(sitting, PROGRAM)


def named(finding: AuditFinding) -> list[tuple[str, str]]:
    return [(fact.how, fact.id) for line in finding.fallen for fact in line.facts]


def noted(mentor: ReviewedMentor) -> list[bool]:
    """What the log says of decisions, in order: whether they are met."""
    with mentor.room.sitting() as sitting:
        return [
            entry.details["met"]
            for entry in log.entries(sitting.tx)
            if entry.kind == "decision.audited"
        ]


def decided(mentor: ReviewedMentor, case_id: str, outcome: Outcome) -> None:
    """A withdrawal that was decided on a pack of now."""
    with mentor.room.sitting() as sitting:
        case = cases.lock(sitting.tx, PROGRAM, case_id)
        assert case is not None
        pack = freezing.freeze(sitting, case)
        ended = replace(case, state="decided", pack=pack.number, outcome=outcome)
        cases.update(sitting.tx, ended)


def test_a_decision_that_holds_is_clean(mentor: ReviewedMentor) -> None:
    finding = audited(mentor)
    assert (finding.term.decision_id, finding.holds, finding.case_id) == ("d-1", True, None)
    assert noted(mentor) == []


def test_a_late_fact_that_takes_the_ground_away_opens_a_case(mentor: ReviewedMentor) -> None:
    mentor.tell(review("r-4", 1.5, "2026-02-01T09:00:00Z"))
    finding = audited(mentor)
    assert (finding.holds, finding.opened, named(finding)) == (False, True, [("late", "r-4")])
    case = the_case(mentor, finding)
    assert (case.kind, case.state, case.of_decision) == ("withdrawal", "hearing", "d-1")
    assert (case.subject, case.about, case.opened_by) == ("imani", "proficient", "audit")


def the_case(mentor: ReviewedMentor, finding: AuditFinding) -> Case:
    with mentor.room.sitting() as sitting:
        case = cases.of(sitting.tx, PROGRAM, finding.case_id or "")
    assert case is not None
    return case


def test_a_retracted_fact_that_takes_the_ground_away_opens_a_case(mentor: ReviewedMentor) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    finding = audited(mentor)
    assert (finding.opened, named(finding)) == (True, [("retracted", "r-3")])


def test_the_case_is_opened_once(mentor: ReviewedMentor) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    first, second = audited(mentor), audited(mentor)
    assert (first.opened, second.opened) == (True, False)
    assert second.case_id == first.case_id
    assert noted(mentor) == [False]


def test_a_correction_leaves_it_clean_again(mentor: ReviewedMentor) -> None:
    mentor.tell(retraction(REVIEW, "r-3"), review("r-3b", 3))
    assert audited(mentor).holds
    mentor.tell(retraction(REVIEW, "r-2"))
    assert not audited(mentor).holds
    mentor.tell(review("r-2b", 2))
    assert audited(mentor).holds
    assert noted(mentor) == [False, True]


def test_what_changes_and_leaves_every_line_met_opens_none(mentor: ReviewedMentor) -> None:
    mentor.tell(review("r-4", 3))
    finding = audited(mentor)
    assert (finding.holds, finding.case_id) == (True, None)


def test_reviews_of_later_change_nothing(mentor: ReviewedMentor) -> None:
    mentor.tell(*(review(f"r-{n}", 0, "2026-05-01T17:00:00Z") for n in range(4, 13)))
    assert audited(mentor).holds


def test_what_people_let_stand_is_not_opened_again(mentor: ReviewedMentor) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    first = audited(mentor)
    decided(mentor, first.case_id or "", "stands")
    again = audited(mentor)
    assert (again.holds, again.opened, again.case_id) == (False, False, None)


def test_a_further_difference_is_opened(mentor: ReviewedMentor) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    first = audited(mentor)
    decided(mentor, first.case_id or "", "stands")
    mentor.tell(retraction(REVIEW, "r-2"))
    further = audited(mentor)
    assert further.opened
    assert further.case_id != first.case_id
    assert {name for _, name in named(further)} == {"r-2", "r-3"}


def test_what_came_before_people_let_it_stand_is_no_further_difference(
    mentor: ReviewedMentor,
) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    first = audited(mentor)
    mentor.tell(retraction(REVIEW, "r-2"))
    decided(mentor, first.case_id or "", "stands")
    assert not audited(mentor).opened


def test_what_is_withdrawn_and_not_yet_retracted_is_not_opened_again(
    mentor: ReviewedMentor,
) -> None:
    mentor.tell(retraction(REVIEW, "r-3"))
    first = audited(mentor)
    decided(mentor, first.case_id or "", "retracted")
    assert audited(mentor).case_id == first.case_id
    mentor.tell(retraction(DECISION, "d-1"))
    assert _all(mentor.room) == []


def test_a_decision_is_asked_by_the_policy_that_it_names(mentor: ReviewedMentor) -> None:
    raised = loader.parse(CATALOG.text.replace("value: 2.5", "value: 3"))
    with mentor.room.harness.transaction() as tx:
        policies.adopt(tx, raised, "chair", "higher")
    assert audited(mentor).holds


def test_under_a_policy_that_nobody_knows_nothing_can_be_asked(mentor: ReviewedMentor) -> None:
    mentor.tell(decision("d-2", policy="0" * 64), review("r-4", 0))
    findings = {finding.term.decision_id: finding for finding in _all(mentor.room)}
    assert (findings["d-1"].asked, findings["d-1"].holds) == (True, False)
    assert (findings["d-2"].asked, findings["d-2"].case_id) == (False, None)


def test_a_term_that_is_over_is_not_looked_at(mentor: ReviewedMentor) -> None:
    mentor.room.move(days=3 * 365)
    assert _all(mentor.room) == []


def test_a_decision_on_a_pack_of_ours_is_compared_with_what_was_read_then(
    mentor: ReviewedMentor,
) -> None:
    mentor.room.now = datetime(2026, 2, 14, tzinfo=UTC)
    case = mentor.room.open(about="proficient")
    with mentor.room.sitting() as sitting:
        pack = freezing.freeze(sitting, case)
        made = replace(case, pack=pack.number, decision_id="d-ours", state="decided")
        cases.update(sitting.tx, made)
    # It arrives between the pack and the decision.
    ours = decision("d-ours", pack=pack.digest, as_of=pack.as_of)
    mentor.tell(retraction(REVIEW, "r-1"), ours)
    findings = {finding.term.decision_id: finding for finding in _all(mentor.room)}
    assert named(findings["d-ours"]) == [("retracted", "r-1")]
