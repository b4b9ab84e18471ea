"""A disk that is full, a connection that is lost: the command says so, ends with 1, live is as it
was; and run again it does what it was to do."""

import os
import subprocess
import sys

import pytest

from engine.store.projections import tables
from tests.integration.handlers.desk import Desk
from tests.integration.handlers.stories import meetings
from tests.integration.local.processes import wait_until
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import ROOT, replay
from tests.verification.faults.parts.full_disk import disk_full
from tests.verification.faults.parts.postgres import locked, terminate


def test_a_full_disk_in_a_build(desk: Desk) -> None:
    desk.tell(*meetings(1, 4))
    number, before = rebuilt.planned(desk, bronze_at(4)), rebuilt.digest(desk)
    with disk_full(desk.url, tables.of("computed", number), 1) as disk:
        done = replay(desk, "build", number, code=1)
        assert disk.raised() == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert rebuilt.digest(desk) == before
    replay(desk, "build", number)
    assert rebuilt.status(desk, number) == "ready"


def test_a_full_disk_in_a_cutover(desk: Desk) -> None:
    desk.tell(*meetings(1, 4))
    desk.hear()
    number, before = rebuilt.approved(desk, bronze_at(4)), rebuilt.digest(desk)
    with disk_full(desk.url, "awards", 1) as disk:
        done = replay(desk, "cutover", number, code=1)
        assert disk.raised() == 1
    assert "what was live is as it was" in done.stderr
    assert rebuilt.digest(desk) == before
    assert desk.messages() == []
    replay(desk, "cutover", number)
    assert desk.said() == ["+ ann momentum bronze"]


@pytest.mark.parametrize("command", ["build", "cutover"])
def test_a_connection_that_is_lost(desk: Desk, command: str) -> None:
    desk.tell(*meetings(1, 4))
    desk.hear()
    make = rebuilt.planned if command == "build" else rebuilt.approved
    number, before = make(desk, bronze_at(4)), rebuilt.digest(desk)
    wanted = "chunks" if command == "build" else "awards"
    with locked(desk.url, wanted) as lock:
        process = subprocess.Popen(
            [sys.executable, "-m", "replay.cli", command, str(number)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": desk.url},
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_until(lambda: lock.waiting() > 0, 60)
        assert terminate(desk.url, "badge-replay") >= 1
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "what was live is as it was" in said
    assert "Traceback" not in said
    assert rebuilt.digest(desk) == before
    replay(desk, command, number)
    assert rebuilt.status(desk, number) == ("ready" if command == "build" else "live")
