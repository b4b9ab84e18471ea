"""A disk that is full, a connection that is lost: the command says so, ends with 1, live is as it
was; and run again it does what it was to do."""

import os
import subprocess
import sys

import pytest

from engine.store.projections import tables
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.local.processes import wait_until
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import ROOT, replay
from tests.verification.faults.parts.full_disk import disk_full
from tests.verification.faults.parts.postgres import locked, terminate


def test_a_full_disk_in_a_build(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    number, before = rebuilt.planned(harness, bronze_at(4)), rebuilt.digest(harness)
    with disk_full(harness.url, tables.of("computed", number), 1) as disk:
        done = replay(harness, "build", number, code=1)
        assert disk.raised() == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert rebuilt.digest(harness) == before
    replay(harness, "build", number)
    assert rebuilt.status(harness, number) == "ready"


def test_a_full_disk_in_a_cutover(harness: Harness) -> None:
    harness.tell(*meetings(1, 4))
    harness.hear()
    number, before = rebuilt.approved(harness, bronze_at(4)), rebuilt.digest(harness)
    with disk_full(harness.url, "awards", 1) as disk:
        done = replay(harness, "cutover", number, code=1)
        assert disk.raised() == 1
    assert "what was live is as it was" in done.stderr
    assert rebuilt.digest(harness) == before
    assert harness.messages() == []
    replay(harness, "cutover", number)
    assert harness.said() == ["+ ann momentum bronze"]


@pytest.mark.parametrize("command", ["build", "cutover"])
def test_a_connection_that_is_lost(harness: Harness, command: str) -> None:
    harness.tell(*meetings(1, 4))
    harness.hear()
    make = rebuilt.planned if command == "build" else rebuilt.approved
    number, before = make(harness, bronze_at(4)), rebuilt.digest(harness)
    wanted = "chunks" if command == "build" else "awards"
    with locked(harness.url, wanted) as lock:
        process = subprocess.Popen(
            [sys.executable, "-m", "replay.cli", command, str(number)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": harness.url},
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: lock.waiting() > 0, 60)
        assert terminate(harness.url, "badge-replay") >= 1
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "what was live is as it was" in said
    assert "Traceback" not in said
    assert rebuilt.digest(harness) == before
    replay(harness, command, number)
    assert rebuilt.status(harness, number) == ("ready" if command == "build" else "live")
