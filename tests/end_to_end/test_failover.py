"""A database that fails over under load, and workers replaced one by one: see failover.py."""

from pathlib import Path

import pytest

from tests.end_to_end.deployment import Deployment
from tests.end_to_end.failover import failover, two_servers


@pytest.mark.verify
def test_a_failover_and_a_rolling_upgrade_leave_exactly_the_previews_awards(
    kafka: str, tmp_path: Path
) -> None:
    with two_servers() as (primary, standby, address):
        deployment = Deployment(kafka, address, tmp_path, {"SESSION_SECONDS": "6"})
        figures = failover(deployment, primary, standby, events=4_000)
    assert figures.awards > 500
    assert figures.messages >= figures.awards
