"""A fact without a loop may count for others than the participant of its place, such as those who
approved a decision: what they hold by it follows its retraction too."""

from typing import Any

from engine.catalog.loader import parse
from tests.integration.handlers import agreement
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.published import REVOKED
from tests.support.given import record, retracted

DECISION = "mentoring.decision.recorded.v1"
CATALOG = parse("""\
catalog: approvals
version: 1
measures:
  approvals: {event: mentoring.decision.recorded.v1, who: approver_ids, aggregate: count}
badges:
  judge:
    name: Judge
    description: Approved a decision
    scope: program
    criterion: {at_least: {approvals: 1}}
""")


def decision(name: str, participant: str, at: str) -> bytes:
    data: dict[str, Any] = {
        "program_id": "program", "participant_id": participant, "decision_id": name,
        "case": "proficient-mentor", "outcome": "granted", "as_of": at, "approver_ids": ["ruth"],
        "pack": "0f" * 32, "policy": "ab" * 32,
    }  # fmt: skip
    return record(DECISION, at, data)


def test_an_award_of_an_approver_follows_the_retraction_of_a_decision(migrated_url: str) -> None:
    """Given ruth approved a decision about imani and a later one about jonas, when the first is
    retracted, then her award rests on the second, at its date; when that is retracted too, the
    award is revoked because of it."""
    harness = Harness(migrated_url, CATALOG)
    harness.tell_by_topic(
        decision("d-1", "imani", "2026-01-05T10:00:00Z"),
        decision("d-2", "jonas", "2026-02-05T10:00:00Z"),
    )

    harness.tell_by_topic(retracted(DECISION, "d-1", loop_id=None, participant_id="imani"))

    (award,) = (item.award for item in harness.standing().values())
    assert (award.recipient, award.time) == ("ruth", "2026-02-05T10:00:00.000000Z")
    assert [item.id for item in award.evidence] == ["d-2"]
    agreement.check_proofs(harness)
    harness.hear()

    harness.tell_by_topic(retracted(DECISION, "d-2", loop_id=None, participant_id="jonas"))

    assert harness.standing() == {}
    (revoked,) = harness.hear()
    assert (revoked.type, revoked.data["reason"]) == (REVOKED, "fact_retracted")
    assert [item["id"] for item in revoked.data["evidence"]] == ["d-2"]
    harness.close()
