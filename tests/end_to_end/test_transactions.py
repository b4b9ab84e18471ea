"""Publishers that use Kafka transactions: what they aborted never happened, and the markers that
their transactions leave at the end of a partition hold nobody up."""

from confluent_kafka import Producer

from tests.end_to_end.deployment import Deployment
from tests.support.given import meeting


def test_an_aborted_record_counts_for_nothing_and_a_marker_at_the_end_is_passed(
    deployment: Deployment,
) -> None:
    deployment.run("migrate")
    producer = Producer(
        {"bootstrap.servers": deployment.bootstrap, "transactional.id": deployment.name}
    )
    producer.init_transactions()
    for name, commit in (("m1", True), ("m2", False)):
        producer.begin_transaction()
        producer.produce(deployment.activity, meeting(name, "ann", "ben"), b"loop")
        producer.flush()
        producer.commit_transaction() if commit else producer.abort_transaction()

    with deployment.working() as worker:
        found = deployment.drained()

        assert (found["applied"], found["lag"]) == (1, 0)
        assert found["holes"] == 3  # the aborted record, and a marker each
        assert worker.terminate() == 0
