"""The one place that wires: settings to a worker, a relay, a database, checked beforehand."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from engine.catalog import loader
from engine.handlers.terms import Clock, Terms, system_clock
from engine.relay.producer import Publishing
from engine.relay.relay import Relay
from engine.settings import Settings
from engine.store import schema
from engine.store.database import LOOKUPS_ONLY, connect, transaction
from engine.store.generations import catalogs
from engine.stream import topics
from engine.stream.topics import TopicMissing
from engine.stream.worker import Worker


def terms(settings: Settings, clock: Clock = system_clock) -> Terms:
    """The terms on which records are taken in."""
    return Terms(clock, settings.tolerance, settings.flood)


@contextmanager
def database(settings: Settings) -> Iterator[Engine]:
    """The database, for commands: reachable and migrated.

    Raises:
        DatabaseUnreachable, SchemaMissing
    """
    engine = connect(settings.database, "badge-engine")
    try:
        with transaction(engine):
            pass  # an address that does not answer says so here, in words
        schema.check(engine)
        yield engine
    finally:
        engine.dispose()


def migrate(settings: Settings) -> tuple[str, list[str]]:
    """Make or update the database schema and the topics; gives its version and the topics made.

    Raises:
        DatabaseUnreachable, BrokerUnreachable, CatalogDiffers, CatalogError
    """
    catalog = loader.find(settings.catalog)
    engine = connect(settings.database, "badge-engine-migrate")
    try:
        with transaction(engine):
            pass
        version = schema.migrate(engine)
        with transaction(engine) as tx:
            catalogs.start(tx, catalog)
    finally:
        engine.dispose()
    return version, topics.create(settings)


@contextmanager
def worker(settings: Settings, clock: Clock = system_clock) -> Iterator[Worker]:
    """A worker that may start: all it needs is there, and its catalog is the database's.

    Raises:
        DatabaseUnreachable, SchemaMissing, CatalogDiffers, BrokerUnreachable, TopicMissing
    """
    with database(settings) as engine, transaction(engine) as tx:
        catalogs.check_default(tx, loader.find(settings.catalog))
    needed = (settings.activity_topic, settings.awards_topic, settings.dead_letters_topic)
    for topic in topics.missing(settings, needed):
        raise TopicMissing(f"Kafka has no topic {topic}: run `badge-engine migrate`")
    # Below Kafka's session timeout: a transaction of a worker that was frozen, and has lost its
    # partitions meanwhile, must not hold the new owner up.
    limit = {"transaction_timeout": f"{int(settings.session_seconds * 900)}ms"}
    engine = connect(settings.database, "badge-engine-worker", LOOKUPS_ONLY | limit)
    try:
        yield Worker(settings, engine, terms(settings, clock))
    finally:
        engine.dispose()


@contextmanager
def relay(settings: Settings) -> Iterator[Relay]:
    """A relay. Raises DatabaseUnreachable, SchemaMissing."""
    with database(settings):
        pass
    engine = connect(settings.database, "badge-engine-relay")
    try:
        yield Relay(engine, lambda: Publishing(settings))
    finally:
        engine.dispose()
