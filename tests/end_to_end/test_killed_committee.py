"""A killed process of governance: see killed_committee.py, which also runs at any size by hand."""

from pathlib import Path

import pytest

from engine.local.apache_kafka import ApacheKafka
from engine.store.postgres.connection import transaction
from tests.end_to_end import killed_committee
from tests.end_to_end.deployment import wait_until


@pytest.mark.verify
def test_killed_ten_times_each_decision_is_one_fact(
    kafka: str, database_url: str, tmp_path: Path
) -> None:
    with killed_committee.prepared(kafka, database_url, tmp_path) as parts:
        figures = killed_committee.run(parts, kills=10, count=6)
    assert (figures.decisions, figures.lost, figures.doubled) == (6, 0, 0)
    assert figures.repeats > 0, "it was never killed after Kafka had a record"


@pytest.mark.verify
def test_while_kafka_or_the_database_is_away_cases_wait_and_then_go_on(
    restartable_kafka: ApacheKafka, database_url: str, tmp_path: Path
) -> None:
    """Given a broker that is gone, cases are decided all the same and nothing is published; when
    sessions of the database end too and the broker comes back, the same process and worker go on,
    and each decision is one fact."""
    kafka = restartable_kafka
    with killed_committee.prepared(kafka.bootstrap, database_url, tmp_path) as parts:
        with parts.working(), parts.governed() as process:
            kafka.kill()
            for number in range(4):
                parts.apply(number)
            wait_until(lambda: parts.sign() == 0)
            assert parts.unpublished() == 4
            with transaction(parts.owner) as tx:
                ended = tx.rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND application_name = 'badge-governance'"
                )
            assert ended, "there was no session to end"
            kafka.start()
            wait_until(lambda: parts.unpublished() == 0, 120)
            wait_until(lambda: len(parts.accepted()) == 4, 120)
            assert process.poll() is None, "it ended by itself"
        assert set(parts.accepted().values()) == {1}
