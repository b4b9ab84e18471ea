"""A running worker under which something has changed ends, with one clear line, exit code 1 and its
batch untouched; what concerns one record or one partition stops that partition only."""

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalog.loader import find
from engine.local.apache_kafka import ApacheKafka
from engine.store.cursors.cursors import Counts
from engine.store.cursors.halt import Halt, HaltKind
from engine.version import VERSION
from tests.end_to_end.deployment import Deployment, WorkerProcess, wait_until
from tests.end_to_end.happenings import (
    another_in_its_place,
    backed_up,
    change,
    committed,
    delete_records_before,
    delete_topic,
    publish_at_once,
    publish_large,
    publish_not_utf8,
    recreate_topic,
)
from tests.integration.limits.backlog import peak_mb
from tests.support.given import kudos, meeting

BY = ("--by", "ada", "--reason", "decided at night")
OTHER_RULES = find("mentorloop").text.replace("{meetings_attended: 5}", "{meetings_attended: 4}")


@pytest.fixture
def one(deployment: Deployment) -> Deployment:
    """A deployment with one partition, of which nothing was read."""
    made = replace(deployment, settings={**deployment.settings, "PARTITIONS": "1"})
    made.run("migrate")
    return made


@pytest.fixture
def worker(one: Deployment) -> Iterator[WorkerProcess]:
    """A worker that has read the three records there are, and waits for more."""
    with one.working() as running:
        publish_at_once(one, *(meeting(f"m{n}", "ann") for n in range(3)))
        one.wait_for(3)
        yield running


def _ends(worker: WorkerProcess) -> str:
    assert worker.process.wait(60) == 1
    assert "Traceback" not in worker.logged()
    return worker.logged()


def test_retention_that_passes_it(one: Deployment, worker: WorkerProcess) -> None:
    os.killpg(worker.process.pid, signal.SIGSTOP)
    publish_at_once(one, *(meeting(f"n{n}", "ann") for n in range(6)))  # of these it may have some
    publish_at_once(one, *(meeting(f"o{n}", "ann") for n in range(6)))
    delete_records_before(one, 14)
    os.killpg(worker.process.pid, signal.SIGCONT)

    log = _ends(worker)

    assert "to 13 are gone from Kafka before they were read" in log
    assert log.count('"event": "reading"') == 2  # once of each topic: only Kafka showed it


def test_a_topic_that_is_deleted(one: Deployment, worker: WorkerProcess) -> None:
    delete_topic(one)
    assert f"Kafka has no topic {one.activity}" in _ends(worker)
    assert one.passed() == 3


def test_a_topic_that_is_recreated(one: Deployment, worker: WorkerProcess) -> None:
    recreate_topic(one)
    assert "'topic recreated'" in _ends(worker)
    assert one.passed() == 3


def test_a_database_that_is_restored(one: Deployment) -> None:
    publish_at_once(one, *(meeting(f"m{n}", "ann") for n in range(4)))
    with one.working() as worker:
        one.wait_for(4)
        assert worker.terminate() == 0
    with backed_up(one) as restore, one.working() as worker:
        publish_at_once(one, meeting("m4", "ann"))
        wait_until(lambda: committed(one) == 5)
        restore()
        publish_at_once(one, meeting("m5", "ann"))
        log = _ends(worker)
    assert "the cursor is at 4, but the consumer group has read to 5" in log
    assert one.passed() == 4


def test_a_catalog_that_is_changed_by_hand(one: Deployment, worker: WorkerProcess) -> None:
    stored = find("mentorloop").text
    change(one, "UPDATE catalogs SET text = %s", OTHER_RULES)
    publish_at_once(one, meeting("m3", "ann"))

    assert "catalogs row 1 was stored as" in _ends(worker)

    assert one.passed() == 3
    assert "catalogs row 1" in one.run("run", code=1).stderr
    change(one, "UPDATE catalogs SET text = %s", stored)
    with one.working() as again:
        one.wait_for(4)
        assert again.terminate() == 0
    assert one.export() == []  # by the rules there are, four meetings are no badge


def test_another_engine_with_another_catalog_does_not_start_and_this_one_goes_on(
    one: Deployment, worker: WorkerProcess, tmp_path: Path
) -> None:
    (tmp_path / "other.yaml").write_text(OTHER_RULES)
    other = {**one.settings, "CATALOG": str(tmp_path / "other.yaml")}

    refused = replace(one, settings=other).run("run", code=1).stderr

    assert refused.startswith("error: new programs start under catalog mentorloop version 1 (")
    publish_at_once(one, meeting("m3", "ann"))
    one.wait_for(4)
    assert worker.terminate() == 0
    assert one.export() == []


def test_a_table_that_is_gone(one: Deployment, worker: WorkerProcess) -> None:
    change(one, "UPDATE schema_version SET version_num = '9999'")
    change(one, "ALTER TABLE ledger RENAME TO facts_of_a_newer_engine")
    publish_at_once(one, meeting("m3", "ann"))

    assert "schema 9999, which this engine does not know" in _ends(worker)

    (cursor,) = one.cursors().values()
    assert (cursor.next_offset, cursor.halted) == (3, None)


def test_another_cluster_behind_the_same_address(
    restartable_kafka: ApacheKafka, database_url: str, tmp_path: Path
) -> None:
    settings = {"SESSION_SECONDS": "6", "PARTITIONS": "1"}
    one = Deployment(restartable_kafka.bootstrap, database_url, tmp_path, settings)
    one.run("migrate")
    with one.working() as worker:
        publish_at_once(one, meeting("m0", "ann"))
        one.wait_for(1)
        restartable_kafka.kill()
        with another_in_its_place(restartable_kafka):
            log = _ends(worker)
            assert "the cursors count in Kafka cluster" in one.run("doctor", code=1).stdout
    assert "the cursors count in Kafka cluster" in log
    assert one.passed() == 1


def test_a_header_name_that_is_not_utf8_is_refused_and_its_partition_goes_on(
    one: Deployment,
) -> None:
    publish_at_once(one, meeting("m0", "ann"), meeting("m1", "ann"))
    publish_not_utf8(one, meeting("m2", "ann"))
    publish_at_once(one, meeting("m3", "ann"))
    with one.working() as worker:
        status = one.drained()
        assert worker.terminate() == 0
    assert (status["applied"], status["open_dead_letters"]) == (3, {"malformed": 1})
    (entry,) = json.loads(one.run("dead-letters", "list", "--json").stdout)
    assert (entry["offset"], entry["detail"]) == (2, "the name of a header is not UTF-8")
    assert entry["header_names"] == ["\ufffd\ufffd"]
    assert "refused again: malformed" in one.run("dead-letters", "redrive", str(entry["id"])).stdout
    assert one.status()["applied"] == 3


@pytest.mark.parametrize("compression", ["gzip", "lz4", "zstd"])
def test_a_batch_that_unpacks_to_far_more_than_it_is_is_refused_and_its_partition_goes_on(
    one: Deployment, compression: str
) -> None:
    publish_at_once(one, meeting("m0", "ann"))
    publish_large(one, compression, megabytes=100)
    publish_at_once(one, meeting("m1", "ann"))
    with one.working() as worker:
        status = one.drained()
        peak = peak_mb(worker.process.pid)
        assert worker.terminate() == 0
    assert (status["applied"], status["open_dead_letters"]) == (2, {"oversize": 1})
    assert peak < 300
    (entry,) = json.loads(one.run("dead-letters", "list", "--json").stdout)
    assert "unpack to more than 32 MiB" in entry["detail"]
    assert entry["value_bytes"] < 1_000_000


def test_a_record_on_which_it_fails_stops_its_partition_and_the_worker(
    one: Deployment,
) -> None:
    failing = replace(one, worker_module="tests.end_to_end.failing_engine")
    secret = "what only ben may read"
    publish_at_once(one, meeting("m0", "ann"), kudos("k", "ann", "ben", "trust", message=secret))
    with failing.working() as worker:
        assert worker.process.wait(60) == 1
    log = worker.logged()
    assert f"{one.activity} partition 0 offset 1: KeyError in engine/handlers/batch.py" in log
    assert "Traceback" in log
    assert secret not in log
    cursor = one.cursors()[0]
    assert cursor.halted == Halt(HaltKind.BUG, f"bug: KeyError at offset 1, engine {VERSION}")
    assert cursor.counts == Counts(applied=1)

    with failing.working() as worker:  # it does not fail on it again
        wait_until(lambda: '"halted": [0]' in worker.logged())
        assert worker.terminate() == 0
    assert "dead-letters resume 0" in one.run("doctor", code=1).stdout
    one.run("dead-letters", "resume", "0")
    with one.working() as worker:  # an engine in which it is mended
        one.wait_for(2)
        assert worker.terminate() == 0
    assert [award["badge"] for award in one.export()] == ["trust"]
