"""The one place that wires governance: settings to databases, keys and a clock."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client.core import Metric
from sqlalchemy import Engine

from engine import broker_state
from engine.metrics_reader import MetricsReader
from engine.probes import Readiness
from engine.queries.snapshot import Reader
from engine.store.postgres import network, schema, state
from engine.store.postgres.connection import connected, transaction
from engine.store.postgres.schema import ENGINE
from events.publisher import Publisher
from governance import metrics, published
from governance.committee import Committee
from governance.migrations import CHAIN
from governance.process.running import Compare, GovernanceProcess
from governance.rules.panels.problem import Solver
from governance.settings import GovernanceSettings
from governance.store import outbox

_A_MINUTE = "60s"
_PATIENCE_SECONDS = 10.0
"""How long Kafka is waited for until a round is made again."""


def migrate(settings: GovernanceSettings) -> str:
    """Make or update the schema, as the engine's own role; gives its version.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaBusy, SchemaMissing (it is of a newer version)
    """
    silent = settings.engine.database_silence_seconds
    session = {"lock_timeout": _A_MINUTE}
    name = "badge-governance-migrate"
    with connected(settings.engine.database, name, session, silent) as owner, schema.in_time():
        return schema.migrate(owner, chain=CHAIN)


@contextmanager
def committee(settings: GovernanceSettings, application: str) -> Iterator[Committee]:
    """The committee of a process, for the length of the block. `application`: what PostgreSQL
    shows its connections as.

    Raises:
        SettingsError, DatabaseUnreachable, SchemaMissing
    """
    with _pools(settings, application) as (pool, reader):
        schema.check(pool, CHAIN)
        schema.check(reader, ENGINE)
        yield _committee(settings, pool, reader)


@contextmanager
def process(
    settings: GovernanceSettings, compare: Compare, solve: Solver
) -> Iterator[GovernanceProcess]:
    """What `run` runs; a database or a broker that is away is waited for. `compare`: what holds
    calibrations that are closed; `solve`: what draws panels.

    Raises:
        SettingsError, DatabaseUnreachable (an address that cannot be read)
    """
    kafka = settings.engine
    silent = kafka.session_seconds

    def publisher() -> Publisher:
        return Publisher(
            kafka.bootstrap,
            source=published.SOURCE,
            governance_topic=kafka.governance_topic,
            security=kafka.security,
            delivery_timeout=_PATIENCE_SECONDS,
        )

    assert kafka.bootstrap, "asked for before anything is opened"
    with _pools(settings, "badge-governance") as (pool, reader):
        yield GovernanceProcess(
            pool, _committee(settings, pool, reader), publisher, silent, compare, solve
        )


@contextmanager
def metrics_read(settings: GovernanceSettings) -> Iterator[MetricsReader]:
    """What /metrics of the process reads when it is asked."""
    session = {"statement_timeout": "3s"}
    silent = settings.engine.database_silence_seconds
    name = "badge-governance-metrics"
    with connected(settings.database, name, session, silent) as pool:

        def read() -> Sequence[Metric]:
            with transaction(pool) as tx:
                return metrics.of_outbox(outbox.oldest_seconds(tx, settings.now()))

        yield MetricsReader("governance", read)


@contextmanager
def readiness(settings: GovernanceSettings) -> Iterator[Readiness]:
    """What /readyz of the process says: database and schemas are needed; a broker that is away is
    waited for."""
    session = {"statement_timeout": "3s"}
    silent = settings.engine.database_silence_seconds
    name = "badge-governance-probes"
    with (
        connected(settings.database, name, session, silent) as pool,
        connected(settings.reader_database, name, session, silent) as reader,
    ):
        checks = {
            "database": lambda: state.of_database(pool),
            "schema": lambda: state.of_schemas((pool, CHAIN), (reader, ENGINE)),
            "kafka": lambda: broker_state.of_kafka(settings.engine.kafka_bootstrap),
        }
        yield Readiness(checks, needed=("database", "schema"))


def _committee(settings: GovernanceSettings, pool: Engine, reader: Engine) -> Committee:
    return Committee(pool, Reader(reader), settings.case_keys, settings.now)


@contextmanager
def _pools(settings: GovernanceSettings, application: str) -> Iterator[tuple[Engine, Engine]]:
    settings.check()
    silent = settings.engine.database_silence_seconds
    session = {
        "jit": "off",
        "statement_timeout": _A_MINUTE,
        **network.server_keepalives(settings.engine.session_seconds),
    }
    with (
        connected(settings.database, application, session, silent) as pool,
        connected(settings.reader_database, application, session, silent) as reader,
    ):
        yield pool, reader
