"""Workers under faults: SIGTERM, a database that restarts, a flood."""

import json
import os
import signal
from dataclasses import replace
from pathlib import Path

from engine.intake.destination import destination
from engine.local.embedded_postgres import embedded_postgres
from replay.build.preview import preview
from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.local.processes import alive, descendants
from tests.support.given import LATEST, MENTORLOOP, meeting


def _meetings(number: int, loops: int = 8) -> list[bytes]:
    """Meetings of ann and others, spread over loops."""
    return [
        meeting(f"m{n}", "ann", f"p{n % 5}", at=1 + n % 28, loop_id=f"loop-{n % loops}")
        for n in range(number)
    ]


def test_sigterm_finishes_the_batch_and_leaves_no_process(deployment: Deployment) -> None:
    small = replace(deployment, settings={**deployment.settings, "BATCH_RECORDS": "8"})
    small.run("migrate")
    values = _meetings(800)
    small.publish(*values)
    with small.working() as worker:
        small.wait_for(50)
        with_relay = descendants(worker.process.pid)

        assert worker.terminate() == 0

        wait_until(lambda: not alive(with_relay))
    passed = small.passed()
    assert 50 <= passed < len(values), "it did not stop in the middle"
    assert sum(c.counts.applied for c in small.cursors().values()) == passed
    assert small.status()["unpublished"] == 0  # the relay has published what there was
    with small.working() as worker:
        small.drained()
        assert worker.terminate() == 0
    assert {a["award_id"] for a in small.export()} == _previewed(values)


def test_a_database_that_restarts_in_between_is_waited_for(kafka: str, tmp_path: Path) -> None:
    values = _meetings(800)
    with embedded_postgres() as postgres:
        settings = {"PARTITIONS": "2", "BATCH_RECORDS": "20", "SESSION_SECONDS": "6"}
        deployment = Deployment(kafka, postgres.url, tmp_path, settings)
        deployment.run("migrate")
        deployment.publish(*values)
        with deployment.working() as worker:
            deployment.wait_for(200)

            postgres.kill()
            wait_until(lambda: "database away, waiting" in worker.logged())
            postgres.start()

            deployment.drained()
            assert worker.process.poll() is None, "it ended, where it should have waited"
            assert worker.terminate() == 0
        assert deployment.passed() == len(values)
        assert {a["award_id"] for a in deployment.export()} == _previewed(values)


def test_a_flood_stops_its_partition_alone_and_for_good_until_it_is_resumed(
    deployment: Deployment,
) -> None:
    quick = {"FLOOD_RECORDS": "20", "FLOOD_REFUSED": "10", "BATCH_RECORDS": "50"}
    flooded = replace(deployment, settings={**deployment.settings, **quick})
    flooded.run("migrate")
    bad = [meeting(f"bad{n}", "ann", attendee_ids=[]) for n in range(15)]
    behind = [meeting(f"m{n}", "ann", at=1 + n) for n in range(5)]
    assert {destination(value).key for value in bad + behind} == {b"loop"}
    elsewhere = [meeting(f"e{n}", "ben", loop_id=f"other-{n}") for n in range(40)]
    flooded.publish(*bad, *behind, *elsewhere)
    with flooded.working() as worker:
        wait_until(lambda: any(cursor.halted for cursor in flooded.cursors().values()))
        waited = flooded.run("status", "--json", "--wait", code=1)
        assert "stopped: flood" in waited.stderr
        status = json.loads(waited.stdout)
        assert status["open_dead_letters"] == {"invalid": 10}
        (halted,) = [p for p in status["partitions"] if p["halted"]]
        assert halted["halted"].startswith(
            "flood: 10 of the last 10 records refused, mostly invalid (10, offsets "
        )
        named = f"{halted['partition']} --topic {flooded.activity}"
        resume = f"`badge-engine dead-letters resume {named}`"
        assert halted["halted"].count(resume) == 1
        assert resume in worker.logged()
        assert halted["lag"] >= 10
        assert all(p["lag"] == 0 for p in status["partitions"] if not p["halted"])
        assert flooded.export() == []
        assert worker.terminate() == 0

    with flooded.working() as worker:
        wait_until(lambda: f'"halted": [{halted["partition"]}]' in worker.logged())
        flooded.run("dead-letters", "resume", str(halted["partition"]))
        wait_until(lambda: flooded.passed() == 60)
        assert [a["level"] for a in flooded.export()] == ["bronze"]
        assert worker.terminate() == 0


def test_a_worker_that_was_frozen_goes_on_or_gives_way(deployment: Deployment) -> None:
    settings = {**deployment.settings, "BATCH_RECORDS": "8", "SESSION_SECONDS": "6"}
    small = replace(deployment, settings=settings)
    small.run("migrate")
    values = _meetings(800)
    small.publish(*values)
    with small.working() as frozen, small.working() as other:
        small.wait_for(50)
        os.killpg(frozen.process.pid, signal.SIGSTOP)
        wait_until(lambda: small.passed() == len(values))
        os.killpg(frozen.process.pid, signal.SIGCONT)
        small.drained()
        assert other.terminate() == 0
        assert frozen.terminate() in (0, 1)
    assert {a["award_id"] for a in small.export()} == _previewed(values)


def _previewed(values: list[bytes]) -> set[str]:
    return {award.id for award in preview(values, MENTORLOOP, LATEST).awards}
