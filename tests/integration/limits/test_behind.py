"""The further behind a worker is, the larger its batches: what a transaction costs is shared."""

from dataclasses import replace

import psycopg
from confluent_kafka import Producer

from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.limits.backlog import sized
from tests.verification.checker import cursor_log
from tests.verification.checker.address import libpq
from tests.verification.faults.parts.postgres import locked

RECORDS = 60


def test_what_came_one_by_one_while_the_database_was_held_is_few_batches(
    deployment: Deployment,
) -> None:
    """Given a worker that waits for a lock, and records that come one by one meanwhile, each
    fetched by itself, when the lock is gone, then they are not 60 transactions but a few."""
    one = replace(deployment, settings={**deployment.settings, "PARTITIONS": "1"})
    one.run("migrate")
    cursor_log.install(one.database)
    producer = Producer({"bootstrap.servers": one.bootstrap, "linger.ms": 0})
    with one.working():
        _publish(producer, one, 0)
        one.wait_for(1)
        with locked(one.database, "ledger") as lock:
            _publish(producer, one, 1)
            wait_until(lambda: lock.waiting() > 0)
            for number in range(2, RECORDS):
                _publish(producer, one, number)
        one.wait_for(RECORDS)

    assert _transactions(one) < 15


def _publish(producer: Producer, one: Deployment, number: int) -> None:
    """Publish a record and wait until it stands there."""
    producer.produce(one.activity, sized(number, 500), b"loop")
    assert producer.flush(30) == 0


def _transactions(one: Deployment) -> int:
    with psycopg.connect(libpq(one.database)) as connection:
        row = connection.execute("SELECT count(*) FROM checker.cursor_log").fetchone()
    assert row is not None
    return int(row[0])
