"""Jobs of the console: real commands as child processes, one at a time, kept whatever happens."""

import os
import signal
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.store.cursors import cursors
from tests.integration.cli.ingest import tell
from tests.integration.local.processes import wait_until
from tests.integration.web.ops_surface import OpsSurface
from tests.support.given import kudos, meeting
from web.ops.jobs import JobRunning, Jobs
from web.store.jobs import ABANDONED

SECRET = "nobody else may read this"
SLEEPY = (sys.executable, "-u", "-c")
_SLEEP = "print('first'); import time; time.sleep(600)"


@pytest.fixture
def sleeping(ops: OpsSurface) -> Iterator[Jobs]:
    """Jobs whose command prints a line and then does nothing for long."""
    jobs = Jobs(ops.console.pool, ops.console.now, {}, SLEEPY)
    yield jobs
    for process, _ in list(jobs._running.values()):
        process.kill()
    wait_until(lambda: not jobs._running)


def test_refused_records_are_given_in_again_by_a_real_command(ops: OpsSurface) -> None:
    """Given a record of a time that has come by now, and one that is refused for good."""
    later = meeting("later", "ann", "ben", at="2026-09-01T00:00:00Z")
    tell(ops.console.pool, later, kudos("k1", "ann", "ann", "trust", message=SECRET))

    started = ops.post("/v1/ops/dead-letters/redrive", {"all": True})

    assert started.status == 202
    address = started.json()["status_url"]
    wait_until(lambda: ops.get(address).json()["state"] != "running", 90)
    done = ops.get(address).json()
    assert (done["state"], done["exit"], done["by"]) == ("done", 0, "ada")
    assert "1 accepted, 1 refused again" in done["output"]
    assert SECRET not in done["output"]
    assert "kudos_id" not in done["output"]
    left = ops.get("/v1/ops/dead-letters").json()["items"]
    assert [entry["reason"] for entry in left] == ["invalid"]
    assert ops.audited("redrive")[0][0] == "ada"
    assert "Done at" in ops.get(address.replace("/v1", "")).text

    body = {"reason": "invalid", "because": "--by=eve"}
    closing = ops.post("/v1/ops/dead-letters/discard", body)
    assert closing.status == 202
    address = closing.json()["status_url"]
    wait_until(lambda: ops.get(address).json()["state"] != "running", 90)
    assert ops.get(address).json()["output"] == "1 discarded"
    assert {who for who, _, _ in ops.audited("discard")} == {"ada"}
    assert "Nothing refused" in ops.get("/ops/dead-letters").text


def test_nothing_chosen_starts_no_job(ops: OpsSurface) -> None:
    answer = ops.post("/v1/ops/dead-letters/redrive", {"partition": 999})
    assert (answer.status, answer.json()["type"].rpartition("/")[2]) == (409, "not-ready")


def test_two_at_once_are_one_too_many(ops: OpsSurface, sleeping: Jobs) -> None:
    first = sleeping.start("redrive", "ada", "why", {}, [_SLEEP])
    with pytest.raises(JobRunning):
        sleeping.start("redrive", "eve", "why", {}, [_SLEEP])
    tell(ops.console.pool, b"{")
    answer = ops.post("/v1/ops/dead-letters/redrive", {"all": True})
    assert (answer.status, answer.json()["type"].rpartition("/")[2]) == (409, "job-running")
    assert ops.form("/ops/dead-letters/redrive").status == 409
    assert {who for who, _, _ in ops.audited("redrive")} <= {"ada"}
    wait_until(lambda: ops.get(f"/v1/ops/jobs/{first}").json()["output"] == "first")
    assert "is running" in ops.get("/ops/dead-letters").text


def test_a_job_whose_process_was_killed_says_that_it_has_no_result(
    ops: OpsSurface, sleeping: Jobs
) -> None:
    job = sleeping.start("redrive", "ada", "why", {}, [_SLEEP])
    process, _ = sleeping._running[job]
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: ops.get(f"/v1/ops/jobs/{job}").json()["state"] != "running")
    assert ops.get(f"/v1/ops/jobs/{job}").json()["state"] == "lost"
    assert "Ended without a result" in ops.get(f"/ops/jobs/{job}").text


def test_a_job_whose_console_was_killed_ends_without_a_result_and_blocks_nobody(
    ops: OpsSurface, sleeping: Jobs
) -> None:
    """Given a row that nobody gives signs of life of any more."""
    with ops.transaction() as tx:
        tx.execute(
            "INSERT INTO web.jobs (id, action, by, started, beat) "
            "VALUES (gen_random_uuid(), 'redrive', 'ada', %s, %s)",
            ops.console.now() - 2 * ABANDONED, ops.console.now() - ABANDONED - timedelta(seconds=1),
        )  # fmt: skip
    job = sleeping.start("redrive", "ada", "why", {}, [_SLEEP])
    with ops.transaction() as tx:
        states = tx.rows("SELECT ended IS NULL, exit FROM web.jobs WHERE id <> %s::uuid", job)
    assert (False, None) in states
    assert all(not running for running, _ in states)


def test_a_console_that_ends_lets_its_job_end_too(ops: OpsSurface, sleeping: Jobs) -> None:
    job = sleeping.start("redrive", "ada", "why", {}, [_SLEEP])
    wait_until(lambda: ops.get(f"/v1/ops/jobs/{job}").json()["output"] == "first")
    sleeping.close()
    assert ops.get(f"/v1/ops/jobs/{job}").json()["state"] != "running"


def test_of_much_output_the_last_lines_are_kept(ops: OpsSurface, sleeping: Jobs) -> None:
    script = "for n in range(5000): print(n, 'x' * 1000)\nprint('\\x1b[31mlast')"
    job = sleeping.start("redrive", "ada", "why", {}, [script])
    wait_until(lambda: ops.get(f"/v1/ops/jobs/{job}").json()["state"] == "done")
    lines = ops.get(f"/v1/ops/jobs/{job}").json()["output"].split("\n")
    assert len(lines) == 200
    assert max(map(len, lines)) == 400
    assert lines[-1] == "\\u001b[31mlast"


def test_a_partition_that_a_flood_stopped_goes_on(ops: OpsSurface) -> None:
    """Given partition 2, halted by a flood."""
    tell(ops.console.pool, b"{", partition=2)
    with ops.transaction() as tx:
        tx.execute(
            "UPDATE cursors SET halt_kind = 'refusal_limit', halted = 'too many' "
            "WHERE partition = 2"
        )
    page = ops.get("/ops")
    assert "Partition 2 of mentoring.activity is halted" in page.text
    assert "too many" in ops.get("/ops/partitions/2").text
    assert ops.form("/ops/partitions/2/resume", because=" ").status == 422
    assert ops.audited("resume") == []

    assert ops.form("/ops/partitions/2/resume", because="publisher mended").status == 303

    assert "Partition 2 of mentoring.activity is halted" not in ops.get("/ops?resumed=true").text
    assert ops.audited("resume")[0][:2] == ("ada", "publisher mended")
    again = ops.post("/v1/ops/partitions/2/resume", {"because": "publisher mended"})
    assert again.status == 409


def test_a_partition_of_governance_goes_on_and_not_the_one_of_the_same_number(
    ops: OpsSurface,
) -> None:
    """Given partition 2 of both topics, halted."""
    tell(ops.console.pool, b"{", partition=2)
    activity, governance = ops.console.settings.engine.input_topics
    with ops.transaction() as tx:
        cursors.start(tx, governance, 2, 0)
        tx.execute("UPDATE cursors SET halt_kind = 'bug', halted = topic || ' fails'")
    troubles = ops.get("/v1/ops/status").json()["troubles"]
    assert {(activity, 2), (governance, 2)} <= {
        (one["topic"], one["partition"]) for one in troubles
    }
    page = ops.get("/ops")
    assert f'href="/ops/partitions/2?topic={governance}"' in page.text
    assert f"{governance} fails" in ops.get(f"/ops/partitions/2?topic={governance}").text
    assert ops.get("/ops/partitions/2?topic=another").status == 404
    body = {"because": "mended", "topic": "another"}
    assert ops.post("/v1/ops/partitions/2/resume", body).status == 404

    resumed = ops.post("/v1/ops/partitions/2/resume", {"because": "mended", "topic": governance})

    assert resumed.json() == {"topic": governance, "partition": 2, "offset": 0}
    with ops.transaction() as tx:
        known = cursors.of_topics(tx, (activity, governance))
    assert known[governance][2].halted is None
    assert known[activity][2].halted is not None
    form = ops.form("/ops/partitions/2/resume", because="mended too", topic=activity)
    assert form.status == 303
