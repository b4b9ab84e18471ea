"""A clean installation on real Kafka: the checker sees all of it and finds nothing."""

from pathlib import Path

import pytest
from confluent_kafka import Producer

from benchmarks.history import history as load_history
from benchmarks.load import Load
from tests.end_to_end.deployment import Deployment
from tests.support.given import meeting
from tests.verification.checker.check import INVARIANTS, examine
from tests.verification.checker.collect import collect
from tests.verification.checker.cursor_log import install
from tests.verification.checker.fault_log import FaultLog, FaultRecord
from tests.verification.checker.seen import Span
from tests.verification.checker.topics import read_topic
from tests.verification.oracle.histories import NOW, history

pytestmark = pytest.mark.verify

LOAD = Load(
    events=400, loops=20, programs=2, duplicates=0.05, bad=0.05, retractions=0.05, groups=0.1
)
BINARY = {
    "ce_specversion": b"1.0",
    "ce_id": b"1",
    "ce_source": b"/platform",
    "ce_type": b"mentoring.quiz.passed.v1",
    "ce_time": b"2026-03-04T10:00:00Z",
}
QUIZ = (
    b'{"program_id": "program", "participant_id": "ann", "quiz_id": "participant-course", '
    b'"attempt_id": "binary"}'
)


@pytest.fixture
def deployment(kafka: str, database_url: str, tmp_path: Path) -> Deployment:
    """A deployment whose cursors are logged from the beginning."""
    made = Deployment(kafka, database_url, tmp_path, {"SESSION_SECONDS": "6", "PARTITIONS": "4"})
    made.run("migrate")
    install(database_url)
    return made


def test_a_clean_run_has_no_violations_and_shows_every_invariant(deployment: Deployment) -> None:
    deployment.publish(*history(5, 400), *(value for _, value in load_history(LOAD)))
    producer = Producer({"bootstrap.servers": deployment.bootstrap})
    producer.produce(deployment.activity, QUIZ, b"ann", headers=list(BINARY.items()))
    producer.flush()
    _in_transactions(deployment)
    with deployment.working("--now", "2026-06-01T00:00:00Z") as worker:
        deployment.drained()
        assert worker.terminate() == 0, worker.logged()[-2000:]
    log = FaultLog([FaultRecord("none", 0.0, "a clean run", "looked at", 0.0)], 0.0, 1.0)

    verdict = examine(collect(deployment, NOW), faults=log, logs=[worker.log])

    assert verdict.violations == [], verdict.report()
    assert {f.invariant for f in verdict.findings} == set(INVARIANTS)
    assert all(f.compared.total() for f in verdict.findings if f.needed), verdict.report()
    (offsets,) = (f.compared["offsets"] for f in verdict.findings if "offsets" in f.compared)
    assert offsets >= 801 + 4


def test_a_topic_is_read_to_its_end_past_markers_and_without_aborted_or_open_records(
    deployment: Deployment,
) -> None:
    producer = _in_transactions(deployment)
    producer.begin_transaction()
    producer.produce(deployment.activity, meeting("m3", "ann", "ben"), b"loop")
    producer.flush()

    topic = read_topic(deployment.bootstrap, deployment.activity)
    producer.abort_transaction()

    (number,) = (record.partition for record in topic.records)
    assert [record.offset for record in topic.records] == [0]
    assert topic.spans[number] == Span(0, 4)  # m1, its marker, the aborted m2, its marker
    assert [span for n, span in topic.spans.items() if n != number] == [Span(0, 0)] * 3


def _in_transactions(deployment: Deployment) -> Producer:
    """One record committed and one aborted, each in a transaction of its own, in one partition."""
    producer = Producer(
        {"bootstrap.servers": deployment.bootstrap, "transactional.id": deployment.name}
    )
    producer.init_transactions()
    for name, end in (("m1", producer.commit_transaction), ("m2", producer.abort_transaction)):
        producer.begin_transaction()
        producer.produce(deployment.activity, meeting(name, "ann", "ben"), b"loop")
        producer.flush()
        end()
    return producer
