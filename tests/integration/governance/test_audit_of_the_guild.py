"""The daily audit over the two years of Aurora Guild."""

from collections.abc import Iterator

import pytest

from governance.audit import daily
from governance.audit.daily import AuditFinding
from tests.integration.governance.committee_room import PROGRAM, CommitteeRoom
from tests.project.examples.aurora import LINES

LATE_REVIEW = "517ab54e11a55c55"
"""Of noor's panel: it arrives three months after the decision."""


@pytest.fixture
def findings(room: CommitteeRoom) -> Iterator[dict[str, AuditFinding]]:
    """What the audit says of each decision in force, by id."""
    # NOW of the tests is behind all of it; priya's and sofia's terms have ended or go on.
    room.harness.tell_by_topic(*LINES)
    with room.sitting() as sitting:
        yield {finding.term.decision_id: finding for finding in daily.audit(sitting, PROGRAM)}


def test_noors_late_review_is_named_and_a_case_opened(findings: dict[str, AuditFinding]) -> None:
    noor = findings["d-noor-1"]
    assert (noor.holds, noor.opened) == (False, True)
    assert [(line.title, line.have, line.need) for line in noor.fallen] == [
        ("practice score", "2.25", "2.5")
    ]
    (line,) = noor.fallen
    assert [(fact.how, fact.id) for fact in line.facts] == [("late", LATE_REVIEW)]


def test_eriks_review_was_retracted_and_corrected(findings: dict[str, AuditFinding]) -> None:
    assert findings["d-erik-1"].holds


def test_all_others_hold(findings: dict[str, AuditFinding]) -> None:
    assert {name for name, finding in findings.items() if not finding.holds} == {"d-noor-1"}
    assert {name for name, finding in findings.items() if finding.opened} == {"d-noor-1"}


def test_what_was_decided_on_paper_cannot_be_asked(findings: dict[str, AuditFinding]) -> None:
    assert {name for name, finding in findings.items() if not finding.asked} == {"d-ruth-2024"}


def test_what_was_withdrawn_or_has_ended_is_not_looked_at(
    findings: dict[str, AuditFinding],
) -> None:
    assert {"d-wei-1", "d-sofia-2022", "d-priya-2023", "d-jonas-1", "d-dana-1"}.isdisjoint(findings)
    assert {"d-wei-2", "d-sofia-2", "d-imani-1", "d-imani-2"} <= findings.keys()
