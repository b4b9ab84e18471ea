"""What the engine refuses to start on, in one clear line and with exit code 1."""

import subprocess
from dataclasses import replace
from pathlib import Path

from confluent_kafka.admin import AdminClient

from engine.catalog.loader import find
from tests.end_to_end.deployment import Deployment, wait_until
from tests.support.given import meeting

ONE = {"PARTITIONS": "1"}


def _one_line(done: "subprocess.CompletedProcess[str]") -> str:
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    return line


def test_a_database_that_was_never_migrated(deployment: Deployment) -> None:
    assert _one_line(deployment.run("run", code=1)) == (
        "error: the database was never migrated; this engine needs schema 0001: "
        "run `badge-engine migrate`"
    )


def test_topics_that_are_not_there(deployment: Deployment) -> None:
    deployment.run("migrate")
    elsewhere = replace(deployment, name="nowhere")
    assert _one_line(elsewhere.run("run", code=1)) == (
        "error: Kafka has no topic nowhere.activity: run `badge-engine migrate`"
    )


def test_another_catalog_than_the_databases(deployment: Deployment, tmp_path: Path) -> None:
    deployment.run("migrate")
    other = tmp_path / "other.yaml"
    other.write_text(
        find("mentorloop").text.replace(
            "bronze: {at_least: {meetings_attended: 5}}",
            "bronze: {at_least: {meetings_attended: 4}}",
        )
    )
    line = _one_line(
        replace(deployment, settings={**deployment.settings, "CATALOG": str(other)}).run(
            "run", code=1
        )
    )
    assert line.startswith("error: new programs start under catalog mentorloop version 1 (")
    assert "BADGE_ENGINE_CATALOG" in line


def test_a_database_that_does_not_answer(deployment: Deployment) -> None:
    nobody = replace(deployment, database="postgresql://u:secret@127.0.0.1:1/nothing")
    line = _one_line(nobody.run("run", code=1))
    assert line.startswith("error: PostgreSQL at ")
    assert "secret" not in line


def test_a_topic_made_anew_even_if_it_reaches_past_the_cursor(deployment: Deployment) -> None:
    one = replace(deployment, settings=ONE)
    one.run("migrate")
    one.publish(*(meeting(f"m{n}", "ann") for n in range(3)))
    with one.working() as worker:
        one.drained()
        assert worker.terminate() == 0
    admin = AdminClient({"bootstrap.servers": one.bootstrap})
    admin.delete_topics([one.activity])[one.activity].result(30)
    wait_until(lambda: one.activity not in admin.list_topics(timeout=10).topics)
    wait_until(lambda: "activity" in one.run("migrate").stdout.split("topics made:")[1])
    one.publish(*(meeting(f"n{n}", "ann") for n in range(5)))  # as many as were read, and more
    before = one.cursors()

    with one.working() as worker:
        assert worker.process.wait(60) == 1

    assert "'topic recreated'" in worker.said()
    assert "Traceback" not in worker.said()
    assert one.cursors() == before


def test_records_that_are_gone_before_they_were_read(deployment: Deployment) -> None:
    one = replace(deployment, settings=ONE)
    one.run("migrate")
    one.publish(*(meeting(f"m{n}", "ann") for n in range(3)))
    with one.working() as worker:
        one.drained()
        assert worker.terminate() == 0
    one.publish(*(meeting(f"n{n}", "ann") for n in range(3)))
    _delete_records_before(one, 5)

    with one.working() as worker:
        assert worker.process.wait(60) == 1

    assert "records 3 to 4 are gone from Kafka before they were read" in worker.said()
    assert "Traceback" not in worker.said()


def _delete_records_before(one: Deployment, offset: int) -> None:
    from confluent_kafka import TopicPartition

    admin = AdminClient({"bootstrap.servers": one.bootstrap})
    there = TopicPartition(one.activity, 0, offset)
    for done in admin.delete_records([there]).values():
        done.result(30)
