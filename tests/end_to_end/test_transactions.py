"""Publishers that use Kafka transactions: what they aborted never happened, and the markers that
their transactions leave at the end of a partition delay no reader."""

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

    def publish(name: str) -> None:
        producer.begin_transaction()
        producer.produce(deployment.activity, meeting(name, "ann", "ben"), b"loop")
        producer.flush()

    publish("m1")
    producer.commit_transaction()
    with deployment.working() as worker:
        deployment.drained()
        publish("m2")
        producer.abort_transaction()

        status = deployment.drained()

        assert (status["applied"], status["lag"]) == (1, 0)
        assert status["holes"] == 3  # the aborted record, and a marker each

        publish("m3")  # and left open: the broker has it, and nobody may read it yet
        waiting = deployment.status()
        assert waiting["lag"] == 1
        (blocked,) = [
            p["behind_open_transaction"]
            for p in waiting["partitions"]
            if p["behind_open_transaction"] is not None
        ]
        assert blocked["records"] == 1
        producer.abort_transaction()
        assert deployment.drained()["lag"] == 0
        assert worker.terminate() == 0
