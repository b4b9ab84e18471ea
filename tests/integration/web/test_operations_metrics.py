"""What /metrics of the ops surface says of the engine is what the console shows."""

import pytest
from prometheus_client import REGISTRY

from tests.integration.cli.ingest import TOPIC, tell
from tests.integration.web.ops_surface import OpsSurface
from tests.support.given import kudos
from tests.support.metrics import value
from web.monitoring import operations

_READ = "badge_metrics_read"


def test_what_waits_is_read_from_the_tables(empty_ops: OpsSurface) -> None:
    tell(empty_ops.console.pool, b"{", kudos("k", "ben", "ann", "trust"))
    with operations.watching(empty_ops.console):
        assert value("badge_engine_dead_letters_open", reason="malformed") == 1
        assert value("badge_engine_outbox_messages", topic="awards") == 1
        assert value("badge_engine_partition_halted", topic=TOPIC, partition="0") == 0
        assert value(_READ, reader="engine") == 1


@pytest.fixture
def _away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that does not answer."""
    monkeypatch.setenv("KAFKA_BOOTSTRAP", "127.0.0.1:1")


@pytest.mark.usefixtures("_away")
def test_without_kafka_the_lag_is_not_known_rather_than_none(empty_ops: OpsSurface) -> None:
    """Given a broker that does not answer, then there is no lag, and it shows that it could not be
    read; the rest is there."""
    tell(empty_ops.console.pool, b"{")
    with operations.watching(empty_ops.console):
        assert value(_READ, reader="engine_lag") == 0
        assert value(_READ, reader="engine") == 1
        labels = {"topic": TOPIC, "partition": "0"}
        assert REGISTRY.get_sample_value("badge_engine_lag_records", labels) is None
