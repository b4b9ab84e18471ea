"""Apache Kafka from Maven's jars: works, survives a crash, says why it did not start."""

import base64
import uuid

import pytest

from engine.local.apache_kafka import ApacheKafka, apache_kafka
from engine.local.errors import PartFailed
from tests.integration.local.records import new_topic, put, take


def test_the_shared_broker_gives_back_the_record_it_was_given(kafka: str) -> None:
    topic = new_topic(kafka)
    put(kafka, topic, b"kudos")
    assert take(kafka, topic) == b"kudos"


@pytest.mark.verify
def test_a_broker_that_was_stopped_and_killed_comes_back_with_its_records(
    restartable_kafka: ApacheKafka,
) -> None:
    broker = restartable_kafka
    topic = new_topic(broker.bootstrap)
    put(broker.bootstrap, topic, b"kept")

    broker.stop()
    broker.start()
    broker.kill()
    broker.start()

    assert take(broker.bootstrap, topic) == b"kept"


@pytest.mark.verify
@pytest.mark.usefixtures("kafka")
def test_a_property_kafka_does_not_understand_is_in_the_message() -> None:
    with (
        pytest.raises(PartFailed, match=r"(?s)Apache Kafka.*num\.io\.threads"),
        apache_kafka({"num.io.threads": "several"}),
    ):
        raise AssertionError("started with a wrong property")


@pytest.mark.verify
@pytest.mark.usefixtures("kafka")
def test_a_cluster_id_that_begins_with_a_dash_is_an_id_like_any_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dashed = uuid.UUID(bytes=b"\xf8" + bytes(15), version=4)
    assert base64.urlsafe_b64encode(dashed.bytes).startswith(b"-")
    monkeypatch.setattr(uuid, "uuid4", lambda: dashed)
    with apache_kafka() as kafka:
        assert kafka.bootstrap
