"""What the engine refuses to start on, with one clear line and exit code 1; and what an operator
does about it."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalog.loader import find
from engine.store.cursors.cursors import Counts
from tests.end_to_end.deployment import Deployment
from tests.end_to_end.happenings import (
    backed_up,
    change,
    committed,
    delete_records_before,
    publish_at_once,
    recreate_topic,
)
from tests.support.given import meeting

BY = ("--by", "ada", "--reason", "decided at night")


def _one_line(done: "subprocess.CompletedProcess[str]") -> str:
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    return line


@pytest.fixture
def one(deployment: Deployment) -> Deployment:
    """A deployment with one partition, of which three records were read."""
    made = replace(deployment, settings={**deployment.settings, "PARTITIONS": "1"})
    made.run("migrate")
    publish_at_once(made, *(meeting(f"m{n}", "ann") for n in range(3)))
    _work(made)
    return made


def _work(one: Deployment) -> None:
    """Have a worker read everything there is."""
    with one.working() as worker:
        one.drained()
        assert worker.terminate() == 0, worker.logged()[-2000:]


def _refuses(one: Deployment) -> str:
    """A worker's last words; it changes nothing and needs no traceback."""
    before = one.cursors()
    with one.working() as worker:
        assert worker.process.wait(60) == 1
    assert "Traceback" not in worker.logged()
    assert one.cursors() == before
    return worker.logged()


def test_a_database_that_was_never_migrated(deployment: Deployment) -> None:
    line = _one_line(deployment.run("run", code=1))
    assert re.fullmatch(
        r"error: the database was never migrated; this engine needs schema \d{4}: "
        r"run `badge-engine migrate`",
        line,
    )


@pytest.mark.parametrize(
    ("key", "says"),
    [("", "is not set"), ("{}", "is no public X25519 key"), ("[1", "is no public X25519 key")],
)
def test_no_key_for_notes(deployment: Deployment, key: str, says: str) -> None:
    """Before it looks at anything else, with the exit code of wrong settings."""
    without = replace(deployment, settings={**deployment.settings, "NOTES_PUBLIC_KEY": key})
    line = _one_line(without.run("run", code=2))
    assert line.startswith(f"error: BADGE_ENGINE_NOTES_PUBLIC_KEY {says}")
    assert "`badge-web keys DIR`" in line


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
    differing = replace(deployment, settings={**deployment.settings, "CATALOG": str(other)})
    line = _one_line(differing.run("run", code=1))
    assert line.startswith("error: new programs start under catalog mentorloop version 1 (")
    assert "BADGE_ENGINE_CATALOG" in line


def test_a_database_that_does_not_answer(deployment: Deployment) -> None:
    unreachable = replace(deployment, database="postgresql://u:secret@127.0.0.1:1/nothing")
    line = _one_line(unreachable.run("run", code=1))
    assert line.startswith("error: PostgreSQL at ")
    assert "secret" not in line


def test_a_recreated_topic_even_if_it_reaches_past_the_cursor(one: Deployment) -> None:
    recreate_topic(one)
    publish_at_once(one, *(meeting(f"m{n}", "ann") for n in range(5)))  # those, and two more

    assert "'topic recreated'" in _refuses(one)

    recovered = one.run("recover", *BY).stdout
    assert f"all partitions of {one.activity} are read from the beginning" in recovered
    _work(one)
    (cursor,) = one.cursors().values()
    assert (cursor.next_offset, cursor.counts) == (5, Counts(applied=2, duplicates=3))


def test_records_that_are_gone_before_they_were_read(one: Deployment) -> None:
    publish_at_once(one, *(meeting(f"n{n}", "ann") for n in range(3)))
    delete_records_before(one, 5)

    assert "records 3 to 4 are gone from Kafka before they were read" in _refuses(one)

    assert "goes on at 5; 2 records count as lost" in one.run("recover", *BY).stdout
    _work(one)
    (cursor,) = one.cursors().values()
    assert (cursor.next_offset, cursor.counts) == (6, Counts(applied=4, lost=2))
    assert one.status()["lost"] == 2
    assert "2 records given up by decision" in one.run("doctor").stdout


def test_a_database_older_than_what_was_published_from_it(one: Deployment) -> None:
    with backed_up(one) as restore:
        publish_at_once(one, *(meeting(f"n{n}", "ann") for n in range(3)))
        _work(one)
        before = one.export()
        assert committed(one) == 6
        restore()

    log = _refuses(one)
    assert "the cursor is at 3, but the consumer group has read to 6" in log
    assert "'the database was restored from a backup'" in log

    assert "is read again from its cursor on" in one.run("recover", *BY).stdout
    assert committed(one) == 3
    _work(one)
    assert one.export() == before
    assert one.cursors()[0].counts == Counts(applied=6)


def test_a_schema_of_a_newer_engine_stops_no_running_worker_but_one_that_starts(
    one: Deployment,
) -> None:
    with one.working() as worker:
        one.drained()
        change(one, "UPDATE schema_version SET version_num = '9999'")
        publish_at_once(one, meeting("m3", "ann"))
        one.wait_for(4)
        assert worker.terminate() == 0

    newer = "schema 9999, which this engine does not know"
    assert newer in _one_line(one.run("run", code=1))
