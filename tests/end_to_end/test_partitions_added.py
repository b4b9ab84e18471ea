"""Partitions that are added to the topic are read by the workers there are."""

from contextlib import ExitStack

import pytest

from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.stream.administration import add_partitions


@pytest.mark.parametrize("restarted", [False, True])
def test_added_partitions_are_found(deployment: Deployment, restarted: bool) -> None:
    """`restarted`: under its lasting name, unnoticed by the group. The one who leads the group, and
    watches the topic for it, then does not learn that he leads."""
    deployment.run("migrate")
    with ExitStack() as stack:
        worker = stack.enter_context(deployment.working(INSTANCE="one"))
        wait_until(lambda: deployment.cursors().keys() == set(range(4)))
        if restarted:
            worker.kill()
            worker = stack.enter_context(deployment.working(INSTANCE="one"))
            wait_until(lambda: "reading" in worker.logged())

        add_partitions(deployment.bootstrap, deployment.activity, 8)

        wait_until(lambda: deployment.cursors().keys() == set(range(8)), 45)
