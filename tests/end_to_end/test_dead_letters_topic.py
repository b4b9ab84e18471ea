"""A dead-letters topic that cannot be written: awards go on, and the log, `status`
and `doctor` name it."""

import json
from dataclasses import replace

from tests.end_to_end.deployment import Deployment, wait_until
from tests.integration.stream.administration import limit_batches
from tests.integration.stream.published import Published, published
from tests.support.given import meeting

NOT_A_MEETING = meeting("bad", "ann", attendee_ids=[])


def _there(deployment: Deployment, topic: str) -> list[Published]:
    return published(deployment.bootstrap, topic)


def test_awards_are_published_while_refusals_cannot_be_signalled(deployment: Deployment) -> None:
    one = replace(deployment, settings={**deployment.settings, "PARTITIONS": "1"})
    letters = f"{one.name}.dead-letters"
    one.run("migrate")
    limit_batches(one.bootstrap, letters, 1)
    one.publish(NOT_A_MEETING, *[meeting(f"m{n}", "ann", at=1 + n) for n in range(5)])
    with one.working() as worker:
        one.wait_for(6)
        wait_until(lambda: len(_there(one, one.awards)) == 1)

        waited = one.run("status", "--json", "--wait", "--timeout", "3", code=1)
        assert f"unpublished 1 for {letters}, the oldest for " in waited.stderr
        status = json.loads(waited.stdout)
        assert (status["lag"], status["unpublished"]) == (0, 1)
        waiting = {row["topic"]: row["unpublished"] for row in status["outbox"]}
        assert waiting == {one.awards: 0, letters: 1}
        wait_until(lambda: "cannot publish, waiting" in worker.logged())
        (line, *more) = [text for text in worker.logged().splitlines() if "cannot publish" in text]
        assert more == []  # not at every attempt
        entry = json.loads(line)
        assert entry["kafka_topic"] == letters
        assert entry["message"] == f"dead letter of {one.activity} partition 0 offset 0"
        assert "max.message.bytes" in entry["what_to_do"]

        limit_batches(one.bootstrap, letters, 1_048_588)
        one.drained()
        assert worker.terminate() == 0
    (signal,) = {record.value for record in _there(one, letters)}
    assert json.loads(signal)["reason"] == "invalid"
    assert len(_there(one, one.awards)) == 1


def test_a_worker_stops_in_time_although_a_topic_cannot_be_written(deployment: Deployment) -> None:
    deployment.run("migrate")
    letters = f"{deployment.name}.dead-letters"
    limit_batches(deployment.bootstrap, letters, 1)
    deployment.publish(NOT_A_MEETING)
    with deployment.working() as worker:
        wait_until(lambda: "cannot publish, waiting" in worker.logged())
        assert worker.terminate() == 0
        assert "does not end" not in worker.logged()
