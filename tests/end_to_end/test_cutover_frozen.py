"""A cutover that waits for a worker which is frozen in the middle of its transaction."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from engine.store.postgres.connection import connect
from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.office import Office
from tests.integration.handlers.stories import meetings
from tests.integration.replay import rebuilt
from tests.integration.replay.catalogs import bronze_at
from tests.support.given import meeting
from tests.verification.faults import points
from tests.verification.faults.fleet import state_of
from tests.verification.faults.process import FOLDER

pytestmark = pytest.mark.verify


@pytest.mark.parametrize("point", ["after-ledger", points.IN_COPY])
def test_a_cutover_gets_past_a_frozen_worker_and_another_processes_its_batch(
    deployment: Deployment, point: str
) -> None:
    """Given a worker that is frozen in its transaction, and so holds the cutover lock, when
    programs change over, then another worker ends its session, the cutover goes through, and the
    batch is processed once, under the new catalog."""
    folder = deployment.folder / "points"
    folder.mkdir()
    one = replace(
        deployment,
        worker_module="tests.verification.faults.process",
        surroundings={FOLDER: str(folder)},
        settings={**deployment.settings, "PARTITIONS": "1"},
    )
    one.run("migrate")
    office = Office(connect(one.database, "badge-replay"))
    with one.working(INSTANCE="one"):
        one.publish(*meetings(1, 2))
        one.wait_for(2)
        number = rebuilt.approved(office, bronze_at(4))
        points.arm(folder, point, "stop")
        others = [meeting(f"x{n}", "cleo", at=n) for n in range(1, 4)]
        one.publish(*meetings(3, 4), *others)
        frozen: list[int] = []
        wait_until(lambda: bool(frozen) or _reached(frozen, points.reached(folder, point)))
        wait_until(lambda: state_of(frozen[0]) == "T")
        with one.working(INSTANCE="two"), ThreadPoolExecutor(1) as pool:
            done = pool.submit(rebuilt.cut_over, office, number)
            done.result(90)
            one.wait_for(7, seconds=90)
            os.kill(frozen[0], signal.SIGCONT)
            assert one.drained()["lag"] == 0
    office.engine.dispose()
    assert rebuilt.status(office, number) == "live"
    awards = [(a["recipient_id"], a["badge"], a["level"]) for a in one.export()]
    assert awards == [("ann", "momentum", "bronze")]
    assert one.status()["applied"] == 7
    one.run("audit")


def _reached(frozen: list[int], pid: int | None) -> bool:
    frozen.extend([] if pid is None else [pid])
    return bool(frozen)
