"""A record, followed from Kafka to its award on the topic by what worker and relay answer."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from directory.migrations import CHAIN as DIRECTORY
from engine.local.ports import free_ports
from engine.store.postgres import schema
from engine.store.postgres.connection import connect, transaction
from notifier import unsubscribe
from notifier.migrations import CHAIN as NOTIFIER
from tests.end_to_end.deployment import Deployment, wait_until
from tests.support.forked import ForkedProcess
from tests.support.given import kudos
from tests.support.mail_server import MailServer, mail_server
from tests.support.metrics import sample, scraped

NOTE = "for ann and nobody else"
ANN, ADDRESS = "ann-by-name", "ann-by-name@example.org"


def test_a_record_is_followed_to_its_award_and_nobody_is_named(deployment: Deployment) -> None:
    worker_port, relay_port = free_ports(2)
    ports = {"METRICS_PORT": str(worker_port), "RELAY_METRICS_PORT": str(relay_port)}
    deployment.run("migrate")

    with deployment.working(**ports) as worker:
        deployment.publish(kudos("k1", "giver-by-name", "ann-by-name", "trust", message=NOTE))
        deployment.drained()

        def published() -> bool:
            name = "badge_engine_relay_published_total"
            return sample(scraped(relay_port), name, topic="awards") == 1

        wait_until(published)
        counted = scraped(worker_port)
        with urllib.request.urlopen(f"http://127.0.0.1:{worker_port}/readyz") as answer:
            ready = json.load(answer)
        worker.terminate()

    assert sample(counted, "badge_engine_records_total", outcome="applied") == 1
    assert sample(counted, "badge_engine_awards_total", badge="trust", change="gained") == 1
    assert sample(counted, "badge_engine_event_to_award_seconds_count") == 1
    assert sample(counted, "badge_engine_clear_notes_total") == 1
    type_ = "mentoring.kudos.given.v1"
    assert sample(counted, "badge_engine_last_record_timestamp_seconds", type=type_)
    assert ready == {"database": "ready", "schema": "ready", "kafka": "ready"}
    assert not any(name in counted for name in ("by-name", NOTE, "loop", "k1"))
    (heard,) = deployment.status()["inputs"]  # written down when the worker ended
    assert (heard["type"], heard["quiet"]) == (type_, False)


def test_an_award_is_followed_from_its_record_to_its_mail(
    deployment: Deployment, tmp_path: Path
) -> None:
    """Given somebody with an address, when they are given kudos, then worker, relay and notifier
    each count it once, a mail comes, and neither metrics nor logs name anybody."""
    worker_port, relay_port, notifier_port = free_ports(3)
    ports = {"METRICS_PORT": str(worker_port), "RELAY_METRICS_PORT": str(relay_port)}
    deployment.run("migrate")
    _describe_ann(deployment)
    log = tmp_path / "notifier.log"

    with mail_server() as mail, deployment.working(**ports) as worker:
        with _notifying(deployment, mail, tmp_path, log, notifier_port):
            at = datetime.now(UTC).isoformat()
            deployment.publish(kudos("k1", "giver-by-name", ANN, "trust", at=at, message=NOTE))
            wait_until(lambda: len(mail.arrived) == 1)
            name, labels = "badge_notifier_deliveries_total", {"channel": "email"}
            wait_until(
                lambda: sample(scraped(notifier_port), name, **labels, outcome="accepted") == 1
            )
            texts = [scraped(port) for port in (worker_port, relay_port, notifier_port)]
        logs = worker.logged() + log.read_text()

    of_worker, of_relay, of_notifier = texts
    assert sample(of_worker, "badge_engine_records_total", outcome="applied") == 1
    assert sample(of_worker, "badge_engine_awards_total", badge="trust", change="gained") == 1
    assert sample(of_relay, "badge_engine_relay_published_total", topic="awards") == 1
    assert sample(of_notifier, "badge_notifier_due", channel="email") == 0
    assert sample(of_notifier, "badge_notifier_lag_records") == 0
    assert mail.arrived[0].to == ADDRESS
    steps = [json.loads(line).get("event", "") for line in logs.splitlines() if line[:1] == "{"]
    assert steps, "no process logged anything"
    for private in ("by-name", NOTE, ADDRESS):
        assert private not in logs
        assert all(private not in text for text in texts)


def _describe_ann(deployment: Deployment) -> None:
    engine = connect(deployment.database, "test")
    for chain in (DIRECTORY, NOTIFIER):
        schema.migrate(engine, chain=chain)
    with transaction(engine) as tx:
        tx.execute(
            "INSERT INTO directory.participants (program, participant, display_name, email, "
            'timezone, roles, active, told_at, lane, "offset", published_at) '
            "VALUES ('program', %s, 'Ann', %s, 'UTC', '{}', true, now(), 0, 0, now())",
            ANN, ADDRESS,
        )  # fmt: skip
        tx.execute(
            "INSERT INTO notify.preferences (program, participant, version, appearance, "
            "quiet_from, quiet_to) VALUES ('program', %s, 1, 'auto', NULL, NULL)",
            ANN,
        )
    engine.dispose()


@contextmanager
def _notifying(
    deployment: Deployment, mail: MailServer, folder: Path, log: Path, port: int
) -> Iterator[None]:
    """A notifier for the length of the block."""
    key = folder / "token-key"
    key.write_text(unsubscribe.new_key())
    log.touch()
    environment = {
        **deployment.environment(),
        "BADGE_NOTIFIER_DATABASE_URL": deployment.database,
        "BADGE_NOTIFIER_SMTP_URL": mail.url,
        "BADGE_NOTIFIER_FROM": "badges@badges.example",
        "BADGE_NOTIFIER_PUBLIC_URL": "https://badges.example",
        "BADGE_NOTIFIER_TOKEN_KEY_FILE": str(key),
        "BADGE_NOTIFIER_GRACE_SECONDS": "0",
        "BADGE_NOTIFIER_METRICS_PORT": str(port),
    }
    process = ForkedProcess("notifier.cli", ["run", "--from-beginning"], environment, log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)
