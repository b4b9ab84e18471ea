"""Kudos through everything: an HTTP request, Kafka, a worker, an award, and its end."""

import signal
import time
from pathlib import Path

import pytest

from engine.local.apache_kafka import ApacheKafka
from engine.store.postgres.connection import connect, transaction
from tests.end_to_end.deployment import Deployment, wait_until
from tests.end_to_end.giving_site import RECIPIENT, UNDO_SECONDS, GivingSite
from tests.support.notes import opened

KEY = "a-key-of-end-to-end"
NOTE = "for nobody else to read"
AWAY_SECONDS = 6.0


def test_kudos_are_awarded_and_withdrawn(deployment: Deployment) -> None:
    site = GivingSite(deployment)
    with site.deployment.working(), site.serving() as web:
        held = site.give(KEY, NOTE)
        wait_until(lambda: site.state(held) == "awarded")
        (award,) = deployment.export()
        assert (award["award_id"], award["recipient_id"]) == (held["award_id"], RECIPIENT)
        owner = connect(deployment.database, "test")
        with transaction(owner) as tx:
            assert opened(tx) == [NOTE]
        owner.dispose()

        assert site.ask("DELETE", held["status_url"])[0] == 202
        wait_until(lambda: site.state(held) == "withdrawn" and not deployment.export())

        assert [event["type"].split(".")[1] for event in site.facts()] == ["kudos", "fact"]
        assert site.give(KEY, NOTE) == held
        web.terminate()
        assert web.wait(30) == 0
    assert NOTE not in Path(web_log(deployment)).read_text()


def web_log(deployment: Deployment) -> Path:
    (log,) = deployment.folder.glob("web-*.log")
    return log


def test_kudos_wait_for_kafka(
    restartable_kafka: ApacheKafka, database_url: str, tmp_path: Path
) -> None:
    site = GivingSite(Deployment(restartable_kafka.bootstrap, database_url, tmp_path))
    with site.serving():
        before = site.give("while-kafka-is-there")
        wait_until(lambda: site.state(before) == "sent")
        restartable_kafka.kill()
        held = site.give(KEY)
        since = time.monotonic()
        wait_until(lambda: time.monotonic() > since + UNDO_SECONDS + AWAY_SECONDS)
        assert site.state(held) == "held"
        assert site.ready() == (
            200, {"database": "ready", "schema": "ready", "keys": "ready", "kafka": "away"},
        )  # fmt: skip

        restartable_kafka.start()

        wait_until(lambda: site.state(held) == "sent")
        ids = {event["data"]["kudos_id"] for event in site.facts()}
        assert ids == {before["kudos_id"], held["kudos_id"]}


@pytest.mark.verify
@pytest.mark.parametrize("step", ["claiming", "sending", "flushing", "confirmed", "keeping"])
def test_a_process_that_is_killed_loses_nothing_and_repeats_nothing_else(
    deployment: Deployment, step: str
) -> None:
    site = GivingSite(deployment)
    with site.serving("tests.end_to_end.dying_web", WEB_DIES=step) as dying:
        held = site.give(KEY, NOTE)
        assert dying.wait(60) == -signal.SIGKILL
    with site.serving():
        wait_until(lambda: site.state(held) == "sent")
        assert site.give(KEY, NOTE) == held
    facts = site.facts()
    assert all(fact == facts[0] for fact in facts)
    assert facts[0]["data"]["kudos_id"] == held["kudos_id"]
    assert len(facts) == (2 if step in ("confirmed", "keeping") else 1)
