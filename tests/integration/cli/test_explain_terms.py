"""`explain` of a badge of which awards end: its terms, and why a fact is no award."""

from collections.abc import Callable

from sqlalchemy import Engine

from engine.handlers.batch import Batch, Record
from engine.handlers.batch_transaction import process_batches
from engine.store.cursors import cursors
from engine.store.generations.live import Generations
from engine.store.postgres.connection import transaction
from tests.integration.cli.conftest import Command
from tests.integration.cli.ingest import TERMS
from tests.support.given import record

DECISION = "mentoring.decision.recorded.v1"
CATALOG = """\
catalog: stages
version: 1
calendar: {zone: Europe/Berlin}
measures:
  decisions: {event: mentoring.decision.recorded.v1, who: participant_id, aggregate: count}
badges:
  proficient: &stage
    name: Proficient
    description: A stage
    valid_for: {months: 24}
    repeatable:
      event: mentoring.decision.recorded.v1
      who: participant_id
      where: {case: {equals: proficient}, outcome: {one_of: [granted, renewed]}, approver_ids: {size: {at_least: 2}}}
  master:
    name: Master
    description: The next
    valid_for: {months: 12}
    repeatable:
      event: mentoring.decision.recorded.v1
      who: participant_id
      where: {case: {equals: master}, outcome: {one_of: [granted, renewed]}, approver_ids: {size: {at_least: 2}}}
"""  # noqa: E501


def decision(
    name: str, at: str, outcome: str = "granted", case: str = "proficient", *approvers: str
) -> bytes:
    return record(
        DECISION,
        at,
        {
            "program_id": "program",
            "participant_id": "imani",
            "decision_id": name,
            "case": case,
            "outcome": outcome,
            "as_of": at,
            "approver_ids": list(approvers or ("ruth", "sam")),
            "pack": "0" * 64,
            "policy": "1" * 64,
        },
    )


def tell_governance(store: Engine, records: list[bytes]) -> None:
    """Take records of governance in as one batch."""
    topic = "mentoring.governance"
    with transaction(store) as tx:
        cursors.start(tx, topic, 0, 0)
        told = [Record(n, b"imani", value) for n, value in enumerate(records)]
        batch = Batch(topic, 0, 0, len(told), told, on="governance")
        (done,) = process_batches(tx, Generations(), [batch], TERMS).sorted
        assert not done.refused


def test_terms_and_decisions_that_award_nothing_are_explained(
    under: Callable[[str], Engine], badge_engine: Command
) -> None:
    tell_governance(
        under(CATALOG),
        [
            decision("d-1", "2022-05-10T10:00:00Z"),
            decision("d-2", "2024-04-02T10:00:00Z", "renewed"),
            decision("d-3", "2026-04-20T10:00:00Z", "declined"),
            decision("d-4", "2026-04-21T10:00:00Z", "granted", "proficient", "ada"),
            decision("d-5", "2026-04-22T10:00:00Z", "granted", "master"),
        ],
    )
    ran = badge_engine(
        "explain", "--program", "program", "--participant", "imani", "--badge", "proficient"
    )
    assert ran.code == 0, ran.err
    assert "received 2" in ran.out
    assert "terms: 1" in ran.out
    assert "from 2022-05-10T10:00:00.000000Z until 2026-04-02T22:00:00.000000Z" in ran.out
    passed = ran.out.split("accepted, and no award: 2")[1]
    declined, one_signature = passed.split(f"{DECISION} d-4")
    assert f"{DECISION} d-3" in declined
    assert "✗ outcome is" in declined
    assert "✗" in one_signature
    assert "approver_ids" in one_signature
    assert "d-5" not in passed
    assert "never count" not in ran.out
