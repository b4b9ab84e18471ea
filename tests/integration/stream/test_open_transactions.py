"""Records behind a publisher's open transaction are lag, are named, and are waited for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from confluent_kafka import Producer

from engine.stream.offsets.open_transaction_watch import Blocked, Ends, OpenTransactionWatch
from tests.end_to_end.conftest import deployment
from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.happenings import publish_at_once
from tests.support.given import meeting

__all__ = ["deployment"]


@pytest.fixture
def one(deployment: Deployment) -> Deployment:
    """A deployment with one partition and an impatient worker."""
    settings = {**deployment.settings, "PARTITIONS": "1"}
    made = replace(
        deployment, settings=settings, worker_module="tests.integration.stream.impatient"
    )
    made.run("migrate")
    return made


@contextmanager
def _open_transaction(one: Deployment, *values: bytes) -> Iterator[Producer]:
    """A transaction on partition 0 with these records, aborted in the end."""
    producer = Producer(
        {
            "bootstrap.servers": one.bootstrap,
            "transactional.id": f"{one.name}\u202e",  # a name that would turn a terminal's text
            "transaction.timeout.ms": 600_000,
        }
    )
    producer.init_transactions(60)
    producer.begin_transaction()
    for value in values:
        producer.produce(one.activity, value, b"loop", partition=0)
    assert producer.flush(30) == 0
    yield producer
    producer.abort_transaction(30)


def test_what_waits_behind_an_open_transaction_is_lag_and_named(one: Deployment) -> None:
    publish_at_once(one, meeting("m0", "ann"))
    before = datetime.now(UTC) - timedelta(seconds=5)
    with one.working() as worker:
        one.wait_for(1)
        with _open_transaction(one, meeting("m1", "ann")):
            publish_at_once(one, meeting("m2", "ann"), meeting("m3", "ann"))

            waited = one.run("status", "--json", "--wait", "--timeout", "3", code=1)

            assert f"{one.activity} partition 0: 3 records wait behind a transaction" in (
                waited.stderr
            )
            status = json.loads(waited.stdout)
            partition, _governance = status["partitions"]
            assert (partition["topic"], partition["cursor"], partition["end"]) == (
                one.activity,
                1,
                4,
            )
            assert (status["lag"], partition["lag"]) == (3, 3)
            behind = partition["behind_open_transaction"]
            assert behind["records"] == 3
            assert before < datetime.fromisoformat(behind["since"]) < datetime.now(UTC)
            wait_until(lambda: "records wait behind an open transaction" in worker.logged())
            doctor = one.run("doctor").stdout
            assert f"{one.activity} partition 0: 3 records wait behind a transaction" in doctor
            assert "transactional id" in doctor
            assert "\u202e" not in doctor
            assert f"abort --topic {one.activity} --partition 0 --start-offset 1" in doctor
            skipped = one.run(
                "recover", "--skip", "0:1", "--by", "ada", "--reason", "x", "--dry-run", code=1
            )
            assert "has no record at 1 yet that may be read" in skipped.stderr

        partition, _governance = one.drained()["partitions"]
        assert partition["behind_open_transaction"] is None
        assert one.status()["applied"] == 3
        assert worker.terminate() == 0


@pytest.fixture
def watch() -> OpenTransactionWatch:
    """A watch as workers have it."""
    return OpenTransactionWatch()


def test_a_partition_is_named_once_a_minute_while_one_transaction_holds_it_up(
    watch: OpenTransactionWatch,
) -> None:
    ends = {0: Ends(5, 9), 1: Ends(9, 9)}
    assert watch.look(ends, 100.0) == []
    assert watch.look(ends, 159.0) == []
    assert watch.look(ends, 160.0) == [Blocked(0, 4, 5, 60.0)]
    assert watch.look(ends, 161.0) == []
    assert watch.look({0: Ends(5, 12)}, 220.0) == [Blocked(0, 7, 5, 120.0)]


def test_transactions_that_end_one_after_the_other_are_no_trouble(
    watch: OpenTransactionWatch,
) -> None:
    for second in range(0, 300, 2):
        assert watch.look({0: Ends(second, second + 5)}, float(second)) == []


def test_one_that_ended_is_forgotten(watch: OpenTransactionWatch) -> None:
    watch.look({0: Ends(5, 9)}, 0.0)
    watch.look({0: Ends(9, 9)}, 59.0)
    assert watch.look({0: Ends(5, 9)}, 61.0) == []
    watch.look({}, 62.0)
    assert watch.look({0: Ends(5, 9)}, 122.0) == []
