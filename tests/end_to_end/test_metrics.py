"""A record, followed from Kafka to its award on the topic by what worker and relay answer."""

import json
import urllib.request

from engine.local.ports import free_ports
from tests.end_to_end.deployment import Deployment, wait_until
from tests.support.given import kudos
from tests.support.metrics import sample, scraped

NOTE = "for ann and nobody else"


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
