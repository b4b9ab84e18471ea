"""A topic of years ago, imported into a program that is new; then live events."""

import json
from dataclasses import replace

from tests.end_to_end.deployment import Deployment
from tests.integration.stream.published import published
from tests.support.given import meeting


def test_a_topic_is_imported_and_the_next_award_is_announced(deployment: Deployment) -> None:
    """Given nine meetings on a topic that no worker reads, when they are imported, then bronze
    is not announced; when a worker processes the tenth, silver is announced."""
    past = f"{deployment.name}.past"
    of_old = replace(deployment, settings={**deployment.settings, "ACTIVITY_TOPIC": past})
    of_old.run("migrate")
    of_old.publish(*[meeting(f"m{n}", "ann", at=n) for n in range(1, 10)], b"?")
    deployment.run("migrate")

    def replay(*arguments: str) -> str:
        return deployment.run_module("replay.cli", *arguments).stdout

    planned = replay("plan", "--catalog", "mentorloop", "--source", f"kafka:{past}")
    number = planned.split()[-1]
    replay("build", number)
    replay("approve", number, "--by", "kim", "--reason", "the past")
    replay("cutover", number)
    with deployment.working():
        deployment.publish(meeting("m10", "ann", at=10), meeting("m1", "ann", at=1))
        deployment.wait_for(11)
        assert deployment.drained()["lag"] == 0

    assert "10 records, 9 facts, 0 retractions, 0 duplicates, 1 refused" in planned
    (announced,) = published(deployment.bootstrap, deployment.awards)
    assert json.loads(announced.value)["data"]["level"] == "silver"
    assert {award["level"] for award in deployment.export()} == {"bronze", "silver"}
    deployment.run("audit")
