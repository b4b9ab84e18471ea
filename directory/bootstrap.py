"""The one place that wires the directory: settings to a feed, probes, tables and the topic."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from prometheus_client.core import Metric
from sqlalchemy import Engine

from directory import metrics, status
from directory.intake import feed as directory_feed
from directory.intake.topic import DirectoryTopic
from directory.migrations import CHAIN
from directory.settings import DirectorySettings
from directory.status import DirectoryStatus
from engine.metrics_reader import MetricsReader
from engine.probes import Readiness
from engine.sole_reader import progress
from engine.sole_reader.reader import SoleReader
from engine.store.postgres import network, schema, state
from engine.store.postgres.connection import connected, transaction

_A_MINUTE = "60s"


def migrate(settings: DirectorySettings) -> tuple[str, bool]:
    """Make or update the schema `directory` and make the topic, compacted; safe to repeat. Gives
    the schema's version, and whether the topic was made.

    Raises:
        DatabaseUnreachable, SchemaBusy, SchemaMissing, KafkaAway, SettingsError
    """
    topic = DirectoryTopic(settings)
    with _engine(settings, "badge-directory-migrate", {"lock_timeout": _A_MINUTE}) as engine:
        with transaction(engine):
            pass
        with schema.in_time():
            version = schema.migrate(engine, chain=CHAIN)
    return version, topic.create(settings.partitions, settings.engine.replication)


@contextmanager
def feed(settings: DirectorySettings) -> Iterator[SoleReader]:
    """A feed that may run. Raises SettingsError, DatabaseUnreachable (an address that cannot be
    read)."""
    silent = settings.engine.session_seconds
    session = {
        "jit": "off",
        "statement_timeout": _A_MINUTE,
        **network.server_keepalives(silent),
    }
    with _engine(settings, "badge-directory", session) as engine:
        yield directory_feed.feed(engine, DirectoryTopic(settings), silent)


def look(settings: DirectorySettings) -> DirectoryStatus:
    """How far the directory has been read.

    Raises:
        DatabaseUnreachable, SchemaMissing, KafkaAway, TopicAbsent, SettingsError
    """
    topic = DirectoryTopic(settings)
    with _engine(settings, "badge-directory-status", {}) as engine, transaction(engine) as tx:
        schema.check(engine, CHAIN)
        return status.look(tx, topic)


@contextmanager
def metrics_read(settings: DirectorySettings) -> Iterator[MetricsReader]:
    """What /metrics of the process reads when it is asked."""
    topic = DirectoryTopic(settings)
    with _engine(settings, "badge-directory-metrics", {"statement_timeout": "3s"}) as engine:

        def read() -> Sequence[Metric]:
            with transaction(engine) as tx:
                return metrics.of_progress(progress.look(tx, "directory", topic))

        yield MetricsReader("directory", read)


@contextmanager
def readiness(settings: DirectorySettings) -> Iterator[Readiness]:
    """What /readyz of the process says: database and schema are needed; a broker that is away is
    waited for."""
    topic = DirectoryTopic(settings)
    with _engine(settings, "badge-directory-probes", {"statement_timeout": "3s"}) as engine:
        checks = {
            "database": lambda: state.of_database(engine),
            "schema": lambda: state.of_schemas((engine, CHAIN)),
            "kafka": topic.state,
        }
        yield Readiness(checks, needed=("database", "schema"))


def _engine(
    settings: DirectorySettings, application: str, session: dict[str, str]
) -> AbstractContextManager[Engine]:
    silence = settings.engine.database_silence_seconds
    return connected(settings.database, application, session, silence)
