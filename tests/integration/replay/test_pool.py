"""The processes of a build end with it, however it ends."""

import os
import signal
import subprocess
import sys

import pytest

from engine.store.postgres.connection import connect, transaction
from engine.store.projections import chunks
from replay.build import build as building
from tests.integration.handlers.harness import Harness
from tests.integration.handlers.stories import meetings
from tests.integration.local.processes import alive, descendants, wait_until
from tests.integration.replay.catalogs import bronze_at
from tests.integration.replay.command import ROOT
from tests.integration.replay.rebuilt import planned
from tests.support.given import meeting

_WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE application_name = 'badge-replay' "
    "AND wait_event_type = 'Lock'"
)


def test_none_outlives_a_build_that_was_killed(harness: Harness) -> None:
    """Given a build whose part waits for a lock, when the build alone is killed, and the lock is
    given back, then none of its processes is left."""
    harness.tell(*meetings(1, 5))
    number = planned(harness, bronze_at(4))
    with harness.transaction() as tx:
        tx.execute(f"LOCK TABLE shares_{number} IN ACCESS EXCLUSIVE MODE")
        build = subprocess.Popen(
            [sys.executable, "-m", "replay.cli", "build", str(number)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": harness.url},
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: bool(harness.rows(_WAITING)), 60)
        pool = descendants(build.pid)
        assert pool
        os.kill(build.pid, signal.SIGKILL)
        build.wait()
    try:
        wait_until(lambda: not alive(pool))
    finally:
        for pid in alive(pool):
            os.kill(pid, signal.SIGKILL)


def test_a_build_that_ends_early_does_not_wait_for_parts_not_begun(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_FACTS_PER_CHUNK", 1)
    harness.tell(*[meeting(f"m{n}", "ann", at=1) for n in range(300)])
    number = planned(harness, bronze_at(4))
    steps = building.build(harness.engine, harness.url, number, processes=1)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    engine = connect(harness.url, "test")
    with transaction(engine) as tx:
        assert len(chunks.left(tx, number, "places")) > 100
    engine.dispose()
